"""The page of coming visits, by day."""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import groupby
from odoo.tools.misc import get_lang

from .project_task_pages import ACTIVE


class ClientCalendar(models.AbstractModel):
    _inherit = "client.calendar"

    @api.model
    def _when(self, when):
        """(domain, order) of coming or past visits; a visit comes until its day is over."""
        since = self.env["client.times"]._day_begins(self.env["client.words"]._today())
        if when == "past":
            held = Domain("client_visit_start", "<", since) & Domain("client_status", "!=", "cancelled")
            return held, "client_visit_start desc, id desc"
        ahead = Domain("client_visit_start", ">=", since) & Domain("client_status", "in", ACTIVE)
        return ahead, "client_visit_start, id"

    @api.model
    def _count(self, domain, when):
        return self.env["project.task"].search_count(Domain(domain) & self._when(when)[0])

    @api.model
    def _days(self, domain, when, limit, offset=0):
        """Visits by day: [{'label', 'rows'}].

        :param str when: 'past', or anything else for those to come
        """
        narrowed, order = self._when(when)
        jobs = self.env["project.task"]._client_find(Domain(domain) & narrowed, order, limit, offset)
        words, places = self.env["client.words"], jobs._client_places()
        days = groupby(jobs, lambda job: words._local(job.client_visit_start).date())
        return [
            {"label": words._heading(day), "rows": [job._client_visit_row(places[job.id]) for job in of_day]}
            for day, of_day in days
        ]

    @api.model
    def _next(self, domain, limit):
        """Rows of the next visits, each with its 'day' in words."""
        narrowed, order = self._when("coming")
        jobs = self.env["project.task"]._client_find(Domain(domain) & narrowed, order, limit)
        words, places = self.env["client.words"], jobs._client_places()
        return [
            {**job._client_visit_row(places[job.id]), "day": words._day(words._local(job.client_visit_start).date())}
            for job in jobs
        ]

    @api.model
    def _this_week(self, domain):
        """How many visits are still to come in the reader's week, those of today included."""
        today, first = self.env["client.words"]._today(), int(get_lang(self.env).week_start)
        until = today + timedelta(days=(first - today.isoweekday() - 1) % 7 + 1)
        before = Domain("client_visit_start", "<", self.env["client.times"]._day_begins(until))
        return self.env["project.task"].search_count(Domain(domain) & self._when("coming")[0] & before)


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _client_visit_row(self, place):
        """One visit of a list: {'url', 'title', 'detail', 'time', 'badge'}."""
        words = self.env["client.words"]
        start, end = self.client_visit_start, self.client_visit_end
        same_day = end and words._local(end).date() == words._local(start).date()
        time = f"{words._time(start)}–{words._time(end)}" if same_day else words._time(start)
        badge = self._client_visit_badge() if self._client_visit_ahead() else self._client_badge()
        return {
            "url": self._client_url(),
            "title": self.client_name,
            "detail": place,
            "time": time,
            "badge": badge,
        }
