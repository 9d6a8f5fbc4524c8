import re

from odoo import api, models
from odoo.fields import Domain

from .project_task_pages import ACTIVE


class ProjectTask(models.Model):
    """How the list of jobs is searched, narrowed and sorted, and how it reads as a file."""

    _inherit = "project.task"

    @api.model
    def _client_narrowings(self, query, client_ids):
        sites = [("is_client_site", "=", True), ("commercial_partner_id", "in", client_ids)]
        return [
            *super()._client_narrowings(query, client_ids),
            self._client_choice(
                "site", self.env._("Site"), query, "res.partner", sites, lambda site: [("client_site_id", "=", site.id)]
            ),
            self._client_choice(
                "project",
                self.env._("Project"),
                query,
                "project.project",
                [("client_id", "in", client_ids)],
                lambda project: self._client_inside("project_id", project),
                title="client_name",
            ),
            self._client_choice(
                "asset",
                self.env._("Asset"),
                query,
                "client.asset",
                [("client_id", "in", client_ids)],
                lambda asset: self._client_inside("client_asset_ids", asset),
            ),
            *self._client_period(query, self._client_in_period),
        ]

    @api.model
    def _client_inside(self, field, record):
        """Domain of the jobs that lead by a field to a record the member sees."""
        inside = self.sudo()._search([(field, "in", record.ids)])  # AND-ed with the user's rules
        return [("id", "in", inside)]

    @api.model
    def _client_in_period(self, first, last):
        """Domain of jobs with a visit or their completion in a period."""
        done = Domain("client_done_on", "!=", False)
        done &= Domain.AND([Domain("client_done_on", sign, day) for sign, day in ((">=", first), ("<=", last)) if day])
        return self._client_between("client_visit_start", first, last) | done

    @api.model
    def _client_word_domain(self, word):
        """A job is also found by its number, the way its page writes it."""
        number = re.fullmatch("#?([0-9]{1,9})", word)
        found = super()._client_word_domain(word)
        return found | Domain("id", "=", int(number[1])) if number else found

    @api.model
    def _client_searchbar(self):
        return {
            "default_sort": "newest",
            "default_filter": "all",
            "sortings": {
                "newest": {"label": self.env._("Newest first"), "order": "id desc"},
                "changed": {
                    "label": self.env._("Last changed"),
                    "order": "client_status_since desc nulls last, id desc",
                },
                "visit": {
                    "label": self.env._("Visit date"),
                    "order": "client_visit_start desc nulls last, id desc",
                },
                "name": {"label": self.env._("Title"), "order": "client_name, id desc"},
            },
            "filters": self._client_status_filters(),
        }

    @api.model
    def _client_status_filters(self):
        """Choices of the list: all, by status, and what waits for the member."""
        since = self.env["client.workspace"]._year_ago()

        def by(*statuses):
            return [("client_status", "in", statuses)]

        label = self._client_status_label
        return {
            "all": {"label": self.env._("All jobs"), "domain": []},
            "active": {"label": self.env._("Active"), "domain": by(*ACTIVE)},
            "waiting": {"label": label("waiting"), "domain": [("client_court", "=", "client")]},
            "requested": {"label": label("requested"), "domain": by("requested")},
            "scheduled": {"label": label("scheduled"), "domain": by("scheduled")},
            "in_progress": {"label": label("in_progress"), "domain": by("in_progress")},
            "completed": {"label": label("completed"), "domain": by("completed")},
            "year": {
                "label": self.env._("Completed in the last 12 months"),
                "domain": [*by("completed"), ("client_status_since", ">=", since)],
            },
            "cancelled": {"label": label("cancelled"), "domain": by("cancelled")},
        }

    def _client_columns(self):
        words = self.env["client.words"]
        return [
            (self.env._("Job"), lambda job: job.client_name),
            *self._client_place_columns(),
            (self.env._("Status"), lambda job: job._client_badge()["label"]),
            (self.env._("Since"), lambda job: words._sheet_day(job.client_status_since)),
            (self.env._("Done on"), lambda job: job.client_done_on),
            (self.env._("Visit from"), lambda job: words._sheet_moment(job.client_visit_start)),
            (self.env._("Visit until"), lambda job: words._sheet_moment(job.client_visit_end)),
        ]
