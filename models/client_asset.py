from odoo import api, fields, models


class ClientAsset(models.Model):
    """A thing at a client's site that work is done on."""

    _name = "client.asset"
    _description = "Asset"
    _inherit = ["client.scoped", "mail.thread", "mail.activity.mixin"]
    _order = "name"
    _check_company_auto = True

    _client_capability = "see_jobs"
    _client_site_paths = ("partner_id",)
    _client_publish_depends = ("active",)
    _client_section = "sites"
    _client_list_url = "/my/assets"
    _client_search = ("name", "serial", "client_site_id.name", "kind_id.name")
    _client_talks = False

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    kind_id = fields.Many2one("client.asset.kind", index="btree_not_null", tracking=True)
    serial = fields.Char(string="Serial number", copy=False, tracking=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        tracking=True,
        domain="[('is_company', '=', True), ('parent_id', '=', False)]",
        help="Whose asset this is. Chosen by itself with the site.",
    )
    client_site_id = fields.Many2one(string="Site", tracking=True)
    installed_date = fields.Date(string="Installed on", copy=False)
    next_due_date = fields.Date(
        string="Next due", copy=False, tracking=True, help="When it is to be inspected or serviced next."
    )
    client_summary = fields.Text(string="Note for the client", help="In words the client may read.")
    description = fields.Html(string="Internal notes")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: every company of yours works with it."
    )
    task_ids = fields.Many2many(
        "project.task", "client_asset_task_rel", "asset_id", "task_id", string="Jobs", copy=False
    )

    _client_list = models.Index("(client_id, name, id) WHERE client_published IS TRUE")
    _site_list = models.Index("(client_site_id, name, id) WHERE client_published IS TRUE")
    _due_list = models.Index("(client_id, next_due_date, id) WHERE client_published IS TRUE")

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever names the site has named the client."""
        Partner = self.env["res.partner"]
        for vals in vals_list:
            if vals.get("client_site_id") and not vals.get("partner_id"):
                vals["partner_id"] = Partner.browse(vals["client_site_id"]).commercial_partner_id.id
        return super().create(vals_list)

    @api.onchange("client_site_id")
    def _onchange_client_site_id(self):
        if self.client_site_id and not self.partner_id:
            self.partner_id = self.client_site_id.commercial_partner_id

    def _client_may_publish(self):
        return self.active

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        if not self._client_name_records():
            super()._compute_display_name()

    def _client_url(self):
        return f"/my/assets/{self.id}"
