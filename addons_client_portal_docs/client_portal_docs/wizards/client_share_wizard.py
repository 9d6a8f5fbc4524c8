from odoo import api, fields, models

from ..models.client_document import RECORD_MODELS


class ClientShareWizard(models.TransientModel):
    """Share files of a record with its client: those that lie on it, or new ones."""

    _name = "client.share.wizard"
    _description = "Share files with the client"

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    available_ids = fields.Many2many("ir.attachment", compute="_compute_available_ids")
    attachment_ids = fields.Many2many(
        "ir.attachment", "client_share_wizard_file_rel", string="Files on it", domain="[('id', 'in', available_ids)]"
    )
    upload_ids = fields.Many2many("ir.attachment", "client_share_wizard_upload_rel", string="New files")
    category_id = fields.Many2one(
        "client.document.category", required=True, default=lambda self: self.env["client.document"]._first_category()
    )
    publish = fields.Boolean("Show to the client now", default=True)

    @api.depends("res_model", "res_id")
    def _compute_available_ids(self):
        for wizard in self:
            on_record = [("res_model", "=", wizard.res_model), ("res_id", "=", wizard.res_id)]
            wizard.available_ids = self.env["ir.attachment"].search(on_record)

    def action_share(self):
        """Make the documents; stays where it was called from."""
        self.ensure_one()
        record = self._record()
        shared = self.env["client.document"]._share(
            self.attachment_ids | self.upload_ids, record, self.category_id, self.publish
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self._words(shared),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _record(self):
        """The record, which the user may write."""
        record = self.env[self.res_model if self.res_model in RECORD_MODELS else "project.task"].browse(self.res_id)
        record.check_access("write")
        return record

    def _words(self, shared):
        seen = shared.filtered("client_published")
        if self.publish and len(seen) < len(shared):
            return self.env._("Filed: %s. The client sees them as soon as they see what they belong to.", len(shared))
        if seen:
            return self.env._("Shared with the client: %s", len(seen))
        return self.env._("Filed as drafts: %s", len(shared))


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    def action_client_share(self):
        """Ask which files of this record the client gets."""
        self.ensure_one()
        self.check_access("write")
        files = self.env["ir.attachment"].search([("res_model", "=", self._name), ("res_id", "=", self.id)])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Share files with the client"),
            "res_model": "client.share.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_res_model": self._name,
                "default_res_id": self.id,
                "default_attachment_ids": files.ids if len(files) == 1 else [],
            },
        }
