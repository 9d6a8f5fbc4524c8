import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from .client_append_only import guard
from .client_canonical import canonical, digest

# what the digest of a row covers, in the names the exported evidence uses; a new field takes a new format
SEALED = {
    1: (
        "format",
        "ledger_id",
        "position",
        "previous",
        "date",
        "client_id",
        "client_name",
        "approval_id",
        "kind",
        "kind_label",
        "res_model",
        "res_id",
        "subject",
        "reference",
        "amount",
        "currency",
        "verdict",
        "comment",
        "order_number",
        "user_id",
        "login",
        "user_name",
        "member_id",
        "role",
        "authority",
        "behalf_member_id",
        "behalf_name",
        "ip",
        "user_agent",
        "request_id",
        "consent",
        "consent_version",
        "signed_name",
        "signature_sha256",
        "snapshot_sha256",
        "document_name",
        "document_sha256",
        "document_id",
    )
}
FORMAT = max(SEALED)


class ClientDecision(models.Model):
    """One yes or no with its evidence. Append-only, chained, and nobody's to change.

    A trigger refuses UPDATE, DELETE and TRUNCATE. The table has no foreign keys, no log columns, no
    selections and no computed columns: whatever Odoo does to users, partners and modules by raw SQL
    passes it by. Who may see a decision is who may see its approval.
    """

    _name = "client.decision"
    _description = "Decision of a client"
    _order = "id desc"
    _rec_name = "subject"
    _log_access = False

    format = fields.Integer(required=True, readonly=True, aggregator=None)
    ledger_id = fields.Integer("Ledger id", required=True, readonly=True, aggregator=None)
    position = fields.Integer(required=True, readonly=True, aggregator=None)
    date = fields.Datetime(required=True, readonly=True)
    client_id = fields.Integer("Client id", required=True, readonly=True, aggregator=None)
    client_name = fields.Char("Client", required=True, readonly=True)
    approval_id = fields.Integer("Approval id", required=True, readonly=True, aggregator=None)
    kind = fields.Char(required=True, readonly=True)
    kind_label = fields.Char("Kind in words", readonly=True)
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True, readonly=True)
    subject = fields.Char(required=True, readonly=True)
    reference = fields.Char(readonly=True)
    amount = fields.Char(readonly=True)
    currency = fields.Char(readonly=True)
    verdict = fields.Char(required=True, readonly=True, help="approve, decline or changes")
    comment = fields.Text(readonly=True)
    order_number = fields.Char("Order number of the client", readonly=True)
    user_id = fields.Integer("User id", required=True, readonly=True, aggregator=None)
    login = fields.Char(required=True, readonly=True)
    user_name = fields.Char("By", required=True, readonly=True)
    member_id = fields.Integer("Membership id", required=True, readonly=True, aggregator=None)
    role = fields.Char(required=True, readonly=True)
    authority = fields.Text(readonly=True, help="By what right, at that time: role, limit, delegation.")
    behalf_member_id = fields.Integer("On behalf of, membership id", readonly=True, aggregator=None)
    behalf_name = fields.Char("On behalf of", readonly=True)
    ip = fields.Char("IP address", readonly=True)
    user_agent = fields.Char("Browser", readonly=True)
    request_id = fields.Char(required=True, readonly=True)
    consent = fields.Text("Words agreed to", readonly=True)
    consent_version = fields.Char("Version of the words", readonly=True)
    signed_name = fields.Char("Typed name", readonly=True)
    signature = fields.Binary(attachment=False, readonly=True)
    signature_sha256 = fields.Char("SHA-256 of the signature", readonly=True)
    snapshot = fields.Text("What was shown", required=True, readonly=True)
    snapshot_sha256 = fields.Char("SHA-256 of what was shown", required=True, readonly=True)
    document_name = fields.Char("Frozen document", readonly=True)
    document_sha256 = fields.Char("SHA-256 of the document", readonly=True)
    document_id = fields.Integer("Frozen document, id", readonly=True, aggregator=None)
    previous = fields.Char("Digest before", readonly=True)
    digest = fields.Char(required=True, readonly=True)

    _chain = models.UniqueIndex("(ledger_id, position)")
    _one_per_person = models.UniqueIndex("(approval_id, user_id)")
    _one_per_request = models.UniqueIndex("(approval_id, request_id)")
    _record = models.Index("(res_model, res_id)")

    def init(self):
        """Guard the rows below the ORM."""
        guard(self.env.cr, self._table, [name for name, field in self._fields.items() if field.store])

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("Decisions are kept as they were made."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Decisions are kept as they were made."))

    def copy_data(self, default=None):
        raise UserError(self.env._("Decisions are kept as they were made."))

    # --------------------------------------------------------------------- sealing

    def _sealed(self):
        """The canonical text whose SHA-256 is the row's digest, made of the row as it is now.

        :rtype: str
        """
        self.ensure_one()
        return self._seal_text({name: self[name] for name in SEALED.get(self.format, SEALED[FORMAT])})

    @api.model
    def _seal_text(self, vals):
        """Canonical text of a row's values; what is empty is null."""
        names = SEALED.get(vals.get("format"), SEALED[FORMAT])
        texts = {}
        for name in names:
            value = vals.get(name)
            field = self._fields[name]
            if field.type == "datetime":
                value = fields.Datetime.to_string(value)
            texts[name] = value if value or field.type == "integer" else None
            if field.type == "integer":
                texts[name] = int(value or 0)
        return canonical(texts)

    def _signature_digest(self):
        """SHA-256 of the signature's picture as it is kept now, or ''."""
        picture = self.with_context(bin_size=False).signature
        return digest(base64.b64decode(picture)) if picture else ""

    @api.model
    def _append(self, ledger, vals):
        """Write one decision at the end of a chain; the only way rows come to be.

        :param ledger: client.ledger, locked by the caller
        :param dict vals: everything but format, ledger, position, date, previous and digest
        :return: the new client.decision
        """
        vals = {
            **vals,
            "format": FORMAT,
            "ledger_id": ledger.id,
            "position": ledger.size + 1,
            "previous": ledger.head,
            "date": fields.Datetime.now(),
        }
        vals["digest"] = digest(self._seal_text(vals))
        decision = self.sudo().create(vals)  # nobody has create rights
        self.env.flush_all()
        ledger._advance(decision)
        return decision
