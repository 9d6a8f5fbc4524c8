from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.client_portal.models.client_allowlist import CLIENT_READABLE

STATES = [
    ("draft", "Draft"),
    ("published", "Published"),
    ("superseded", "Superseded"),
    ("withdrawn", "Withdrawn"),
]
# what a document may belong to; without one it belongs to the site or the client itself
RECORD_MODELS = ("project.project", "project.task", "client.asset", "sale.order", "account.move")

CLIENT_READABLE["client.document"] = frozenset(
    {
        "id",
        "display_name",
        "name",
        "client_id",
        "client_site_id",
        "client_only_user_id",
        "client_published",
        "company_id",
        "create_date",
        "active",
        "capability",
        "res_model",
        "res_id",
        "state",
        "published_on",
        "valid_from",
        "valid_until",
        "expiring_from",
    }
)


class ClientDocument(models.Model):
    """A report, certificate, photo set, form or contract, on the record it belongs to.

    Its bytes are its versions (``client.document.version``); what the client gets is the newest
    published one. With a record it follows the record's client, site and visibility; see
    ``client_document_scope.py``.
    """

    _name = "client.document"
    _description = "Document"
    _inherit = ["client.scoped", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _client_customer_field = "client_id"
    _client_only_field = "client_only_user_id"
    _client_capability = "see_documents"
    _client_publish_depends = ("active", "state", "current_id", "record_published")
    _client_section = "documents"
    _client_list_url = "/my/documents"
    # title, tags and the text inside; members may not read the text itself
    _client_search = ("search_text", "client_site_id.name")
    _client_search_close = ("name",)
    _client_list_most = 10_000

    name = fields.Char("Title", required=True, tracking=True, size=500)  # an index has no room for more
    active = fields.Boolean(default=True)
    category_id = fields.Many2one(
        "client.document.category",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self._first_category(),
    )
    state = fields.Selection(STATES, required=True, default="draft", copy=False, tracking=True, index=True)
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference("Record id", model_field="res_model", readonly=True)
    capability = fields.Char(readonly=True, default="see_documents", help="What a role needs to see the record.")
    record_published = fields.Boolean(readonly=True, default=True, copy=False)
    client_only_user_id = fields.Many2one("res.users", string="Only for", readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, index="btree_not_null")

    # the client is chosen, or follows the record
    client_id = fields.Many2one(
        "res.partner",
        compute=None,
        readonly=False,
        required=True,
        tracking=True,
        domain="[('is_company', '=', True), ('parent_id', '=', False)]",
    )
    client_site_id = fields.Many2one("res.partner", string="Site", compute=None, readonly=False, tracking=True)
    client_site_manual = fields.Boolean(compute=None)
    client_customer_id = fields.Integer(compute=None)

    version_ids = fields.One2many("client.document.version", "document_id", string="Versions")
    current_id = fields.Many2one(
        "client.document.version", string="Current version", compute="_compute_current_id", store=True, copy=False
    )
    published_on = fields.Datetime("Shared on", readonly=True, copy=False)
    valid_from = fields.Date(copy=False)
    valid_until = fields.Date(copy=False, tracking=True)
    expiring_from = fields.Date(compute="_compute_expiring_from", store=True)
    tag_ids = fields.Many2many("client.document.tag", string="Tags")
    show_history = fields.Boolean(
        "Client sees earlier versions", compute="_compute_show_history", store=True, readonly=False
    )
    # long texts are not read along with a row
    description = fields.Html("Internal notes", prefetch=False)
    search_text = fields.Text(compute="_compute_search_text", store=True, prefetch=False)

    _site_list = models.Index("(client_site_id, published_on DESC, id DESC) WHERE client_published IS TRUE")
    _record = models.Index("(res_model, res_id)")

    @api.model
    def _first_category(self):
        return self.env["client.document.category"].search([], limit=1)

    @api.depends("version_ids.state", "version_ids.number")
    def _compute_current_id(self):
        for document in self:
            published = document.version_ids.filtered(lambda version: version.state == "published")
            document.current_id = published.sorted("number")[-1:]

    @api.depends("valid_until", "category_id.lead_days")
    def _compute_expiring_from(self):
        for document in self:
            lead = relativedelta(days=document.category_id.lead_days)
            document.expiring_from = document.valid_until and document.valid_until - lead

    @api.depends("category_id")
    def _compute_show_history(self):
        for document in self:
            document.show_history = document.category_id.show_history

    @api.depends("name", "tag_ids.name", "current_id")
    def _compute_search_text(self):
        """What words are looked for in: title, tags and the text of the current version."""
        for document in self:
            text = document.current_id.sudo().attachment_id.index_content  # the document's own bytes
            document.search_text = "\n".join([document.name or "", *document.tag_ids.mapped("name"), text or ""])

    @api.onchange("category_id", "valid_from")
    def _onchange_valid_from(self):
        """The category proposes how long; from when on, the paper says."""
        if self.category_id.valid_months and self.valid_from and not self.valid_until:
            self.valid_until = self.category_id._valid_until(self.valid_from)

    def _client_may_publish(self):
        return self.active and self.state == "published" and bool(self.current_id) and self.record_published

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        if not self._client_name_records():
            super()._compute_display_name()

    def _client_url(self):
        return f"/my/documents/{self.id}"

    def unlink(self):
        """Version by version, so that the bytes of a draft go too."""
        self.version_ids.unlink()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(document.published_on for document in self):
            raise UserError(self.env._("What was shared once is kept. Withdraw it instead."))


class ClientDocumentTag(models.Model):
    """A word of the operator's own by which documents are found."""

    _name = "client.document.tag"
    _description = "Document tag"
    _order = "name"

    name = fields.Char(required=True)
    color = fields.Integer()

    _name_uniq = models.Constraint("unique (name)", "There is a tag of this name already.")
