from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .client_canonical import digest

_BATCH = 200


class ClientLedger(models.Model):
    """The chain of one client's decisions: its length, its last digest, and the row writers wait on.

    A client has one; after a merge of clients the one that stays has those of both, each its own
    chain. ``client_id`` follows merges, the rows of the chain do not.
    """

    _name = "client.ledger"
    _description = "Decision ledger of a client"
    _order = "id"
    _rec_name = "client_id"
    _log_access = False

    client_id = fields.Many2one("res.partner", required=True, readonly=True, index=True, ondelete="restrict")
    founded_for = fields.Integer("First client id", required=True, readonly=True, aggregator=None)
    size = fields.Integer("Decisions", readonly=True, aggregator=None)
    head = fields.Char("Last digest", readonly=True)
    date_verified = fields.Datetime("Verified", readonly=True)
    sound = fields.Boolean("As it was written", readonly=True)
    verdict = fields.Char("Result", readonly=True)

    _one_per_client = models.UniqueIndex("(founded_for)")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The ledger is kept."))

    @api.model
    def _locked(self, client):
        """The client's ledger, made on first use, for this transaction alone.

        Whoever looked at the chain before somebody else wrote to it gets a serialization failure
        here, and Odoo runs their request again.

        :param client: res.partner
        :rtype: client.ledger (sudo)
        """
        ledger = self.sudo()  # nobody but the engine writes here
        find = SQL("SELECT id FROM client_ledger WHERE client_id = %s ORDER BY id LIMIT 1 FOR UPDATE", client.id)
        self.env.flush_all()
        found = self.env.execute_query(find)
        if not found:
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO client_ledger (client_id, founded_for, size) VALUES (%s, %s, 0)
                    ON CONFLICT (founded_for) DO NOTHING
                    """,
                    client.id,
                    client.id,
                )
            )
            found = self.env.execute_query(find)
        ledger = ledger.browse(found[0][0])
        ledger.invalidate_recordset(flush=False)
        return ledger

    def _advance(self, decision):
        """Note the newest decision."""
        self.write({"size": decision.position, "head": decision.digest})
        self.env.flush_all()

    # --------------------------------------------------------------------- verifying

    def _verify(self):
        """Walk the chain and compare everything with its digest.

        :return: {} when all is as it was written, else the first bad row:
            {'position', 'decision_id', 'problem'}
        """
        self.ensure_one()
        Decision = self.env["client.decision"].sudo()  # the checks read everything
        self.env.flush_all()
        self.env.invalidate_all()
        expected, previous, last = 1, False, 0
        while True:
            after = [("ledger_id", "=", self.id), ("position", ">", last)]
            rows = Decision.search(after, order="position", limit=_BATCH)
            for row in rows:
                problem = self._gap(row, expected) or self._row_problem(row, previous)
                if problem:
                    return {"position": min(expected, row.position), "decision_id": row.id, "problem": problem}
                expected, previous, last = expected + 1, row.digest, row.position
            if len(rows) < _BATCH:
                break
            Decision.invalidate_model(flush=False)
        return self._end_problem(expected - 1, previous)

    def _gap(self, row, expected):
        if row.position > expected:
            return self.env._("decision %s is missing", expected)
        if row.position < expected:
            return self.env._("there is no place for this decision in the chain")
        return ""

    def _row_problem(self, row, previous):
        """What is wrong with one row, in words; empty when nothing is."""
        if (row.previous or False) != (previous or False):
            return self.env._("it does not follow the decision before it: one was removed, inserted or moved")
        if digest(row.snapshot or "") != row.snapshot_sha256:
            return self.env._("what was shown was changed")
        if (row._signature_digest() or False) != (row.signature_sha256 or False):
            return self.env._("the signature was changed")
        if digest(row._sealed()) != row.digest:
            return self.env._("a field was changed")
        return self._document_problem(row)

    def _document_problem(self, row):
        if not row.document_sha256:
            return ""
        file = self.env["ir.attachment"].sudo().browse(row.document_id).exists()  # compared only
        if not file:
            return self.env._("the frozen document is gone")
        return "" if digest(file.raw or b"") == row.document_sha256 else self.env._("the frozen document was replaced")

    def _end_problem(self, length, head):
        """Whether the chain ends where the ledger and the approvals say."""
        end = {"position": length + 1, "decision_id": 0}
        if length < self.size:
            return {**end, "problem": self.env._("decision %s is missing", length + 1)}
        if length > self.size or (head or False) != (self.head or False):
            return {**end, "position": length, "problem": self.env._("a decision was added behind the ledger's back")}
        return {}

    @api.model
    def _verify_orphans(self):
        """Decisions without a ledger and answered approvals without their decision.

        :return: list of problems in words
        """
        lost = self.env.execute_query(
            SQL(
                """
                SELECT d.id FROM client_decision d LEFT JOIN client_ledger l ON l.id = d.ledger_id
                 WHERE l.id IS NULL ORDER BY d.id LIMIT 1
                """
            )
        )
        bare = self.env.execute_query(
            SQL(
                """
                SELECT a.id FROM client_approval a LEFT JOIN client_decision d
                    ON d.id = a.decision_id AND d.approval_id = a.id
                 WHERE a.decision_id > 0 AND d.id IS NULL ORDER BY a.id LIMIT 1
                """
            )
        )
        problems = [self.env._("Decision %s belongs to no ledger.", row[0]) for row in lost]
        return problems + [self.env._("The decision of approval %s is missing.", row[0]) for row in bare]

    def _words(self, found):
        """A result of ``_verify`` as one sentence."""
        if not found:
            return self.env._("%s decisions, all as they were made.", self.size)
        return self.env._(
            "First bad row: decision %(position)s (id %(id)s): %(problem)s.",
            position=found["position"],
            id=found["decision_id"] or "–",
            problem=found["problem"],
        )
