"""What the pages show of approvals: plain values, read in sudo behind the gate."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .client_decision_certificate import VERIFIER

TONES = {
    "pending": "warning",
    "approved": "success",
    "declined": "danger",
    "changes": "warning",
    "expired": "muted",
    "withdrawn": "muted",
    "stale": "warning",
}


class ClientApproval(models.Model):
    _inherit = "client.approval"

    _client_section = "approvals"
    _client_list_url = "/my/approvals"
    _client_list_capability = "approve"
    _client_search = ("name", "reference")
    _client_row_fields = (
        "client_id",
        "client_site_id",
        "name",
        "reference",
        "kind",
        "state",
        "amount",
        "currency_id",
        "date_due",
        "date_asked",
    )

    # ------------------------------------------------------------------------ waiting

    @api.model
    def _client_waiting_domain(self):
        """What waits for the current user's own answer now, as a domain in sudo."""
        members, today = self.env.user._client_members(), self.env["client.words"]._today()
        waiting = Domain.FALSE
        for member, absent in self._stand_ins(members):
            right = absent or member
            asked = Domain("approver_ids", "any", [("member_id", "=", right.id), ("turn", "=", True)])
            mine = Domain("approver_ids", "any", [("member_id", "=", right.id), ("verdict", "!=", False)])
            joining = Domain("anyone", "=", True) & ~mine
            waiting |= (asked | joining) & right._client_authority_domain()
        answered = Domain("approver_ids", "any", [("user_id", "=", self.env.uid)])
        running = Domain("date_expires", "=", False) | Domain("date_expires", ">=", today)
        return Domain("state", "=", "pending") & running & waiting & ~answered

    @api.model
    def _client_waiting_ids(self, domain=()):
        """A query for what waits for the current user and they may see."""
        visible = self._client_visible_domain() & self._client_waiting_domain() & Domain(domain)
        return self.sudo()._search(visible)  # the user's own rules are part of the domain

    @api.model
    def _client_waiting_filter(self, field="id", column="id", domain=()):
        """The same for lists, of any model: it is worked out only where a list is narrowed by it.

        :param str field: of the list's model
        :param str column: of the approvals, what the field must be one of
        """

        def to_sql(model, alias, query):
            waiting = self._client_waiting_ids(domain)
            return SQL("%s IN %s", model._field_to_sql(alias, field, query), waiting.subselect(column))

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _client_may_answer(self, client=None):
        """Whether anything can wait for the current user at all; kinds that others answer too extend this."""
        return self.env.user._client_can("approve", client)

    @api.model
    def _client_waiting_soonest(self, client, limit):
        """The first of what waits for the current user at one client, in one query: records of a list."""
        if not self._client_may_answer(client):
            return self.browse()
        visible = self._client_visible_domain() & self._client_waiting_domain() & Domain("client_id", "=", client.id)
        asked = self.sudo()  # the user's own rules are part of the domain
        found = asked.search_fetch(visible, self._client_row_fields, order="date_due nulls last, id", limit=limit)
        return found.sudo(False)  # back to the user: their own rights count from here

    @api.model
    def _client_waiting_count(self, client=None):
        """How much waits for the current user, at one client or at all of theirs."""
        if not self._client_may_answer(client or None):
            return 0
        domain = Domain("client_id", "=", client.id) if client else Domain.TRUE
        visible = self._client_visible_domain() & self._client_waiting_domain() & domain
        return self.sudo().search_count(visible)  # the user's own rules are part of the domain

    @api.model
    def _client_searchbar(self):
        mine = self._client_waiting_filter()
        closed = ["approved", "declined", "changes", "expired", "withdrawn", "stale"]
        return {
            "default_sort": "newest",
            "default_filter": "mine",
            "sortings": {
                "newest": {"label": self.env._("Newest first"), "order": "id desc"},
                "due": {"label": self.env._("Due date"), "order": "date_due nulls last, id"},
                "amount": {"label": self.env._("Amount"), "order": "amount desc, id desc"},
            },
            "filters": {
                "mine": {"label": self.env._("Waiting for me"), "domain": mine},
                "pending": {"label": self.env._("Waiting for anybody"), "domain": [("state", "=", "pending")]},
                "closed": {"label": self.env._("Answered and ended"), "domain": [("state", "in", closed)]},
                "all": {"label": self.env._("All approvals"), "domain": []},
            },
        }

    # --------------------------------------------------------------------------- rows

    def _client_badge(self, mine=False):
        labels = {
            "pending": self.env._("Waiting for you") if mine else self.env._("Waiting for an answer"),
            "approved": self.env._("Approved"),
            "declined": self.env._("Declined"),
            "changes": self.env._("Changes requested"),
            "expired": self.env._("Expired"),
            "withdrawn": self.env._("Withdrawn"),
            "stale": self.env._("Changed since approved"),
        }
        return {"label": labels[self.state], "tone": TONES[self.state]}

    def _client_heading(self):
        """'Quote: winter drainage'."""
        return self.env._("%(kind)s: %(name)s", kind=self._kind()._label(), name=self.name)

    def _client_rows(self, mine=None):
        """Rows of a list.

        :param mine: ids of those that wait for the reader, where the caller knows them
        """
        words, places = self.env["client.words"], self._client_places()
        mine = set(self._client_waiting_ids([("id", "in", self.ids)])) if mine is None else mine
        return [
            {
                "id": approval.id,
                "url": approval._client_url(),
                "title": approval._client_heading(),
                "detail": self._client_details(
                    approval.reference,
                    places[approval.id],
                    self.env._("asked %s", words._day(words._local(approval.date_asked).date())),
                ),
                "badge": approval._client_badge(approval.id in mine),
                "due": words._valid(approval.date_due) if approval.state == "pending" else None,
                "amount": words._amount(approval.amount, approval.currency_id) if approval.currency_id else "",
            }
            for approval in self
        ]

    # --------------------------------------------------------------------------- page

    def _client_facts(self, typed=None, error=""):
        """Values of the page of one approval.

        :param dict typed: what was typed into the form when it comes back with an error
        """
        self.ensure_one()
        approval = self.sudo()  # behind the gate: what the engine knows of a visible approval
        record = approval._subject()
        words = self.env["client.words"]
        card = approval._client_ask_card(record, typed, error)
        return {
            "id": self.id,
            "title": approval._client_heading(),
            "badge": self._client_badge(card["can"]),
            "ask": card,
            "error": error,
            "closed": "" if approval.state == "pending" else approval._closed_words(),
            "record": approval._client_record_link(record),
            "shown": approval._client_shown(record),
            "timeline": approval.event_ids._client_rows(),
            "approvers": approval._client_approver_rows(),
            "evidence": self._client_decision_rows(),
            "verifier": VERIFIER,
            "facts": [
                {"label": self.env._("Number"), "value": approval.reference},
                {"label": self.env._("Amount"), "value": card["amount"]},
                {"label": self.env._("Site"), "value": approval.client_site_id.name},
                {"label": self.env._("Asked"), "value": words._short(words._local(approval.date_asked).date())},
                {"label": self.env._("Answer by"), "value": words._short(approval.date_due)},
                {"label": self.env._("Who has to say yes"), "value": approval._client_rule_words()},
                {"label": self.env._("From"), "value": approval.company_id.name},
                *(approval._kind()._page_facts(record) if record else ()),
            ],
        }

    def _client_thread_values(self):
        """The conversation of the record it is about, for whoever may see that: staff read it where they work."""
        record = self.sudo()._subject()  # behind the gate; the record itself is asked for as the reader
        scope = record._client_approval_scope().sudo(False) if record else None  # the reader's rights again
        seen = scope.search([("id", "=", scope.id)]) if scope and scope._client_talks else None
        return seen._client_thread_values() if seen else {}

    def _client_record_link(self, record):
        """Where the record itself is, for whoever may see it."""
        if not record:
            return None
        scope = record._client_approval_scope().sudo(False)  # asked as the reader
        seen = scope.search([("id", "=", scope.id)])
        return {"label": self.reference or self.name, "url": seen._client_url()} if seen else None

    def _client_shown(self, record):
        """What is approved: lines, text and documents; of what is over only the frozen document remains."""
        if not record or self.state not in ("pending", "approved"):
            return {}
        words = self._kind()
        return {
            **words._lines(record),
            "text": words._text(record),
            "documents": self._client_document_rows(),
        }

    def _client_document_rows(self):
        """[{'name', 'url'}] of what came with the question (sudo, behind the gate)."""
        return [{"name": file.name, "url": f"{self._client_url()}/documents/{file.id}"} for file in self.document_ids]

    def _client_rule_words(self):
        names = self.approver_ids.filtered(lambda line: not line.ended and line.sequence < 1000)
        rules = {
            "any": self.env._("One person"),
            "all": self.env._("All %s", len(names)),
            "order": self.env._("All %s, one after the other", len(names)),
            "quorum": self.env._("%s people", self.quorum),
        }
        return rules[self.rule]

    def _client_approver_rows(self):
        """[{'name', 'initials', 'badge', 'note'}] of who was asked and who answered."""
        words = self.env["client.words"]
        rows = []
        for line in self.approver_ids.filtered(lambda line: not line.ended):
            name = line.member_id.user_id.name
            note = self.env._("for %s", line.escalated_from_id.user_id.name) if line.escalated_from_id else ""
            if line.user_id and line.user_id != line.member_id.user_id:
                note = self.env._("%s answered", line.user_id.name)
            rows.append(
                {
                    "name": name,
                    "initials": words._initials(name),
                    "note": note,
                    "badge": line._client_badge(),
                }
            )
        return rows

    def _closed_words(self):
        """What became of it, in one sentence."""
        day = self.env["client.words"]._short(
            self.date_closed and self.env["client.words"]._local(self.date_closed).date()
        )
        decision = self._decision()
        who = decision.user_name or ""
        sentences = {
            "approved": self.env._("%(who)s approved this on %(day)s.", who=who, day=day),
            "declined": self.env._("%(who)s declined this on %(day)s.", who=who, day=day),
            "changes": self.env._("%(who)s asked for changes on %(day)s.", who=who, day=day),
            "expired": self.env._("Nobody answered in time; this ended on %s.", day),
            "withdrawn": self.env._("This was withdrawn on %s.", day),
            "stale": self.env._("This changed after it was approved. Nothing has to be done here any more."),
        }
        return sentences.get(self.state, "")
