"""What the pages show of 'read and understood'. Administrators of the client see their people's, others their own."""

from odoo import api, models

from .client_approval_kind_document import READ


class ClientDocument(models.Model):
    _inherit = "client.document"

    @api.model
    def _client_searchbar(self):
        """'To acknowledge': what waits for the reader's own word."""
        bar = super()._client_searchbar()
        mine = self.env["client.approval"]._client_waiting_filter("id", "scope_id", [("kind", "=", READ)])
        filters = {"reading": {"label": self.env._("To acknowledge"), "domain": mine}}
        return {**bar, "filters": {**bar["filters"], **filters}}

    def _client_facts(self):
        return {**super()._client_facts(), "readings": self._client_reading_card()}

    def _client_manages(self):
        """Whether the reader manages the people of the document's client."""
        return self.env.user._client_can("manage_members", self)

    def _client_reading_card(self):
        """{'line', 'people': [{'name', 'initials', 'note', 'badge'}]} of who read the current version, or None."""
        document = self.sudo()  # behind the gate; narrowed to what the reader may know
        if not document.acknowledge:
            return None
        lines = document._reading_lines()
        if not lines:
            return None
        done = len(lines.filtered("verdict"))
        if not self._client_manages():
            lines = lines.filtered(lambda line: line.member_id.user_id == self.env.user)
            return {"line": "", "people": lines._client_reading_rows()} if lines else None
        words = self.env._("%(done)s of %(all)s have read it", done=done, all=len(lines))
        return {"line": words, "people": lines._client_reading_rows()}

    def _client_audience_card(self):
        """When a colleague opened it is for the client's administrators; everybody else knows it of themselves."""
        card = super()._client_audience_card()
        if not self._client_manages():
            for person in card["people"]:
                del person["last"]
        return card


class ClientApprovalApprover(models.Model):
    _inherit = "client.approval.approver"

    def _client_badge(self):
        if self.approval_id.kind == READ and self.verdict:
            return {"label": self.env._("read"), "tone": "success"}
        return super()._client_badge()

    def _client_reading_rows(self):
        """Rows of people, those who have yet to read it first (sudo)."""
        words = self.env["client.words"]
        return [
            {
                "name": line.member_id.user_id.name,
                "initials": words._initials(line.member_id.user_id.name),
                "note": words._day(words._local(line.date).date()) if line.verdict else "",
                "badge": line._client_badge(),
            }
            for line in self.sorted(lambda line: (bool(line.verdict), line.sequence, line.id))
        ]


class ClientApproval(models.Model):
    _inherit = "client.approval"

    @api.model
    def _client_ask_cards(self, record):
        """Somebody else's reading is nobody's to answer."""
        cards = super()._client_ask_cards(record)
        return [card for card in cards if card["template"] != "client_portal_docs.ask_read" or card["asked"]]

    def _client_ask_card(self, record, typed=None, error=""):
        card = super()._client_ask_card(record, typed, error)
        if not self._is_reading():
            return card
        turns = self.approver_ids.filtered(lambda line: line.turn and line.member_id.user_id == self.env.user)
        unopened = turns and record.acknowledge_opened and not record._client_has_opened(self.env.user)
        # the file may be opened while the page is: the form is there, and the answer looks again
        form = {"can": True, **self._client_form(record)} if unopened and record.client_published else {}
        return {
            **card,
            **form,
            "template": "client_portal_docs.ask_read",
            "asked": bool(turns),
            "file": f"{record._client_url()}/download" if record else "",
            "unopened": bool(unopened),
        }

    def _client_heading(self):
        if self._is_reading():
            return self.env._("Please read: %s", self.name)
        return super()._client_heading()

    def _client_badge(self, mine=False):
        badge = super()._client_badge(mine)
        if self._is_reading():
            labels = {
                "pending": self.env._("To be read by you") if mine else self.env._("Being read"),
                "approved": self.env._("Read"),
                "stale": self.env._("Newer version"),
            }
            badge["label"] = labels.get(self.state, badge["label"])
        return badge

    def _closed_words(self):
        if self._is_reading() and self.state in ("approved", "stale"):
            return {
                "approved": self.env._("Everybody who was asked has read and understood this."),
                "stale": self.env._("There is a newer version of this document."),
            }[self.state]
        return super()._closed_words()

    def _client_facts(self, typed=None, error=""):
        """Who has read what is no business of colleagues."""
        facts = super()._client_facts(typed, error)
        if self.sudo()._is_reading() and not self.env.user._client_can("manage_members", self):  # its kind
            mine = self.sudo().event_ids.filtered(lambda event: event.actor_id == self.env.user)  # behind the gate
            facts["timeline"] = mine._client_rows()
        return facts

    def _client_approver_rows(self):
        if not self._is_reading() or self.env.user._client_can("manage_members", self):
            return super()._client_approver_rows()
        return self.approver_ids.filtered(lambda line: line.member_id.user_id == self.env.user)._client_reading_rows()

    def _client_decision_rows(self):
        """Evidence of a reading is for administrators; of one's own, for oneself."""
        if not self.sudo()._is_reading() or self.env.user._client_can("manage_members", self):  # its kind
            return super()._client_decision_rows()
        return []


class ClientDecision(models.Model):
    _inherit = "client.decision"

    def _verdict_title(self):
        if self.kind == READ:
            return self.env._("Read and understood by %s", self.user_name)
        return super()._verdict_title()
