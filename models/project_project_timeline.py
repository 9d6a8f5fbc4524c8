"""What of a project lies when: jobs, milestones, the project itself and today, in whole days.

Only what the client may know has a place: visits they were told of, the days their status changed,
milestones, and the project's own dates. Deadlines and plans of staff are not read.
"""

import json
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools.misc import get_lang

from .project_task_pages import ACTIVE, STATUS_TONES

BARS, MARKS = 14, 8  # jobs and milestones drawn; the rest is one click away
SHORTEST = 14  # days an axis spans at least
_DRAWN = ("kind", "label", "words", "status", "url", "from", "to", "tone")  # what the browser gets of a row
_STEPS = (  # (longest axis in days, days or months between two ticks)
    (8, {"days": 1}),
    (16, {"days": 2}),
    (45, {"days": 7}),
    (100, {"days": 14}),
    (215, {"months": 1}),
    (430, {"months": 2}),
    (1300, {"months": 6}),
)


class ProjectProject(models.Model):
    _inherit = "project.project"

    def _client_timeline(self):
        """The timeline of a project's page.

        :return: None where nothing has a day, else {'json': what the browser draws, 'rows': the same in
            words, 'legend': [{'label', 'tone'}], 'drawn': number of jobs}
        """
        self.ensure_one()
        jobs = self._client_timeline_jobs()
        rows = [*jobs, *self._client_timeline_milestones()]
        if not rows:
            return None
        rows.sort(key=lambda row: (row["from"], row["to"], row["label"]))
        first, last = self._client_timeline_span(rows)
        drawn = {
            "rows": [{key: row[key] for key in _DRAWN} for row in rows],
            "start": first.toordinal(),
            "end": last.toordinal() + 1,
            "today": self._client_timeline_today(first, last),
            "period": self._client_timeline_period(first, last),
            "ticks": self._client_timeline_ticks(first, last),
        }
        return {
            "json": json.dumps(drawn),
            "rows": rows,
            "legend": self._client_timeline_legend(rows),
            "drawn": len(jobs),
        }

    # ------------------------------------------------------------------------- rows

    def _client_timeline_jobs(self):
        """Rows of the jobs that have a day: those under way and to come first, then the last ones done."""
        jobs = self.env["project.task"]
        domain = jobs._client_visible_domain() & self._client_jobs_domain()
        placed = Domain("client_visit_start", "!=", False) | Domain("client_status", "in", ("in_progress", "waiting"))
        found = jobs.sudo().search(  # the user's rules are part of the domain
            domain & Domain("client_status", "in", ACTIVE) & placed, order="client_visit_start, id", limit=BARS
        )
        if len(found) < BARS:
            done = domain & Domain("client_status", "=", "completed")
            newest = "client_status_since desc, id desc"
            found |= jobs.sudo().search(done, order=newest, limit=BARS - len(found))  # as above
        found = found.with_env(self.env)
        started = found._client_started_days()
        return [row for job in found if (row := job._client_timeline_row(started.get(job.id)))]

    def _client_timeline_milestones(self):
        """Rows of the milestones that have a day, those nearest to today."""
        words = self.env["client.words"]
        today = words._today()
        dated = []
        for milestone in self.env["project.milestone"].search([("project_id", "=", self.id)]):
            day = milestone.reached_date if milestone.is_reached else milestone.deadline
            if day:
                dated.append((abs((day - today).days), milestone, day))
        dated.sort(key=lambda one: (one[0], one[1].id))
        return [
            {
                "kind": "milestone",
                "label": milestone.name,
                "words": words._short(day),
                "status": self.env._("reached") if milestone.is_reached else self.env._("planned"),
                "url": "",
                "from": day.toordinal(),
                "to": day.toordinal() + 1,
                "tone": "success" if milestone.is_reached else "milestone",
            }
            for _distance, milestone, day in dated[:MARKS]
        ]

    # ------------------------------------------------------------------------- axis

    def _client_timeline_span(self, rows):
        """First and last day of the axis: all rows, today while it matters, the project's own dates where near."""
        today = self.env["client.words"]._today()
        first = date.fromordinal(min(row["from"] for row in rows))
        last = date.fromordinal(max(row["to"] for row in rows) - 1)
        running = any(row["kind"] == "job" and row["open"] for row in rows) or (self.date and self.date >= today)
        if running:
            first, last = min(first, today), max(last, today)
        room = timedelta(days=max((last - first).days, SHORTEST))
        if self.date_start and first - room <= self.date_start:
            first = min(first, self.date_start)
        if self.date and self.date <= last + room:
            last = max(last, self.date)
        lacking = SHORTEST - (last - first).days
        return (first, last + timedelta(days=lacking)) if lacking > 0 else (first, last)

    def _client_timeline_today(self, first, last):
        today = self.env["client.words"]._today()
        if not first <= today <= last:
            return None
        return {"at": today.toordinal() + 0.5, "label": self.env._("Today")}

    def _client_timeline_period(self, first, last):
        """The project's own dates as far as the axis goes, or None."""
        if not (self.date_start and self.date):
            return None
        begins, ends = max(self.date_start, first), min(self.date, last)
        return {"from": begins.toordinal(), "to": ends.toordinal() + 1} if begins <= ends else None

    def _client_timeline_ticks(self, first, last):
        """[{'at', 'label'}] some days or months apart, so that at most seven stand on the axis."""
        days = (last - first).days
        step = next((step for longest, step in _STEPS if days <= longest), {"years": max(1, round(days / 2200))})
        pattern = self.env["client.words"]._pattern
        ticks, year = [], None
        day = self._client_timeline_first_tick(first, step)
        while day <= last:
            if "days" in step:
                label = pattern(day, "MMMd")
            elif "months" in step:
                label = pattern(day, "MMM" if day.year == year and step["months"] < 6 else "yMMM")
            else:
                label = pattern(day, "y")
            ticks.append({"at": day.toordinal(), "label": label})
            year, day = day.year, day + relativedelta(**step)
        return ticks

    def _client_timeline_first_tick(self, first, step):
        """The first day from ``first`` on that starts a week, month or year, where the step has such."""
        if "years" in step:
            start = date(first.year, 1, 1)
            return start if start == first else date(first.year + 1, 1, 1)
        if "months" in step:
            return first if first.day == 1 else first.replace(day=1) + relativedelta(months=1)
        if step["days"] < 7:
            return first
        week_start = int(get_lang(self.env).week_start)
        return first + timedelta(days=(week_start - first.isoweekday()) % 7)

    def _client_timeline_legend(self, rows):
        """What the colours of the bars mean, in the order of a job's way, and the mark of milestones."""
        jobs = self.env["project.task"]
        seen = {row["job_status"] for row in rows if row["kind"] == "job"}
        tones = {}
        for status in (status for status in STATUS_TONES if status in seen):
            tones.setdefault(STATUS_TONES[status], []).append(jobs._client_status_label(status))
        legend = [{"label": ", ".join(labels), "tone": tone} for tone, labels in tones.items()]
        if any(row["kind"] == "milestone" for row in rows):
            legend.append({"label": self.env._("Milestone"), "tone": "milestone"})
        return legend


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _client_started_days(self):
        """{job id: the day work on it first started, where the reader is}, from the updates the reader sees."""
        words = self.env["client.words"]
        groups = self.env["client.update"]._read_group(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("kind", "=", "job_in_progress")],
            ["res_id"],
            ["date:min"],
        )
        return {job_id: words._local(moment).date() for job_id, moment in groups}

    def _client_timeline_row(self, started):
        """Where a job lies on the timeline, or None.

        :param started: the day work first started, or None
        """
        days = self._client_timeline_days(started)
        if not days:
            return None
        words = self.env["client.words"]
        first, last = days
        return {
            "kind": "job",
            "label": self.client_name,
            "words": words._span(first, last),
            "status": self._client_status_label(self.client_status),
            "job_status": self.client_status,
            "open": self.client_status in ACTIVE,
            "url": self._client_url(),
            "from": first.toordinal(),
            "to": last.toordinal() + 1,
            "tone": STATUS_TONES[self.client_status],
        }

    def _client_timeline_days(self, started):
        """First and last day of a job as its client knows it: (date, date), or None."""
        words = self.env["client.words"]
        visit = self.client_visit_start and words._local(self.client_visit_start).date()
        left = words._local(self.client_visit_end).date() if self.client_visit_end else visit
        since = words._local(self.client_status_since).date() if self.client_status_since else None
        if self.client_status == "completed":
            begun = min(filter(None, (started, visit, since)), default=None)
            return (begun, since) if since else None
        if self.client_status in ("in_progress", "waiting"):
            begun = started or visit or (since if self.client_status == "in_progress" else None)
            today = words._today()
            return (min(begun, today), max(today, left or today)) if begun else None
        return (visit, left) if visit else None
