"""Questions and answers; see ``update_acts.py``."""

from datetime import timedelta

from odoo import fields

from odoo.addons.http_routing.tests.common import MockRequest


class ApprovalActs:
    """Asked of one approver, answered by them."""

    def ask(self, record, kind, **more):
        asked = self.staff["client.approval"]
        deputy = self.members["deputy"]
        return asked._ask(record.with_env(self.staff), kind, members=deputy, **more)

    def ask_milestone(self, name, **more):
        milestone = self.env["project.milestone"].create({"name": name, "project_id": self.project_a_two.id})
        return self.ask(milestone, "milestone", **more)

    def answer(self, approval, verdict="approve", comment=""):
        """As the page of the approval sends it."""
        shown_to = approval.with_user(self.users["deputy"]).sudo()
        words = shown_to._kind()
        _text, shown = words._seal(words._snapshot(shown_to, shown_to._subject()))
        typed = {"verdict": verdict, "comment": comment, "order_number": "", "signature": "", "written": "1"}
        typed |= {"consent": "1", "signer": "Dee", "shown": shown, "request": shown_to._request_id("a session")}
        origin = {"ip": "203.0.113.5", "user_agent": "A browser", "session": "a session"}
        with MockRequest(self.as_user("deputy")):  # the paper that was shown is read as a page reads it
            approval.with_env(self.as_user("deputy"))._client_decide(typed, origin)

    def approval_requested(self):
        return {"title": self.ask_milestone("Roof asked").name}

    def approval_approved(self):
        approval = self.ask(self.jobs["approval_approved"], "scope")
        self.answer(approval)
        return {"title": approval.name}

    def approval_declined(self):
        approval = self.ask_milestone("Roof declined")
        self.answer(approval, "decline", "Not yet.")
        return {"title": approval.name}

    def approval_changes(self):
        approval = self.ask_milestone("Roof changes")
        self.answer(approval, "changes", "The gutter, please.")
        return {"title": approval.name}

    def approval_stale(self):
        approval = self.ask(self.jobs["approval_stale"], "scope")
        self.answer(approval)
        self.job("approval_stale").client_summary = "Two hedges."
        self.env.flush_all()
        self.env.cr.precommit.run()
        return {"title": approval.name}

    def approval_withdrawn(self):
        approval = self.ask_milestone("Roof withdrawn")
        approval.action_client_withdraw()
        return {"title": approval.name}

    def approval_expired(self):
        today = fields.Date.today()
        approval = self.ask_milestone("Roof expired", date_expires=today + timedelta(days=1))
        approval.sudo().date_expires = today - timedelta(days=3)
        self.env["client.approval"]._cron_approvals()
        return {"title": approval.name}
