"""The list of requests: how it is searched, narrowed and sorted, what a row says, and how it reads as a file."""

from odoo import api, models
from odoo.fields import Domain

from .project_task_pages import ACTIVE

VIEW = "requests"  # the context key ``client_view`` of lists about requests


class ProjectTask(models.Model):
    _inherit = "project.task"

    @api.model
    def _client_lists(self):
        return [*super()._client_lists(), (VIEW, "/my/requests", "request")]

    @api.model
    def _client_list_domain(self, search, filterby, bar=None):
        domain = super()._client_list_domain(search, filterby, bar)
        if self.env.context.get("client_view") == VIEW:
            ids = self.sudo()._search([("client_request_type_id", "!=", False)])  # AND-ed with the user's rules
            domain &= Domain("id", "in", ids)
        return domain

    @api.model
    def _client_searchbar(self):
        bar = super()._client_searchbar()
        if self.env.context.get("client_view") != VIEW:
            return bar
        mine = self.sudo()._search([("client_requester_id.user_id", "=", self.env.uid)])  # AND-ed with the rules
        own = {
            "all": {"label": self.env._("All requests"), "domain": []},
            "open": {"label": self.env._("Open"), "domain": [("client_status", "in", ACTIVE)]},
            "mine": {"label": self.env._("Raised by me"), "domain": [("id", "in", mine)]},
        }
        kept = {name: bar["filters"][name] for name in ("waiting", "completed", "cancelled") if name in bar["filters"]}
        promised = {"label": self.env._("Answer due"), "order": "client_promise_deadline, id desc"}
        bar["sortings"] = {
            **{name: bar["sortings"][name] for name in ("newest", "changed") if name in bar["sortings"]},
            "promise": promised,
        }
        return {**bar, "filters": {**own, **kept}}

    @api.model
    def _client_narrowings(self, query, client_ids):
        fields = super()._client_narrowings(query, client_ids)
        if self.env.context.get("client_view") != VIEW:
            return fields
        return [field for field in fields if field["name"] != "project"]

    @api.model
    def _client_in_period(self, first, last):
        """A request belongs to the day it was raised."""
        if self.env.context.get("client_view") != VIEW:
            return super()._client_in_period(first, last)
        return self._client_between("create_date", first, last)

    @api.model
    def _client_section_label(self):
        if self.env.context.get("client_view") != VIEW:
            return super()._client_section_label()
        return self.env["client.layout"]._labels()[VIEW]

    def _client_columns(self):
        columns = super()._client_columns()
        if self.env.context.get("client_view") != VIEW:
            return columns
        words, tasks = self.env["client.words"], self.sudo()  # kinds and names of members of visible requests
        tasks.client_request_type_id.fetch(["name"])
        tasks.client_requester_id.partner_id.fetch(["name"])
        return [
            (self.env._("Request"), lambda task: task.client_request_number),
            *columns[:-2],
            (self.env._("Kind"), lambda task: task.sudo().client_request_type_id.name),  # as above
            (self.env._("Raised by"), lambda task: task.sudo().client_requester_id.partner_id.name or ""),  # as above
            (self.env._("Raised on"), lambda task: words._sheet_moment(task.create_date)),
            (self.env._("Answer promised by"), lambda task: words._sheet_moment(task.client_promise_deadline)),
            (self.env._("Answered on"), lambda task: words._sheet_moment(task.client_answered_on)),
        ]

    def _client_rows(self):
        rows = super()._client_rows()
        if self.env.context.get("client_view") != VIEW:
            return rows
        words, tasks = self.env["client.words"], self.sudo()  # kinds and names of members of visible requests
        places = self._client_places()
        for row, task in zip(rows, tasks, strict=True):
            day = words._day(words._local(task.create_date).date())
            who = task.client_requester_id.partner_id.name or ""
            promise = task._client_promise_words()
            row["detail"] = self._client_details(
                task.client_request_number, task.client_request_type_id.name, places[task.id], who, day
            )
            row["note"] = promise["label"] if promise else ""
            row["late"] = bool(promise) and promise["tone"] == "danger"
        return rows
