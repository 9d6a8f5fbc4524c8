from odoo import api, models

from .client_search_words import words_index

STATUS_TONES = {
    "requested": "info",
    "scheduled": "info",
    "in_progress": "accent",
    "waiting": "warning",
    "completed": "success",
    "cancelled": "muted",
}
# what a job is found by
_WORDS = ("client_name", "client_summary", "client_request_number", "client_request_text")
ACTIVE = ("requested", "scheduled", "in_progress", "waiting")
# the way a job goes; 'waiting' is shown only while it waits
TRACK = ("requested", "scheduled", "in_progress", "waiting", "completed")


class ProjectTask(models.Model):
    """What the pages show of a job."""

    _inherit = "project.task"

    _client_section = "jobs"
    _client_list_url = "/my/jobs"
    _client_search = (*_WORDS, "client_site_id.name")
    _client_search_indexed = True
    _client_row_fields = (
        "client_id",
        "client_site_id",
        "client_name",
        "client_status",
        "client_status_since",
        "client_visit_start",
        "client_visit_end",
        "client_visit_state",
        "client_sign_off_state",
        "client_done_on",
    )

    _client_words = models.Index(words_index(*_WORDS))

    @api.model
    def _client_status_label(self, status):
        """Translated word for a client status."""
        return dict(self._fields["client_status"]._description_selection(self.env)).get(status, "")

    def _client_badge(self):
        status = self.client_status
        return {"label": self._client_status_label(status), "tone": STATUS_TONES.get(status, "muted")}

    def _client_action(self):
        """What a job that waits for the client is waiting for, on a button."""
        return self.env._("Answer")

    def _client_rows(self):
        words = self.env["client.words"]
        sites = self._client_places()
        return [
            {
                "id": job.id,
                "url": job._client_url(),
                "title": job.client_name,
                "detail": self._client_details(sites[job.id], job._client_when(words)),
                "badge": job._client_badge(),
                "status": job.client_status,
                "sign_off": job.client_sign_off_state == "asked",
            }
            for job in self
        ]

    def _client_when(self, words):
        """One short phrase on time: the coming visit, or since when the status holds."""
        if self.client_status in ("scheduled", "in_progress") and self.client_visit_start:
            return words._visit(self.client_visit_start, self.client_visit_end)
        if not self.client_status_since:
            return ""
        since = words._local(self.client_status_since).date()
        if self.client_sign_off_state == "asked":
            return self.env._("your sign-off, %s", words._since(since))
        return words._day(since) if self.client_status in ("completed", "cancelled") else words._since(since)

    def _client_facts(self):
        self.ensure_one()
        project = self._client_seen_project()
        return {
            "id": self.id,
            "title": self.client_name,
            "summary": self.client_summary,
            "badge": self._client_badge(),
            "track": self._client_track(),
            "waits": self.client_status == "waiting" and self.client_sign_off_state != "asked",
            "asks": self._client_asks(),
            "cards": self._client_cards(),
            "done": self._client_done(),
            "project": {"label": project.client_name, "url": project._client_url()} if project else None,
            "parts": self._client_parts()._client_rows(),
            "facts": [
                {"label": self.env._("Job"), "value": f"#{self.id}"},
                self._client_site_fact(),
                self._client_visit_fact(),
                {"label": self.env._("Who comes"), "value": self._client_coming()},
                {
                    "label": self.env._("Project"),
                    "value": project.client_name if project else "",
                    "url": project._client_url() if project else "",
                },
                *self._client_asset_facts(),
                *self._client_quote_facts(),
            ],
        }

    def _client_seen_project(self):
        """The job's project when the member may see it, bound to the user."""
        project = self.sudo().project_id  # looked up again as the user in the next line
        return self.env["project.project"].search([("id", "=", project.id)]) if project else project

    def _client_asset_facts(self):
        """The assets this job is about, those the member may see."""
        assets = self.env["client.asset"]._client_only_visible([("task_ids", "in", self.ids)])
        links = [{"label": asset.name, "url": asset._client_url()} for asset in assets]
        return [{"label": self.env._("Assets"), "value": bool(links), "links": links}]

    def _client_quote_facts(self):
        """The order this job fulfils, for members who see quotes."""
        order = self.sudo().sale_order_id  # looked up again as the user below
        if not order or not self.env.user._client_can("see_quotes", self.client_id):
            return []
        order = self.env["sale.order"].search([("id", "=", order.id)])
        return [{"label": self.env._("Quote"), "value": order.name, "url": order._client_url()}] if order else []

    def _client_parts(self):
        """Published parts of a job the member may see."""
        return self._client_only_visible([("parent_id", "=", self.id)])

    def _client_track(self):
        """Steps of the way: [{'label', 'note', 'state'}], state done, now or todo."""
        words = self.env["client.words"]
        status = self.client_status
        if status == "cancelled":
            since = self.client_status_since and words._local(self.client_status_since).date()
            ends = [("requested", "done", ""), ("cancelled", "now", words._day(since))]
        else:
            steps = [step for step in TRACK if step != "waiting" or self._client_waits_on_track()]
            here = steps.index(status) if status in steps else 0
            dates = self._client_track_dates()
            ends = []
            for number, step in enumerate(steps):
                reached = number < here or step == "completed" == status
                state = "done" if reached else "now" if number == here else "todo"
                note = self._client_track_note(words, step, dates.get(step), state)
                ends.append((step, state, note))
        return [{"label": self._client_track_label(step), "state": state, "note": note} for step, state, note in ends]

    def _client_waits_on_track(self):
        """Whether the way of this job has a turn of the client's: now, or once it was signed off."""
        return self.client_status == "waiting" or self.client_sign_off_state == "signed"

    def _client_track_label(self, step):
        if step == "waiting" and self.client_sign_off_state:
            return self.env._("Your sign-off")
        return self._client_status_label(step)

    def _client_track_note(self, words, step, day, state):
        """When a step was reached; nothing for one that is still to come, also where it was reached before."""
        if not day or state == "todo":
            return ""
        return words._since(day) if (step, state) == ("waiting", "now") else words._day(day)

    def _client_track_dates(self):
        """{status: local date it was reached}, from the job's own updates."""
        words = self.env["client.words"]
        updates = self.env["client.update"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id), ("kind", "=like", "job\\_%")],
            order="date, id",
        )
        dates = {update.kind.removeprefix("job_"): words._local(update.date).date() for update in updates}
        if self.client_status_since:
            dates[self.client_status] = words._local(self.client_status_since).date()
        if self.client_signed_on:
            dates["waiting"] = words._local(self.client_signed_on).date()
        dates.setdefault("requested", words._local(self.create_date).date())
        return dates
