from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .client_update import SCOPE_COLUMNS

STATES = [
    ("pending", "Waiting for the client"),
    ("approved", "Approved"),
    ("declined", "Declined"),
    ("changes", "Changes requested"),
    ("expired", "Expired"),
    ("withdrawn", "Withdrawn"),
    ("stale", "Changed since approved"),
]
RULES = [
    ("any", "Any one of them"),
    ("all", "All of them"),
    ("order", "One after the other"),
    ("quorum", "A number of them"),
]


class ClientApproval(models.Model):
    """Something that waits for the client's yes.

    What it is about is a record and a kind (``client.approval.kind``); who may answer is the list
    of approvers or, without one, whoever may approve this amount. The scope columns follow the
    record, so that an approval is visible exactly to those who may see the record now. What was
    answered is not here but in the ledger (``client.decision``).
    """

    _name = "client.approval"
    _inherit = ["client.scoped"]
    _description = "Client approval"
    _order = "id desc"

    _client_customer_field = "client_id"
    _client_only_field = "client_only_user_id"
    _client_talks = False  # the conversation is the record's, see _client_thread_values

    name = fields.Char(required=True, readonly=True, help="What it is about, in words of the record.")
    reference = fields.Char(readonly=True)
    kind = fields.Char(required=True, readonly=True)
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True, readonly=True)
    # the record whose client, site and company these are: the same one, or a milestone's project
    scope_model = fields.Char(required=True, readonly=True)
    scope_id = fields.Integer(required=True, readonly=True, aggregator=None)
    capability = fields.Char(required=True, readonly=True, help="What a role needs to see the record.")
    company_id = fields.Many2one("res.company", readonly=True)

    # the scope follows the record (see _follow) and is computed from nothing else
    client_id = fields.Many2one("res.partner", compute=None, readonly=True, required=True)
    client_site_id = fields.Many2one("res.partner", compute=None, readonly=True)
    client_only_user_id = fields.Many2one("res.users", string="Only for", readonly=True, ondelete="restrict")
    client_site_manual = fields.Boolean(compute=None)
    client_customer_id = fields.Integer(compute=None)
    client_published = fields.Boolean(compute=None, readonly=True)

    state = fields.Selection(STATES, required=True, default="pending", readonly=True, copy=False)
    rule = fields.Selection(RULES, required=True, default="any", string="Who has to say yes")
    quorum = fields.Integer("How many", default=1)
    approver_ids = fields.One2many("client.approval.approver", "approval_id", string="Approvers")
    anyone = fields.Boolean(
        "Anyone who may approve this", help="Whoever of the client may approve this amount on this site answers."
    )
    four_eyes = fields.Boolean(
        "Not who asked for it", help="The person at the client who asked for the work does not approve it."
    )
    message = fields.Text("Message to the client")
    document_ids = fields.Many2many(
        "ir.attachment",
        "client_approval_document_rel",
        "approval_id",
        "attachment_id",
        string="Documents",
        help="Files that belong to what is approved. Replacing one later counts as a change.",
    )
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date_asked = fields.Datetime("Asked", readonly=True)
    date_due = fields.Date("Answer by")
    date_expires = fields.Date("Ends on", help="The last day on which it can be answered.")
    date_closed = fields.Datetime("Closed", readonly=True)
    date_reminder = fields.Date("Next reminder", readonly=True)
    requester_id = fields.Many2one("res.users", string="Asked by", readonly=True, ondelete="set null")
    responsible_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    previous_id = fields.Many2one("client.approval", string="Follows", readonly=True, ondelete="set null")
    # SHA-256 of the content as the engine saw it last; moves with every change, and so makes a decision
    # and a change of the same moment wait for each other
    content_digest = fields.Char(readonly=True)
    # what was shown when it was asked, as canonical JSON; and how what is shown now differs from what the
    # client saw before, see ``client_canonical.differences``
    asked_snapshot = fields.Text(readonly=True, prefetch=False)
    seen_changes = fields.Json(readonly=True)
    event_ids = fields.One2many("client.approval.event", "approval_id", string="Timeline")
    # the decision that closed it; no foreign key, the ledger is nobody's to touch
    decision_id = fields.Integer(readonly=True, aggregator=None)

    _client_list = models.Index("(client_id, id DESC) WHERE client_published IS TRUE")
    _client_waiting = models.Index("(client_id, date_due, id) WHERE client_published IS TRUE AND state = 'pending'")
    _site_list = models.Index("(client_site_id, id DESC) WHERE client_published IS TRUE")
    _scope = models.Index("(scope_model, scope_id)")
    _record = models.Index("(res_model, res_id)")
    _reminders = models.Index("(date_reminder) WHERE state = 'pending'")
    _expiries = models.Index("(date_expires) WHERE state = 'pending'")
    _one_pending = models.UniqueIndex(
        "(res_model, res_id) WHERE state = 'pending'", "Something of this record waits for the client already."
    )
    _quorum_positive = models.Constraint("CHECK (quorum > 0)", "At least one person has to say yes.")

    # ------------------------------------------------------------------------ scope

    def _compute_client_site_id(self):
        """The record's own site; it follows by itself."""

    @api.model
    def _scope_of(self, record):
        """Scope columns as the record has them now.

        :param record: the scoped record (sudo)
        :rtype: dict
        """
        return {
            "scope_model": record._name,
            "scope_id": record.id,
            "client_id": record.client_id.id,
            "client_site_id": record.client_site_id.id,
            "client_only_user_id": record._client_only_field and record[record._client_only_field].id,
            "client_published": record.client_published,
            "company_id": record.company_id.id,
        }

    @api.model
    def _follow(self, model, table, ids):
        """Copy the scope of records onto their approvals, in one statement.

        A record that loses its client keeps its approvals with the old one, hidden.

        :param str model: model name of the records
        :param str table: their table
        :param list ids: their ids
        """
        self.flush_model()
        only = self.env[model]._client_only_field
        followed = self.env.execute_query(
            SQL(
                """
                UPDATE client_approval a
                   SET client_id = COALESCE(r.client_id, a.client_id),
                       client_site_id = r.client_site_id,
                       client_only_user_id = %(only)s,
                       client_published = COALESCE(r.client_published, FALSE) AND r.client_id IS NOT NULL,
                       company_id = r.company_id
                  FROM %(table)s r
                 WHERE a.scope_model = %(model)s
                   AND a.scope_id = r.id
                   AND r.id IN %(ids)s
                RETURNING a.id
                """,
                table=SQL.identifier(table),
                only=SQL.identifier("r", only) if only else SQL("NULL"),
                model=model,
                ids=tuple(ids),
            )
        )
        self.invalidate_model(SCOPE_COLUMNS, flush=False)
        if followed:
            self.env["client.update"]._follow(self._name, self._table, [row[0] for row in followed])

    def _subject(self):
        """The record this is about (sudo), empty when it is gone or its module is.

        :rtype: one record, or an empty client.approval
        """
        self.ensure_one()
        if self.res_model not in self.env:
            return self.browse()
        return self.env[self.res_model].sudo().browse(self.res_id).exists()  # the engine acts on what was asked

    def _kind(self):
        """The kind's words and effects; a kind whose module is gone answers with plain ones.

        :rtype: client.approval.kind
        """
        return self.env["client.approval.kind"]._of(self.kind)

    # --------------------------------------------------------------------- keeping

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Approvals are kept. Withdraw what is not wanted any more."))

    def copy_data(self, default=None):
        raise UserError(self.env._("Ask for a new approval on the record itself."))

    def _lock(self):
        """Wait for whoever decides at this moment; a transaction that looked too early starts again."""
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(SQL("SELECT id FROM client_approval WHERE id = %s FOR UPDATE", self.id))
        self.invalidate_recordset(flush=False)

    def _log(self, kind, **values):
        """One more line of the timeline.

        :param str kind: a key of ``client_approval_event.WORDS``
        :param values: what its words are filled with; plain texts
        """
        return self.env["client.approval.event"].sudo()._append(self, kind, values)  # nobody has create rights

    def _close(self, state, event, **values):
        """End it in ``state``; only what is pending or approved can end."""
        for approval in self:
            approval.write(
                {
                    "state": state,
                    "date_closed": fields.Datetime.now(),
                    "date_reminder": False,
                }
            )
            approval._log(event, **values)
            approval.approver_ids.turn = False

    def _client_outsiders(self):
        """Approvals have no followers."""
        return self.env["res.users"]

    def _client_url(self):
        return f"/my/approvals/{self.id}"
