"""Odoo's project sharing: a client's project is shared with its members."""

from odoo import api, models


class ProjectShareWizard(models.TransientModel):
    """Checks the people added to a client's project; those listed already are left alone."""

    _inherit = "project.share.wizard"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse before stock subscribes anybody: its own work happens in ``create``."""
        for vals in vals_list:
            self._client_check_added(vals)
        return super().create(vals_list)

    @api.model
    def _client_check_added(self, vals):
        """Require a membership of everybody who is new on a client's project.

        :param dict vals: values the wizard is created with
        """
        if vals.get("res_model") != "project.project" or not vals.get("res_id"):
            return
        project = self.env["project.project"].browse(vals["res_id"])
        client = project.client_id.filtered("is_client")
        if not client:
            return
        added = self.env["res.partner"].browse(
            command[2]["partner_id"]
            for command in vals.get("collaborator_ids") or []
            if command[0] == 0 and command[2].get("partner_id")
        )
        known = project.message_partner_ids | project.collaborator_ids.partner_id
        self.env["client.member"]._client_require_members(client, added - known)
