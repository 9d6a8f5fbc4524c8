"""What an address without a membership sees by its link: one quote or invoice, and how to pay the latter."""

from odoo import api, models
from odoo.exceptions import UserError

from .client_link import SHARED
from .client_throttle import TooMany

_SHOWN = ("title", "badge", "amount", "left", "open", "payable", "lines", "totals", "terms", "facts")
_ORDER_REPORT = "sale.action_report_saleorder"


class ClientLink(models.Model):
    _inherit = "client.link"

    def _works(self):
        """An address is shown what is published; a member's own rights say what they see."""
        return super()._works() and (bool(self.member_id) or self._shows())

    def _shows(self):
        return self.res_model in SHARED and bool(self._target().client_published)

    @api.model
    def _shared(self, link_id, proven):
        """The link (sudo) of a browser whose user reads its address, or none.

        :param int link_id: from an address, trusted in no way
        :param proven: see ``_visit``
        """
        link = self.sudo().browse(link_id).exists()  # reason: decides who sees it
        return link.filtered(lambda one: not one.member_id and one.email in proven and one._works())._for_reader()

    def _shared_values(self, paid=False):
        """What the page shows, as plain values.

        :param bool paid: whether its reader comes from paying
        """
        record = self._target()
        facts = record._client_facts()
        self._note("link")
        return {
            **{name: facts.get(name) for name in _SHOWN},
            "facts": [{**fact, "url": ""} for fact in facts["facts"]],
            "client_name": record.client_id.name,
            "operator": record.company_id.name,
            "asked": record._name == "sale.order" and record.state in ("draft", "sent"),
            "pdf": f"{self._shared_url()}/pdf",
            "pay_url": f"{self._shared_url()}/pay",
            "notice": self._shared_notice() if paid else None,
            **self._letterhead(),
        }

    def _shared_notice(self):
        """What came of the last payment made by this link: see ``account.move._client_payment_words``."""
        move = self._target() if self.res_model == "account.move" else self.env["account.move"].sudo()  # reason: empty
        made = move.transaction_ids.filtered(lambda one: one.landing_route == self._landing())
        return move._client_payment_words(made.sorted("id")[-1:])

    def _landing(self):
        """Where somebody comes back to from paying."""
        return f"{self._shared_url()}?message=payment"

    def _shared_pdf(self):
        """(name, bytes) of the document."""
        record = self._target()
        if record._name == "account.move":
            documents = record._get_invoice_legal_documents_all(allow_fallback=True)
            return documents[0]["filename"], documents[0]["content"]
        content = self.env["ir.actions.report"]._render_qweb_pdf(_ORDER_REPORT, record.ids)[0]
        return f"{record.name}.pdf".replace("/", "_"), content

    # ----------------------------------------------------------------------- paying

    def _shared_move(self):
        """The invoice to pay (sudo), or none where it cannot be paid online now."""
        move = self._target() if self.res_model == "account.move" else self.env["account.move"].sudo()  # reason: empty
        return move if move and not move._client_unpayable() else move.browse()

    def _shared_payment(self, move):
        """Values of stock's form for all that is left, or the part the link asks for."""
        amount, _problem = move._client_amount(f"{self.amount:f}" if self.amount else "")
        data = {**move._client_payment_data(amount), "landing_route": self._landing()}
        data["transaction_route"] = f"{self._shared_url()}/transaction"
        page = {**move._client_pay_values(amount), "back": self._shared_url(), "rows": []}
        return data, page

    def _shared_transaction(self, asked):
        """(partner id, currency id, invoice ids, values) of a transaction asked for by the form.

        :raise UserError: not payable, or asked too often
        """
        if not self.env["client.throttle"]._hit("pay", f"link{self.id}"):
            raise TooMany(self.env._("That was a lot at once. Please wait a moment and try again."))
        move = self._shared_move()
        if not move:
            raise UserError(self.env._("This invoice cannot be paid online now."))
        values = {**move._client_payment_kwargs(asked), "landing_route": self._landing()}
        return move.partner_id.id, move.currency_id.id, move.ids, values
