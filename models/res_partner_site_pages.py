from odoo import models
from odoo.fields import Domain

from .client_map import CARD
from .project_task_pages import ACTIVE

JOBS_SHOWN, DONE_SHOWN, ASSETS_SHOWN, UPDATES_SHOWN, AGREEMENTS_SHOWN = 8, 6, 6, 5, 5


class ResPartner(models.Model):
    """What the page of one site shows."""

    _inherit = "res.partner"

    def _client_facts(self):
        """Values of the site's page."""
        self.ensure_one()
        numbers = self._client_job_numbers(self.ids)
        state = self._client_job_state(numbers.get(self.id))
        site = self.sudo()  # behind the gate: what is noted of it for those who see it
        several = len(self.env.user._client_members().client_id) > 1
        return {
            "id": self.id,
            "title": self.name,
            "client_name": site.commercial_partner_id.name if several else "",
            "badge": {"label": state["note"], "tone": state["tone"]},
            "address": self._client_address(),
            "drawn": self._client_card_map(state),
            "notes": site.client_access_notes,
            "contact": {"name": site.client_contact_name, "phone": site.client_contact_phone},
            "may_correct": self.env.user._client_can("request", self),
            "corrections": self.env["client.site.correction"]._client_of_site(self),
            "audience": self._client_audience_card(),
            **self._client_site_work(state["jobs"]),
            "agreements": self._client_site_agreements(),
            "extras": self._client_site_extras(),
        }

    def _client_card_map(self, state):
        """The map with this one site, or None."""
        if not self._client_has_position():
            return None
        place = {"name": self.name, "lat": self.partner_latitude, "lon": self.partner_longitude, "url": "", **state}
        return self.env["client.map"]._values([place], CARD)

    def _client_site_work(self, open_jobs):
        """Work and things at the site: open jobs, the next visit, assets, what was done, what changed.

        :param int open_jobs: how many
        """
        tasks, assets = self.env["project.task"], self.env["client.asset"]
        here = Domain("client_site_id", "=", self.id)
        coming = tasks._client_find(here & self._client_visits_ahead(), "client_visit_start, id", 1)
        jobs = tasks._client_find(
            here & Domain("client_status", "in", ACTIVE), "client_visit_start nulls last, id desc", JOBS_SHOWN
        )
        done = tasks._client_find(
            here & Domain("client_status", "=", "completed"), "client_status_since desc, id desc", DONE_SHOWN
        )
        things = assets._client_find(here, "name, id", ASSETS_SHOWN + 1)
        return {
            "visit": coming._client_visit_link() if coming else None,
            "jobs": jobs._client_rows_here(),
            "jobs_more": open_jobs > len(jobs),
            "done_jobs": [{**row, "badge": None} for row in done._client_rows_here()],  # the heading says it
            "assets": things[:ASSETS_SHOWN]._client_rows_here(),
            "assets_more": len(things) > ASSETS_SHOWN,
            "days": self.env["client.workspace"]._updates(here, limit=UPDATES_SHOWN),
        }

    def _client_site_agreements(self):
        """What is agreed for this site and runs; see ``client.agreement._client_running``."""
        agreements = self.env["client.agreement"]
        return agreements._client_running(agreements._client_at(self), AGREEMENTS_SHOWN)

    def _client_site_extras(self):
        """Further cards of the site's page: documents, whatever a module adds.

        An extension adds its own to what ``super()`` gives.

        :return: [{'template': external id of the card, ...its values}]
        """
        return []


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _client_visit_link(self):
        """The visit of one job: {'label', 'title', 'url'}."""
        words = self.env["client.words"]
        when = words._visit(self.client_visit_start, self.client_visit_end)
        return {"label": when, "title": self.client_name, "url": self._client_url()}

    def _client_rows_here(self):
        """Rows on the page of the jobs' own site, which goes unsaid."""
        words = self.env["client.words"]
        return [{**row, "detail": job._client_when(words)} for job, row in zip(self, self._client_rows(), strict=True)]
