from odoo import api, models
from odoo.fields import Domain

from .project_task_pages import ACTIVE, STATUS_TONES

# jobs listed on a project's page; the rest is one click away in the jobs list
JOBS_ON_PAGE = 60
GROUPS = ("waiting", "in_progress", "scheduled", "requested", "completed", "cancelled")


class ProjectProject(models.Model):
    """What the pages show of a project."""

    _inherit = "project.project"

    _client_section = "projects"
    _client_row_fields = ("client_id", "client_site_id", "client_name", "date_start", "date")

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
            count["label"] = (
                self.env._("%(done)s of %(total)s jobs done", **count) if count["total"] else self.env._("No jobs yet")
            )
        return counts

    def _client_jobs_domain(self):
        return Domain("project_id", "in", self.ids)

    def _client_rows(self):
        sites = self._client_places()
        sees_jobs = self.env.user._client_can("see_jobs")
        progress = self._client_progress() if sees_jobs and self else {}
        return [
            {
                "id": project.id,
                "url": project._client_url(),
                "title": project.client_name,
                "detail": self._client_details(sites[project.id], project._client_period()),
                "progress": progress.get(project.id),
            }
            for project in self
        ]

    def _client_period(self):
        """'3 Nov – 12 Dec' when the project has dates."""
        words = self.env["client.words"]
        return " – ".join(words._short(day) for day in (self.date_start, self.date) if day)

    def _client_facts(self):
        self.ensure_one()
        progress = self._client_progress()[self.id]
        milestones = self._client_milestones()
        site = self.sudo().client_site_id  # a visible project may name its site
        return {
            "id": self.id,
            "title": self.client_name,
            "summary": self.client_summary,
            "progress": progress,
            "milestones": milestones,
            "milestones_reached": sum(m["reached"] for m in milestones),
            "groups": self._client_job_groups(),
            "jobs_shown": JOBS_ON_PAGE,
            "facts": [
                {"label": self.env._("Site"), "value": site.name, "note": site._client_address()},
                {"label": self.env._("Dates"), "value": self._client_period()},
                {"label": self.env._("Jobs"), "value": progress["label"]},
            ],
        }

    def _client_milestones(self):
        """[{'name', 'date', 'reached', 'late'}] in order of time."""
        words = self.env["client.words"]
        milestones = self.env["project.milestone"].search([("project_id", "=", self.id)], order="deadline, id")
        return [
            {
                "name": milestone.name,
                "reached": milestone.is_reached,
                "date": words._short(milestone.reached_date if milestone.is_reached else milestone.deadline),
                "late": bool(not milestone.is_reached and milestone.deadline and milestone.deadline < words._today()),
            }
            for milestone in milestones
        ]

    def _client_job_groups(self):
        """Jobs by client status, what needs attention first: [{'label', 'tone', 'rows'}]."""
        jobs = self.env["project.task"]
        domain = jobs._client_visible_domain() & self._client_jobs_domain()
        found = jobs.sudo().search(  # the user's rules are part of the domain
            domain, order="client_status_since desc, id desc", limit=JOBS_ON_PAGE
        )
        rows = found.with_user(self.env.user)._client_rows()
        return [
            {
                "label": jobs._client_status_label(status),
                "tone": STATUS_TONES[status],
                "open": status in ACTIVE,
                "rows": [row for row in rows if row["status"] == status],
            }
            for status in GROUPS
            if any(row["status"] == status for row in rows)
        ]

    @api.model
    def _client_searchbar(self):
        return {
            "search": ["client_name", "client_summary"],
            "default_sort": "newest",
            "default_filter": "all",
            "sortings": {
                "newest": {"label": self.env._("Newest first"), "order": "id desc"},
                "name": {"label": self.env._("Name"), "order": "client_name, id desc"},
                "end": {"label": self.env._("End date"), "order": "date desc nulls last, id desc"},
            },
            "filters": {
                "all": {"label": self.env._("All projects"), "domain": []},
                "running": {
                    "label": self.env._("Running"),
                    "domain": ["|", ("date", "=", False), ("date", ">=", self.env["client.words"]._today())],
                },
                "ended": {
                    "label": self.env._("Ended"),
                    "domain": [("date", "<", self.env["client.words"]._today())],
                },
            },
        }
