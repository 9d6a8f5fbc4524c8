"""From an order or a project to its agreement, in the back office."""

from odoo import fields, models

_ACTION = "client_portal.client_agreement_action"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    client_agreement_count = fields.Integer("Agreements", compute="_compute_client_agreement_count")

    def _compute_client_agreement_count(self):
        _count(self, "order_id")

    def action_client_agreement(self):
        """Open the order's agreements, or the form of a new one."""
        return _open(self, "order_id")


class ProjectProject(models.Model):
    _inherit = "project.project"

    client_agreement_count = fields.Integer("Agreements", compute="_compute_client_agreement_count")

    def _compute_client_agreement_count(self):
        _count(self, "project_id")

    def action_client_agreement(self):
        """Open the project's agreements, or the form of a new one."""
        return _open(self, "project_id")


def _count(records, field):
    """Number of agreements of each record, for readers who may see agreements."""
    agreements, counts = records.env["client.agreement"], {}
    if agreements.has_access("read"):
        counts = dict(agreements._read_group([(field, "in", records.ids)], [field], ["__count"]))
    for record in records:
        record.client_agreement_count = counts.get(record._origin, 0)


def _open(record, field):
    """Action on the agreements of one order or project."""
    record.ensure_one()
    record.check_access("read")
    action = record.env["ir.actions.act_window"]._for_xml_id(_ACTION)
    company = record.company_id or record.env.company
    action["context"] = {f"default_{field}": record.id, "default_company_id": company.id}
    action["domain"] = [(field, "=", record.id)]
    if not record.client_agreement_count:
        action.update(views=[(False, "form")], view_mode="form")
    return action
