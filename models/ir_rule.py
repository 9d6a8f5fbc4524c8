from odoo import api, fields, models, tools
from odoo.exceptions import AccessError


class IrRule(models.Model):
    _inherit = "ir.rule"

    client_boundary = fields.Boolean(
        string="Client portal boundary",
        help="Says what members of the client portal may see. For them the boundary rules"
        " of a model replace all other group rules; for everybody else they do not exist.",
    )

    @api.model
    @tools.ormcache()
    def _client_bounded_models(self):
        """Names of the models that have boundary rules.

        :rtype: frozenset[str]
        """
        rules = self.sudo().search([("client_boundary", "=", True)])  # names only
        return frozenset(rules.model_id.mapped("model"))

    def _get_rules(self, model_name, mode="read"):
        """Odoo ORs group rules, so a boundary has to replace them, not add to them."""
        rules = super()._get_rules(model_name, mode=mode)
        if not rules or model_name not in self._client_bounded_models():
            return rules
        grouped = rules.sudo().filtered("groups")  # rules, not what they guard
        boundary = grouped.filtered("client_boundary")
        if self.env.user._is_client_governed():
            return rules - (grouped - boundary).with_env(self.env)
        if boundary == grouped:  # a model that only the boundary opens stays closed to others
            return rules
        return rules - boundary.with_env(self.env)

    def _make_access_error(self, operation, records):
        """Governed users get one text, whatever the record is and whether it is: no names, no companies.

        So does everybody for the suite's own books, whose company is a plain number that Odoo would stumble over.
        """
        company = records._fields.get("company_id")
        if self.env.user._is_client_governed() or (company and not company.relational):
            return AccessError(self.env._("This does not exist, or you have no access to it."))
        return super()._make_access_error(operation, records)
