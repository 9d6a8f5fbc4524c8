"""'New since your last visit': the visit before the running one, by when the member opened the library."""

from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

PAUSE = timedelta(minutes=30)  # whoever comes back later is on another visit
_OFTEN = timedelta(minutes=1)  # the clock of a running visit is set no more often


class ClientMember(models.Model):
    _inherit = "client.member"

    documents_seen = fields.Datetime("Library last opened", readonly=True, copy=False)
    documents_before = fields.Datetime("Library opened before that visit", readonly=True, copy=False)

    def _documents_last_visit(self):
        """When the member was last in the library before the running visit; False for their first one."""
        self.ensure_one()
        running = self.documents_seen and fields.Datetime.now() - self.documents_seen <= PAUSE
        return self.documents_before if running else self.documents_seen

    def _documents_visited(self):
        """Note the visit once the request is through, beside it: the page runs on a read-only cursor, and stays there.

        Staff who look as a member leave no trace of one.
        """
        now, ids, registry = fields.Datetime.now(), self.ids, self.env.registry
        if not ids or self.env.context.get("client_preview") or self._documents_just_seen(now):
            return

        def note():
            with registry.cursor() as cr:
                api.Environment(cr, SUPERUSER_ID, {})["client.member"].browse(ids)._documents_note(now)

        self.env.cr.postcommit.add(note)

    def _documents_just_seen(self, now):
        return all(member.documents_seen and now - member.documents_seen < _OFTEN for member in self)

    def _documents_note(self, now):
        """In SQL: nothing follows from it, and two tabs at once are no conflict."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE client_member
                   SET documents_before = CASE WHEN documents_seen < %(pause)s THEN documents_seen
                                               ELSE documents_before END,
                       documents_seen = %(now)s
                 WHERE id IN %(ids)s
                """,
                pause=now - PAUSE,
                now=now,
                ids=tuple(self.ids),
            )
        )
        self.invalidate_recordset(["documents_seen", "documents_before"], flush=False)


class ClientDocument(models.Model):
    _inherit = "client.document"

    @api.model
    def _client_new_since(self):
        """The earliest of the last visits of the reader's memberships; some days for who comes the first time."""
        visits = [member._documents_last_visit() for member in self.env.user._client_members()]
        return min(visits) if visits and all(visits) else super()._client_new_since()

    @api.model
    def _client_searchbar(self):
        bar = super()._client_searchbar()
        if all(member._documents_last_visit() for member in self.env.user._client_members()):
            bar["filters"]["new"]["label"] = self.env._("New since your last visit")
        return bar

    @api.model
    def _client_narrowings(self, query, client_ids):
        words = {
            "valid": self.env._("Valid"),
            "expiring": self.env._("Expiring"),
            "expired": self.env._("Expired"),
            "unlimited": self.env._("Without an end"),
        }
        state = self._client_plain_choice("state", self.env._("State"), query, words, self._client_of_state)
        return [*super()._client_narrowings(query, client_ids), state]

    def _client_of_state(self, value):
        """Domain of a word about how long a document is valid."""
        today = self.env["client.words"]._today()
        return {
            "valid": ["|", ("valid_until", "=", False), ("valid_until", ">=", today)],
            "expiring": [("expiring_from", "<=", today), ("valid_until", ">=", today)],
            "expired": [("valid_until", "<", today)],
            "unlimited": [("valid_until", "=", False)],
        }[value]


class ClientDocumentSuperseded(models.Model):
    _inherit = "client.document"

    def action_supersede(self):
        """Another document took its place: it is not among the client's any more, and stays with staff."""
        self.check_access("write")
        self.write({"state": "superseded"})
