from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.client_portal.models.client_allowlist import CLIENT_READABLE

from .client_document import RECORD_MODELS

STATES = [
    ("draft", "Draft"),
    ("open", "Asked"),
    ("received", "Received"),
    ("done", "Checked"),
    ("cancelled", "Not Needed"),
]
SHOWN = ("open", "received", "done")
REMIND_BEFORE, REMIND_AGAIN = 3, 7  # days

CLIENT_READABLE["client.file.request"] = frozenset(
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
        "capability",
        "res_model",
        "res_id",
        "state",
        "date_due",
    }
)


class ClientFileRequest(models.Model):
    """A file staff want of a client: what, for which record, by when. What comes in is a draft document.

    Like a document it follows the client, site and visibility of the record it is about, or belongs to a
    site or the client itself.
    """

    _name = "client.file.request"
    _description = "File asked of a client"
    _inherit = ["client.scoped", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    _client_customer_field = "client_id"
    _client_only_field = "client_only_user_id"
    _client_capability = "see_documents"
    _client_publish_depends = ("state", "record_published")
    _client_section = "documents"
    _client_talks = False
    _client_row_fields = ("client_id", "client_site_id", "company_id", "name", "state", "date_due")

    name = fields.Char("File", required=True, tracking=True)
    note = fields.Text("What exactly", help="Shown to the client.")
    category_id = fields.Many2one(
        "client.document.category",
        required=True,
        default=lambda self: self.env["client.document"]._first_category(),
        help="Of the documents that come in.",
    )
    state = fields.Selection(STATES, required=True, default="draft", copy=False, tracking=True, index=True)
    most = fields.Integer("Files, at most", help="0: as many as the settings allow at once.")
    date_due = fields.Date("Due", tracking=True)
    date_reminder = fields.Date("Next reminder", copy=False)
    received_on = fields.Datetime(readonly=True, copy=False)
    user_id = fields.Many2one("res.users", "Responsible", default=lambda self: self.env.user, tracking=True)
    member_ids = fields.Many2many(
        "client.member",
        string="Asked of",
        domain="[('client_id', '=', client_id)]",
        help="Nobody in particular: whoever of the client sees it and may write or request.",
    )
    document_ids = fields.One2many("client.document", "file_request_id", string="Documents")

    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference("Record id", model_field="res_model", readonly=True)
    record_ref = fields.Reference(
        selection=lambda self: self.env["client.document"]._record_models(),
        string="About",
        compute="_compute_record_ref",
        inverse="_inverse_record_ref",
        help="The job, project, asset, quote or invoice it is for. Empty: for the site, or the client itself.",
    )
    capability = fields.Char(readonly=True, default="see_documents", help="What a role needs to see the record.")
    record_published = fields.Boolean(readonly=True, default=True, copy=False)
    client_only_user_id = fields.Many2one("res.users", string="Only for", readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    client_id = fields.Many2one(
        "res.partner",
        compute=None,
        readonly=False,
        required=True,
        domain="[('is_company', '=', True), ('parent_id', '=', False)]",
    )
    client_site_id = fields.Many2one("res.partner", string="Site", compute=None, readonly=False)
    client_site_manual = fields.Boolean(compute=None)
    client_customer_id = fields.Integer(compute=None)

    _client_list = models.Index("(client_id, date_due, id) WHERE client_published IS TRUE")
    _site_list = models.Index("(client_site_id, date_due, id) WHERE client_published IS TRUE")
    _record = models.Index("(res_model, res_id)")
    _reminders = models.Index("(date_reminder) WHERE state = 'open'")
    _most_positive = models.Constraint("CHECK (most >= 0)", "A number of files cannot be negative.")

    # ------------------------------------------------------------------------ scope

    @api.depends("res_model", "res_id")
    def _compute_record_ref(self):
        for asked in self:
            record = asked._record()
            asked.record_ref = f"{record._name},{record.id}" if record else False

    def _inverse_record_ref(self):
        for asked in self:
            asked.write(self.env["client.document"]._scope_of(asked.record_ref))

    def _record(self):
        """What it is about, as the current user; empty without one."""
        there = self.res_model in self.env and self.res_id
        return self.env[self.res_model].browse(self.res_id).exists() if there else self.browse()

    @api.model_create_multi
    def create(self, vals_list):
        documents = self.env["client.document"]
        made = super().create([documents._with_scope(vals) for vals in vals_list])
        made._count_on_records()
        return made

    def write(self, vals):
        result = super().write(vals)
        if not {"state", "res_id", "res_model"}.isdisjoint(vals):
            self._count_on_records()
        return result

    def _compute_client_site_id(self):
        """It follows its record by itself; a site that is none any more is left out."""
        for asked in self.filtered("client_site_id"):
            if not asked._client_owns_site(asked.client_site_id):
                asked.client_site_id = False

    @api.constrains("member_ids", "client_id")
    def _check_members(self):
        for asked in self.sudo():  # compared only
            if asked.member_ids.client_id - asked.client_id:
                raise ValidationError(self.env._("Only members of the client can be asked for its file."))

    @api.onchange("date_due")
    def _onchange_date_due(self):
        self.date_reminder = self.date_due and self.date_due - relativedelta(days=REMIND_BEFORE)

    def _client_may_publish(self):
        return self.state in SHOWN and self.record_published

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        if not self._client_name_records():
            super()._compute_display_name()

    def _client_url(self):
        return f"/my/documents/asked/{self.id}"

    @api.model
    def _follow(self, model, table, ids):
        """Copy the scope of records onto what is asked for them, in one statement; see ``client.document``.

        :param str model: model name of the records
        :param str table: their table
        :param list ids: their ids
        """
        self.flush_model()
        only = self.env[model]._client_only_field
        followed = self.env.execute_query(
            SQL(
                """
                UPDATE client_file_request f
                   SET client_id = COALESCE(r.client_id, f.client_id),
                       client_site_id = r.client_site_id,
                       client_only_user_id = %(only)s,
                       company_id = r.company_id,
                       record_published = COALESCE(r.client_published, FALSE) AND r.client_id IS NOT NULL,
                       client_published = COALESCE(r.client_published, FALSE) AND r.client_id IS NOT NULL
                           AND f.state IN %(shown)s AND f.client_publish != 'no'
                  FROM %(table)s r
                 WHERE f.res_model = %(model)s
                   AND f.res_id = r.id
                   AND r.id IN %(ids)s
                RETURNING f.id
                """,
                table=SQL.identifier(table),
                only=SQL.identifier("r", only) if only else SQL("NULL::integer"),
                model=model,
                shown=SHOWN,
                ids=tuple(ids),
            )
        )
        names = ["client_id", "client_site_id", "client_only_user_id", "company_id"]
        self.invalidate_model([*names, "record_published", "client_published"], flush=False)
        if followed:
            self.env["client.update"]._follow(self._name, self._table, [row[0] for row in followed])

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(asked.state != "draft" for asked in self):
            raise UserError(self.env._("What the client was asked for is kept. Say that it is not needed instead."))


class ClientDocument(models.Model):
    _inherit = "client.document"

    file_request_id = fields.Many2one(
        "client.file.request", "Asked for as", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )


class ClientScoped(models.AbstractModel):
    """File requests follow what they are about."""

    _inherit = "client.scoped"

    def _write_multi(self, vals_list):
        super()._write_multi(vals_list)
        if self._name not in RECORD_MODELS:
            return
        scope = {"client_id", "client_site_id", "client_published", "company_id", self._client_only_field}
        moved = [record.id for record, vals in zip(self, vals_list, strict=True) if not scope.isdisjoint(vals)]
        if moved:
            self.env["client.file.request"]._follow(self._name, self._table, moved)

    def unlink(self):
        """What was asked for a record that is gone is not needed."""
        asked = self.env["client.file.request"].sudo()  # of records at hand
        if self._name in RECORD_MODELS:
            asked = asked.search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        result = super().unlink()
        asked.write({"record_published": False, "state": "cancelled"})
        return result
