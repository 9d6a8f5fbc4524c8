"""How far projects are and what comes next, for many of them at a time."""

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .project_task_pages import ACTIVE


class ProjectProject(models.Model):
    _inherit = "project.project"

    def _client_progress(self):
        """{project id: {'done', 'total', 'percent', 'label'}}: visible jobs, cancelled ones apart.

        One grouped query whatever the number of projects.
        """
        jobs = self.env["project.task"]
        domain = jobs._client_visible_domain() & self._client_jobs_domain()
        groups = jobs.sudo()._read_group(  # the user's rules are part of the domain
            domain, ["project_id", "client_status"], ["__count"]
        )
        counts = {project.id: {"done": 0, "total": 0} for project in self}
        for project, status, count in groups:
            if status != "cancelled":
                counts[project.id]["total"] += count
                counts[project.id]["done"] += count if status == "completed" else 0
        for count in counts.values():
            count["percent"] = round(100 * count["done"] / count["total"]) if count["total"] else 0
            count["label"] = self._client_progress_label(count["done"], count["total"])
        return counts

    def _client_progress_label(self, done, total):
        """'7 of 11 jobs done'."""
        if not total:
            return self.env._("No jobs yet")
        if total == 1:
            return self.env._("%s of 1 job done", done)
        return self.env._("%(done)s of %(total)s jobs done", done=done, total=total)

    def _client_jobs_domain(self):
        return Domain("project_id", "in", self.ids)

    def _client_next_visits(self):
        """The jobs whose visit comes next or is under way, one for each project, as a query in sudo.

        :return: (Query, {column: SQL}) with project_id, client_name, client_visit_start and id
        """
        now = fields.Datetime.now()
        coming = Domain("client_visit_end", ">=", now) | (
            Domain("client_visit_end", "=", False) & Domain("client_visit_start", ">=", now)
        )
        jobs = self.env["project.task"].sudo()  # the user's rules are part of the domain
        visible = self.env["project.task"]._client_visible_domain() & self._client_jobs_domain()
        query = jobs._search(visible & Domain("client_status", "in", ACTIVE) & coming)
        names = ("project_id", "client_name", "client_visit_start", "id")
        columns = {name: jobs._field_to_sql(query.table, name, query) for name in names}
        query.order = SQL("%(project_id)s, %(client_visit_start)s, %(id)s", **columns)
        return query, columns

    def _client_next_job(self):
        """The job of one project whose visit comes next, as the user; or an empty one."""
        query, columns = self._client_next_visits()
        query.limit = 1
        rows = self.env.execute_query(query.select(columns["id"]))
        return self.env["project.task"].browse(job_id for (job_id,) in rows)

    def _client_news_notes(self):
        """{project id: 'next: Boardwalk handrails, 2 Dec', else the latest published status}; one query."""
        words, updates = self.env["client.words"], self.env["project.update"]
        visits, job = self._client_next_visits()
        told, update = updates._client_latest(self)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(v.project_id, u.project_id), v.client_name, v.client_visit_start, u.status
                  FROM (%s) v FULL JOIN (%s) u ON u.project_id = v.project_id
                """,
                visits.select(
                    SQL("DISTINCT ON (%(project_id)s) %(project_id)s, %(client_name)s, %(client_visit_start)s", **job)
                ),
                told.select(SQL("DISTINCT ON (%(project_id)s) %(project_id)s, %(status)s", **update)),
            )
        )
        notes = {}
        for project_id, name, start, status in rows:
            day = words._day(words._local(start).date()) if start else ""
            coming = self.env._("next: %(job)s, %(day)s", job=name, day=day) if start else ""
            notes[project_id] = coming or updates._client_status_label(status)
        return notes
