from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.client_document import RECORD_MODELS


class ClientShareWizard(models.TransientModel):
    """Share files with a client: those that lie on a record, or new ones, for the record, a site or the client."""

    _name = "client.share.wizard"
    _description = "Share files with the client"

    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    record_ref = fields.Reference(selection="_record_models", string="Belongs to")
    client_id = fields.Many2one(
        "res.partner",
        domain="[('is_company', '=', True), ('parent_id', '=', False)]",
        help="Whose they are, where they belong to nothing in particular.",
    )
    client_site_id = fields.Many2one(
        "res.partner",
        string="Site",
        domain="[('is_client_site', '=', True), ('commercial_partner_id', '=', client_id)]",
    )
    available_ids = fields.Many2many("ir.attachment", compute="_compute_available_ids")
    attachment_ids = fields.Many2many(
        "ir.attachment", "client_share_wizard_file_rel", string="Files on it", domain="[('id', 'in', available_ids)]"
    )
    upload_ids = fields.Many2many("ir.attachment", "client_share_wizard_upload_rel", string="New files")
    category_id = fields.Many2one(
        "client.document.category", required=True, default=lambda self: self.env["client.document"]._first_category()
    )
    valid_months = fields.Integer(related="category_id.valid_months")
    valid_from = fields.Date(compute="_compute_valid_from", store=True, readonly=False)
    valid_until = fields.Date(compute="_compute_valid_until", store=True, readonly=False)
    publish = fields.Boolean("Show to the client now", default=True)
    same_names = fields.Char("Here already", compute="_compute_same_names")
    how = fields.Selection(
        [("version", "The next version of it"), ("new", "A document of its own")],
        string="Files of the same name are",
        default="version",
        required=True,
    )

    @api.model
    def _record_models(self):
        return self.env["client.document"]._record_models()

    @api.depends("res_model", "res_id")
    def _compute_available_ids(self):
        for wizard in self:
            wizard.available_ids = False
            if wizard.res_model and wizard.res_id:
                on_record = [("res_model", "=", wizard.res_model), ("res_id", "=", wizard.res_id)]
                wizard.available_ids = self.env["ir.attachment"].search(on_record)

    @api.depends("attachment_ids", "upload_ids", "res_model", "res_id", "record_ref", "client_id", "client_site_id")
    def _compute_same_names(self):
        """Documents that have a file of the same name; it is asked what the new one is to be."""
        for wizard in self:
            documents, here = self.env["client.document"], wizard._place()
            files = wizard.attachment_ids | wizard.upload_ids
            same = documents.browse()
            if here:
                same = same.union(*(documents._of_file(name, here) for name in set(files.mapped("name"))))
            wizard.same_names = ", ".join(same.mapped("name"))

    @api.depends("category_id")
    def _compute_valid_from(self):
        """What the category proposes; the paper itself knows better."""
        for wizard in self:
            today = fields.Date.context_today(wizard)
            wizard.valid_from = wizard.category_id.valid_months and (wizard.valid_from or today)

    @api.depends("category_id", "valid_from")
    def _compute_valid_until(self):
        for wizard in self:
            first = wizard.valid_months and wizard.valid_from
            wizard.valid_until = first and wizard.category_id._valid_until(first)

    def _place(self):
        """Values that say what the documents belong to; {} as long as nobody chose."""
        model, record_id = self.res_model, self.res_id
        if self.record_ref:
            model, record_id = self.record_ref._name, self.record_ref.id
        if model in RECORD_MODELS and record_id:
            return {"res_model": model, "res_id": record_id}
        if self.client_id:
            return {"client_id": self.client_id.id, "client_site_id": self.client_site_id.id}
        return {}

    def action_share(self):
        """Make the documents; stays where it was called from."""
        self.ensure_one()
        shared = self.env["client.document"]._share_at(
            self.attachment_ids | self.upload_ids,
            self._writable_place(),
            self.category_id,
            self.publish,
            as_new=self.how == "new",
            valid=(self.valid_from, self.valid_until) if self.valid_months else None,
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

    def _writable_place(self):
        """What they belong to, which the user may write."""
        place = self._place()
        if not place:
            raise UserError(self.env._("Choose what the files belong to, or whose they are."))
        if "res_id" in place:
            self.env[place["res_model"]].browse(place["res_id"]).check_access("write")
        return place

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
        """Ask which files of this record the client gets, and as what; an only one is chosen."""
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
