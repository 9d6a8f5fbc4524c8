"""Who must say that they have read and understood a document, and when they are asked."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .client_approval_kind_document import READ

_QUEUE = "client_portal_docs.reading"
_WHO = {"acknowledge", "acknowledge_role_ids", "acknowledge_member_ids"}


class ClientDocumentCategory(models.Model):
    _inherit = "client.document.category"

    acknowledge = fields.Boolean(
        "To be acknowledged", help="Members say that they have read and understood it, for every version."
    )
    acknowledge_role_ids = fields.Many2many(
        "client.role",
        "client_document_category_reader_rel",
        string="By whom",
        help="Members of these roles who see the document; nothing: everybody who sees it.",
    )
    acknowledge_opened = fields.Boolean("Opened first", help="Who has not opened the file cannot say it was read.")
    acknowledge_days = fields.Integer("Read within (days)", default=14, help="When a reminder goes out; 0: never.")

    _acknowledge_days_positive = models.Constraint("CHECK (acknowledge_days >= 0)", "A period cannot be negative.")


class ClientDocument(models.Model):
    _inherit = "client.document"

    acknowledge = fields.Boolean("To be acknowledged", compute="_compute_acknowledge", store=True, readonly=False)
    acknowledge_opened = fields.Boolean(
        "Opened first",
        compute="_compute_acknowledge",
        store=True,
        readonly=False,
        help="Who has not opened the current version cannot say it was read.",
    )
    acknowledge_role_ids = fields.Many2many(
        "client.role",
        "client_document_reader_role_rel",
        string="Read by all of",
        compute="_compute_acknowledge_role_ids",
        store=True,
        readonly=False,
        help="Members of these roles who see the document. With neither roles nor names: everybody who sees it.",
    )
    acknowledge_member_ids = fields.Many2many(
        "client.member",
        "client_document_reader_rel",
        string="Read by",
        domain="[('client_id', '=', client_id)]",
        copy=False,
    )
    reading_words = fields.Char("Acknowledged", compute="_compute_reading_words")

    @api.depends("category_id")
    def _compute_acknowledge(self):
        for document in self:
            document.acknowledge = document.category_id.acknowledge
            document.acknowledge_opened = document.category_id.acknowledge_opened

    @api.depends("category_id")
    def _compute_acknowledge_role_ids(self):
        for document in self:
            document.acknowledge_role_ids = document.category_id.acknowledge_role_ids

    @api.depends("acknowledge", "current_id", "client_approval_id.state")
    def _compute_reading_words(self):
        for document in self:
            lines = document.sudo()._reading_lines() if document.acknowledge else []  # counted for staff
            done = len([line for line in lines if line.verdict])
            document.reading_words = self.env._("%(done)s of %(all)s", done=done, all=len(lines)) if lines else ""

    @api.constrains("acknowledge_member_ids", "client_id")
    def _check_acknowledge_members(self):
        for document in self.sudo():  # compared only
            if document.acknowledge_member_ids.client_id - document.client_id:
                raise ValidationError(self.env._("Only members of the document's own client can be asked to read it."))

    # ------------------------------------------------------------------------- who

    def _readers(self):
        """Members who must read it (sudo): those named, those of the roles, or whoever sees it."""
        document = self.sudo()  # whom to ask
        members = document.client_id.client_member_ids.filtered(lambda m: not m.suspended and document._read_by(m))
        named, roles = document.acknowledge_member_ids, document.acknowledge_role_ids
        if not named and not roles:
            return members
        return members.filtered(lambda member: member in named or member.role_id in roles)

    def _read_by(self, member):
        """Whether ``member`` (sudo) sees the document when it is shared."""
        role, only = member.role_id, self.client_only_user_id
        able = role.can_see_documents and role[f"can_{self.capability}"]
        return able and member._covers(self) and (not only or only == member.user_id)

    def _readings(self):
        """Acknowledgements of this document, newest first (sudo)."""
        return self._client_approvals().filtered(lambda approval: approval.kind == READ)

    def _reading_lines(self):
        """client.approval.approver of everybody who was asked for the current version and did not leave (sudo)."""
        standing = self._readings().filtered(lambda approval: approval.state in ("pending", "approved"))
        return standing.approver_ids.filtered(lambda line: line.verdict or not line.ended)

    def _client_has_opened(self, user):
        """Whether somebody had the bytes of the current version before them."""
        looks = [kind for kind in self.env["client.access"]._looks() if kind != "open"]
        journal = self.env["client.access"].sudo()  # whether there is a row
        mine = [("res_model", "=", self._name), ("res_id", "=", self.id), ("user_id", "=", user.id)]
        version = [("version", "=", self.sudo().current_id.number), ("kind", "in", looks)]  # its number
        return bool(journal.search_count([*mine, *version], limit=1))

    # ----------------------------------------------------------------------- asking

    def _ask_reading(self):
        """Ask everybody who must read the current version and has not been asked; whoever calls it twice asks once.

        While an approval of the document waits, nobody is asked to read it: it may be declined.
        """
        for document in self.sudo().filtered(lambda d: d.acknowledge and d.client_published):  # the engine asks
            if not document.client_id.is_client:
                continue
            document._readings()[:1].filtered(lambda a: a.state in ("pending", "approved"))._reading_moved()
            waiting = document._client_approvals().filtered(lambda approval: approval.state == "pending")
            if waiting - document._readings():
                continue
            missing = document._readers() - document._reading_lines().member_id
            if missing and waiting:
                waiting._ask_more(missing)
            elif missing:
                document._ask_readers(missing)

    def _ask_readers(self, members):
        days = self.category_id.acknowledge_days
        due = days and self.env["client.words"]._today() + relativedelta(days=days)
        previous = self._readings()[:1].filtered(lambda approval: approval.decision_id)
        self.env["client.approval"]._ask(
            self, READ, members=members, rule="all", date_due=due or False, previous_id=previous.id
        )

    def action_client_ask_reading(self):
        """Ask whoever has yet to read the current version, now."""
        self.check_access("write")
        self.acknowledge = True
        if any(not document.client_published for document in self):
            raise UserError(self.env._("Share the document first."))
        self._ask_reading()

    def write(self, vals):
        result = super().write(vals)
        if not _WHO.isdisjoint(vals):
            self._readings_end()
            self._ask_reading()
        return result

    def _readings_end(self):
        """Nobody is asked any more who need not read it."""
        for document in self.sudo():  # the engine's own
            pending = document._readings().filtered(lambda approval: approval.state == "pending")
            keep = document._readers() if document.acknowledge else document.acknowledge_member_ids.browse()
            pending._ask_less(keep)

    def action_client_publish(self):
        answer = super().action_client_publish()
        self._ask_reading()
        return answer

    # ------------------------------------------------------------------- later on

    @api.model
    def _follow(self, model, table, ids):
        """What comes into view is asked for then; at the end of the transaction, for this runs while writing."""
        super()._follow(model, table, ids)
        self._read_later([("res_model", "=", model), ("res_id", "in", ids)])

    @api.model
    def _read_later(self, domain):
        """Look again at who must read these documents, at the end of the running transaction."""
        hooks = self.env.cr.precommit
        if _QUEUE not in hooks.data:
            hooks.data[_QUEUE] = []
            hooks.add(self.env(su=True)["client.document"]._read_now)
        hooks.data[_QUEUE].append(domain)

    @api.model
    def _read_now(self):
        for domain in self.env.cr.precommit.data.pop(_QUEUE, []):
            self.search([("acknowledge", "=", True), ("client_published", "=", True), *domain])._ask_reading()


class ClientMember(models.Model):
    _inherit = "client.member"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        self.env["client.document"]._read_later([("client_id", "in", members.client_id.ids)])
        return members

    def write(self, vals):
        result = super().write(vals)
        if not {"role_id", "active", "suspended", "site_ids", "all_sites"}.isdisjoint(vals):
            self.env["client.document"]._read_later([("client_id", "in", self.client_id.ids)])
        return result
