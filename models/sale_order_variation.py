"""Variations: what a quote changes, why, and what that does to price and dates."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# domain of quotes that vary something
VARIES = ["|", ("variation_of_id", "!=", False), ("variation_task_id", "!=", False)]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    variation_of_id = fields.Many2one(
        "sale.order",
        string="Variation of",
        index="btree_not_null",
        copy=False,
        domain="[('client_id', '=', client_id), ('id', '!=', id), ('state', '=', 'sale')]",
        help="The order whose scope this quote changes.",
    )
    variation_ids = fields.One2many("sale.order", "variation_of_id", string="Variations")
    variation_task_id = fields.Many2one(
        "project.task",
        string="Variation of the Job",
        index="btree_not_null",
        copy=False,
        domain="[('client_id', '=', client_id), ('project_id', '!=', False)]",
        help="The job whose scope this quote changes; also without an order behind it.",
    )
    variation_reason = fields.Text(
        "Reason for the Variation", copy=False, help="The client reads it, and it is part of what they approve."
    )
    variation_days = fields.Integer(
        "Days Added",
        copy=False,
        help="By how many days the work ends later if the client approves; negative for earlier. The client reads it.",
    )

    @api.constrains("variation_of_id", "variation_task_id", "partner_id")
    def _check_variation_of(self):
        for order in self:
            varied = order.variation_of_id
            if varied and (varied == order or varied.client_id != order.client_id):
                raise ValidationError(self.env._("A variation must change another order of the same client."))
            job = order.variation_task_id.sudo()  # only whose it is
            if job and job.client_id != order.client_id:
                raise ValidationError(self.env._("A variation must change a job of the same client."))

    @api.onchange("variation_of_id", "variation_task_id")
    def _onchange_variation(self):
        """The order behind a job, and the project that the work belongs to, are filled in."""
        job = self.variation_task_id
        if job.sale_order_id.client_id == self.client_id and not self.variation_of_id:
            self.variation_of_id = job.sale_order_id
        self.project_id = self.project_id or self.variation_of_id.project_id or job.project_id

    def _client_varies(self):
        """Whether this quote changes what was agreed before."""
        return bool(self.variation_of_id or self.variation_task_id)

    # ------------------------------------------------------------------------- pages

    @api.model
    def _client_variations(self):
        """A query for the variations of the user's clients, for the list, which adds the user's rules."""
        mine = Domain("client_id", "in", self.env.user._client_members().client_id.ids)
        return self.sudo()._search(mine & Domain(VARIES))  # only whether they vary something

    def _client_variation(self):
        """What a variation changes, for the page of the quote; None for other quotes.

        :return: {'reason', 'facts': [{'label', 'value', 'url'}], 'sums': [{'label', 'amount', 'total'}]}
        """
        order = self.sudo()  # behind the gate: what a visible quote varies
        if not order._client_varies():
            return None
        return {
            "reason": order.variation_reason,
            "facts": self._client_variation_facts()[1:],
            "sums": self._client_variation_sums(),
        }

    def _client_variation_facts(self):
        """[{'label', 'value', 'url'}]; what it changes is named only to who may see that."""
        variation = self.sudo()  # behind the gate: what a visible quote varies
        orders = self.env["sale.order"].search([("id", "in", variation.variation_of_id.ids)])
        jobs = self.env["project.task"]
        if variation.variation_task_id and self.env.user._client_can("see_jobs", variation.client_id):
            jobs = jobs.search([("id", "in", variation.variation_task_id.ids)])
        return [
            {"label": self.env._("Reason"), "value": variation.variation_reason},
            {"label": self.env._("Changes the order"), "value": orders.name, "url": orders and orders._client_url()},
            {"label": self.env._("Changes the job"), "value": jobs.client_name, "url": jobs and jobs._client_url()},
            {"label": self.env._("Effect on the dates"), "value": self._client_days_words(variation.variation_days)},
        ]

    @api.model
    def _client_days_words(self, days):
        """'6 days later', of a number of days."""
        if not days:
            return self.env._("none")
        if abs(days) == 1:
            return self.env._("1 day later") if days > 0 else self.env._("1 day earlier")
        return self.env._("%s days later", days) if days > 0 else self.env._("%s days earlier", -days)

    def _client_variation_sums(self):
        """What the contract comes to with this variation: [{'label', 'amount', 'total'}].

        Only of orders the reader sees, and of those in its currency; nothing where it varies no order.
        """
        original = self._client_original()
        if not original or original.currency_id != self.currency_id:
            return []
        amount, currency = self.env["client.words"]._amount, self.currency_id
        others = original._client_agreed_variations() - self
        rows = [(self.env._("Order %s", original.name), original.amount_total)]
        if others:
            rows.append((self.env._("Other approved variations"), sum(others.mapped("amount_total"))))
        rows.append((self.env._("This variation"), self.amount_total))
        label = self.env._("Contract sum") if self.state == "sale" else self.env._("Contract sum with it")
        rows.append((label, sum(value for _label, value in rows)))
        return [
            {"label": label, "amount": amount(value, currency), "total": number == len(rows)}
            for number, (label, value) in enumerate(rows, start=1)
        ]

    def _client_original(self):
        """The order at the beginning of what this one varies, as far as the reader sees it."""
        original, seen = self.sudo().variation_of_id, self.browse()  # the way up; what is found is looked up again
        while original.variation_of_id and original not in seen:
            seen |= original
            original = original.variation_of_id
        return self.search([("id", "in", original.ids), ("state", "=", "sale")])

    def _client_agreed_variations(self):
        """Approved variations of an order and of its variations, in its currency, that the reader sees."""
        found, above = self.browse(), self
        visible = self._client_visible_domain() & Domain("state", "=", "sale")
        while above:
            domain = Domain("variation_of_id", "in", above.ids) & Domain("id", "not in", (found | self).ids)
            above = self.sudo().search(visible & domain).sudo(False)  # the user's rules are in it
            found |= above
        return found.filtered(lambda order: order.currency_id == self.currency_id)
