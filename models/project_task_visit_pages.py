"""What the pages show of a visit."""

from odoo import api, models
from odoo.fields import Datetime

from .client_times import MOST_WINDOWS
from .client_visit_proposal import COMMENT_MAX
from .project_task_pages import ACTIVE


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _client_visit_url(self):
        """Address of the page on which a member answers about the visit."""
        return f"{self._client_url()}/visit"

    def _client_visit_ahead(self):
        """Whether there is a visit to come."""
        return bool(self.client_visit_start and self.client_visit_start > Datetime.now())

    def _client_visit_badge(self):
        """State of a coming visit in words: {'label', 'tone'}, or None when there is nothing to say."""
        if self.client_status == "cancelled":
            return {"label": self.env._("Cancelled"), "tone": "muted"}
        known = {
            "asked": {"label": self.env._("Please confirm"), "tone": "warning"},
            "confirmed": {"label": self.env._("Confirmed"), "tone": "success"},
            "proposed": {"label": self.env._("Another time asked for"), "tone": "info"},
        }
        return known.get(self.client_visit_state)

    def _client_action(self):
        """As in super; the visit where that is what waits."""
        if self.client_status != "waiting" and self.client_visit_state == "asked":
            return self.env._("Confirm visit")
        return super()._client_action()

    def _client_visit_fact(self):
        """The visit among a job's facts, with what a member can do about it."""
        acts = []
        if self.client_visit_start:
            acts.append({"label": self.env._("Add to calendar"), "url": f"{self._client_visit_url()}.ics"})
            if self._client_visit_may_answer() and self.client_visit_state != "proposed":
                acts.append({"label": self.env._("Ask for another time"), "url": self._client_visit_url()})
        badge = self._client_visit_badge() if self._client_visit_ahead() else None
        return {
            "label": self.env._("Visit"),
            "value": self._client_visit_text(),
            "note": "\n".join(filter(None, (self._client_visit_there(), badge and badge["label"]))),
            "acts": acts,
        }

    def _client_visit_may_answer(self):
        """Whether the member may say something about when we come: as they may write messages."""
        coming = self.client_status in ACTIVE and not self._client_is_finished()
        return coming and self.env.user._client_can("comment", self)

    def _client_visit_there(self):
        """What the clock at the site says, where it says something else than the reader's."""
        zone = self.sudo().client_site_id.tz  # a visible job may name its site
        return self.env["client.words"]._elsewhere(self.client_visit_start, self.client_visit_end, zone)

    def _client_asks(self):
        asks = super()._client_asks()
        if not self._client_visit_may_answer():
            return asks
        visit = self._client_visit_values()
        wanted = visit["open"] or visit["reply"] or (visit["state"] == "asked" and visit["ahead"])
        return [{"template": "client_portal.ask_visit", "visit": visit}, *asks] if wanted else asks

    def _client_visit_values(self):
        """The visit and what was said about it, for the job's page and the visit's own.

        :rtype: dict
        """
        self.ensure_one()
        job = self.sudo()  # behind the gate: what was asked about a visible job, and by which colleague
        latest = job.env["client.visit.proposal"].search([("task_id", "=", self.id)], limit=1)  # open: the last
        waiting = latest.filtered(lambda p: p.state == "open")
        kept = latest.filtered(lambda p: p.state == "kept" and p.reply and self._client_visit_ahead())
        words = self.env["client.words"]
        confirmed = job.client_visit_answered_on and words._day(words._local(job.client_visit_answered_on).date())
        return {
            "id": self.id,
            "url": self._client_visit_url(),
            "active": self.client_status in ACTIVE,
            "ahead": self._client_visit_ahead(),
            "state": job.client_visit_state or "",
            "key": self._client_visit_key(),
            "text": self._client_visit_text(),
            "there": self._client_visit_there(),
            "badge": self._client_visit_badge(),
            "by": job.client_visit_answered_by.name or "",
            "on": confirmed or "",
            "reply": "" if waiting else kept.reply or "",
            "open": self._client_visit_proposal(waiting) if waiting else None,
        }

    @api.model
    def _client_visit_proposal(self, proposal):
        """An open proposal as plain values."""
        words = self.env["client.words"]
        return {
            "by": proposal.partner_id.name,
            "you": proposal.partner_id == self.env.user.partner_id,
            "on": words._day(words._local(proposal.create_date).date()),
            "windows": [words._visit(*window) for window in proposal._windows()],
            "comment": proposal.comment or "",
        }

    def _client_visit_page(self, sent=None, wrong=None):
        """Values of the page about when we come.

        :param dict sent: what was typed, when the form comes back: rows and comment
        :param dict wrong: {row: words} of what cannot be meant
        """
        rows = (sent or {}).get("rows") or []
        rows = [*rows, *({} for _row in range(MOST_WINDOWS - len(rows)))]
        return {
            "title": self.client_name,
            "job": {"label": self.client_name, "url": self._client_url()},
            "visit": self._client_visit_values(),
            "rows": [{"number": n, "wrong": (wrong or {}).get(n - 1, ""), **row} for n, row in enumerate(rows, 1)],
            "comment": (sent or {}).get("comment", ""),
            "comment_max": COMMENT_MAX,
            "today": self.env["client.words"]._today().isoformat(),
            "zone": str(self.env.tz).replace("_", " "),
        }
