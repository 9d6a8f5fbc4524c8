"""Several options of one quote: the client approves one of them, and the others are over."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class SaleOrder(models.Model):
    _inherit = "sale.order"

    client_option_of_id = fields.Many2one(
        "sale.order",
        string="Option of",
        index="btree_not_null",
        copy=False,
        domain="[('client_id', '=', client_id), ('id', '!=', id), ('client_option_of_id', '=', False)]",
        help="The quote beside which the client may choose this one. Approving one of them cancels the others.",
    )
    client_option_ids = fields.One2many("sale.order", "client_option_of_id", string="Options")

    @api.constrains("client_option_of_id", "partner_id")
    def _check_client_option_of(self):
        for order in self:
            first = order.client_option_of_id
            if first and (first == order or first.client_id != order.client_id):
                raise ValidationError(self.env._("Options of one quote are for the same client."))
            if first and (first.client_option_of_id or order.client_option_ids):
                raise ValidationError(self.env._("Name the first of the options, which is the option of nothing."))

    def action_client_add_option(self):
        """Copy the quote as one more option, and open the copy."""
        self.ensure_one()
        self.check_access("write")
        first = self.client_option_of_id or self
        option = self.copy({"client_option_of_id": first.id, "variation_of_id": self.variation_of_id.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": option.id,
            "views": [(False, "form")],
        }

    def _client_other_options(self):
        """What is offered beside this quote (sudo), none for a quote without options."""
        quote = self.sudo()  # the operator's own records; pages look them up again as the user
        first = quote.client_option_of_id or quote
        return (first | first.client_option_ids) - quote

    # ------------------------------------------------------------------------ choosing

    def _client_option_taken(self):
        """This option was approved or confirmed: the others, sent or not, are cancelled."""
        for order in self:
            others = order._client_other_options().filtered(lambda other: other.state in ("draft", "sent"))
            for other in others:
                other._client_say(
                    self.env._("%(taken)s was chosen instead of this option.", taken=order.name),
                    self.env.user.partner_id,
                    internal=True,
                )
            if others:
                others._action_cancel()

    def _client_state_moved(self, before):
        result = super()._client_state_moved(before)
        if self.state == "sale":
            self._client_option_taken()
        return result

    def _client_passed_over(self):
        """Whether the client chose another option."""
        return any(
            other.state == "sale" or other.client_approval_id.state == "approved"
            for other in self._client_other_options()
        )

    # -------------------------------------------------------------------------- pages

    def _client_options(self):
        """The options of this quote that the reader sees, itself among them: {'rows', 'open'}; None without others."""
        ids = (self | self._client_other_options()).ids
        found = self.search(Domain("id", "in", ids), order="id") if len(ids) > 1 else self
        if len(found) < 2:
            return None
        rows = [
            {**row, "url": None, "note": self.env._("this one")} if row["id"] == self.id else row
            for row in found._client_rows()
        ]
        return {"rows": rows, "open": self._client_quote_state() == "open"}


class ClientApprovalKindQuote(models.AbstractModel):
    _inherit = "client.approval.kind.quote"

    @api.model
    def _approved(self, approval, decision):
        result = super()._approved(approval, decision)
        approval._subject()._client_option_taken()  # also where a payment has to confirm it first
        return result
