from odoo import api, models
from odoo.fields import Domain

from .project_task_pages import ACTIVE, STATUS_TONES

# jobs listed on a project's page; the rest is one click away in the jobs list
JOBS_ON_PAGE = 60
EARLIER_SHOWN, UPDATES_SHOWN = 3, 6  # project updates before the latest; lines of what happened
GROUPS = ("waiting", "in_progress", "scheduled", "requested", "completed", "cancelled")


class ProjectProject(models.Model):
    """What the pages show of a project."""

    _inherit = "project.project"

    _client_section = "projects"
    _client_list_url = "/my/projects"
    _client_search = ("client_name", "client_summary", "client_site_id.name")
    _client_row_fields = ("client_id", "client_site_id", "client_name", "date_start", "date")

    def _client_rows(self):
        sites = self._client_places()
        sees_jobs = self.env.user._client_can("see_jobs")
        progress = self._client_progress() if sees_jobs and self else {}
        notes = self._client_news_notes() if progress else {}
        return [
            {
                "id": project.id,
                "url": project._client_url(),
                "title": project.client_name,
                "detail": self._client_details(sites[project.id], project._client_period()),
                "progress": self._client_row_progress(progress.get(project.id), notes.get(project.id)),
            }
            for project in self
        ]

    def _client_row_progress(self, progress, note):
        """'7 of 11 jobs · next: Boardwalk handrails, 2 Dec'."""
        if not progress:
            return None
        count = self.env._("%(done)s of %(total)s jobs", **progress) if progress["total"] > 1 else progress["label"]
        return {**progress, "label": self._client_details(count, note)}

    def _client_period(self):
        """'3 Nov – 12 Dec' when the project has dates."""
        words = self.env["client.words"]
        return words._span(self.date_start, self.date)

    def _client_facts(self):
        self.ensure_one()
        progress = self._client_progress()[self.id]
        milestones = self._client_milestones()
        timeline = self._client_timeline()
        groups = self._client_job_groups()
        return {
            "id": self.id,
            "title": self.client_name,
            "summary": self.client_summary,
            "progress": progress,
            "reached": self._client_reached_label(milestones),
            "next_visit": self._client_next_visit_fact(),
            **self._client_told(),
            "milestones": milestones,
            "timeline": timeline,
            "timeline_more": progress["total"] if timeline and progress["total"] > timeline["drawn"] else 0,
            "groups": groups,
            "jobs_url": f"/my/jobs?project={self.id}",
            "quotes": self._client_quotes(),
            "contract": self._client_contract(),
            "invoices": self._client_invoices(),
            "days": self._client_feed(),
            "cards": self._client_cards(),
            "contacts": self._client_contacts(),
            "facts": [
                self._client_site_fact(),
                {"label": self.env._("Dates"), "value": self._client_period()},
            ],
        }

    def _client_reached_label(self, milestones):
        """'2 of 4 milestones reached', '' without milestones."""
        done, total = sum(milestone["reached"] for milestone in milestones), len(milestones)
        if not total:
            return ""
        if total == 1:
            return self.env._("1 milestone reached") if done else self.env._("1 milestone to reach")
        return self.env._("%(done)s of %(total)s milestones reached", done=done, total=total)

    def _client_next_visit_fact(self):
        """The visit that comes next: {'label', 'value', 'url'}, or None."""
        job = self._client_next_job()
        if not job:
            return None
        visit = self.env["client.words"]._visit(job.client_visit_start, job.client_visit_end)
        return {"label": job.client_name, "value": visit, "url": job._client_url()}

    def _client_told(self):
        """The latest published project update and those before it: {'latest', 'earlier'}."""
        updates = self.env["project.update"]._client_of(self, 1 + EARLIER_SHOWN)
        return {"latest": updates[0]._client_card() if updates else None, "earlier": updates[1:]._client_rows()}

    def _client_feed(self):
        """What happened with the project, its jobs and its papers, by day, as the user may see it."""
        domains = [Domain("res_model", "=", self._name) & Domain("res_id", "=", self.id)]
        for model, domain in (
            ("project.task", self._client_jobs_domain()),
            ("project.update", self._client_jobs_domain()),
            ("sale.order", self._client_orders_domain()),
            ("account.move", self._client_moves_domain()),
        ):
            ids = self.env[model].sudo()._search(domain)  # updates are found as the user: their scope is the rule
            domains.append(Domain("res_model", "=", model) & Domain("res_id", "in", ids))
        domain = Domain("client_id", "=", self.client_id.id) & Domain.OR(domains)
        return self.env["client.workspace"]._updates(domain, limit=UPDATES_SHOWN)

    def _client_contacts(self):
        """Whom to ask, names only: the project's manager where staff chose so, else who looks after the client."""
        project = self.sudo()  # the name of somebody staff chose to show
        if project.client_show_manager and project.user_id:
            words = self.env["client.words"]
            return [{"name": project.user_id.name, "initials": words._initials(project.user_id.name)}]
        return self.env["client.workspace"]._contacts(self.client_id.ids)

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
