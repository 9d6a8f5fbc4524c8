"""A quote made because a client asked for something leads back to the request."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    client_request_id = fields.Many2one(
        "project.task",
        string="For request",
        index="btree_not_null",
        copy=False,
        domain="[('client_id', '=', client_id), ('client_request_number', '!=', False)]",
        help="The request of the client this quote answers.",
    )

    @api.constrains("client_request_id", "partner_id")
    def _check_client_request_id(self):
        for order in self.filtered("client_request_id"):
            if order.client_request_id.sudo().client_id != order.client_id:  # compared only
                raise ValidationError(self.env._("A quote can only answer a request of the same client."))

    def _client_fact_list(self, words):
        """The quote's page leads to the request, for members who see it."""
        facts = super()._client_fact_list(words)
        asked = self.sudo().client_request_id  # looked up again as the user in the next line
        request = self.env["project.task"].search([("id", "=", asked.id)]) if asked else asked
        if request:
            number = request.client_request_number or request.client_name
            facts.insert(2, {"label": self.env._("Your request"), "value": number, "url": request._client_url()})
        return facts


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _client_quote_facts(self):
        """Quotes that answer a request, for members who see quotes."""
        facts = super()._client_quote_facts()
        if not self.client_request_number or not self.env.user._client_can("see_quotes", self.client_id):
            return facts
        orders = self.env["sale.order"]._client_only_visible([("client_request_id", "=", self.id)])
        return [
            *facts,
            *({"label": self.env._("Quote"), "value": order.name, "url": order._client_url()} for order in orders),
        ]
