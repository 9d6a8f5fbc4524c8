from odoo import api, models
from odoo.tools import SQL

STATUS_TONES = {
    "on_track": "success",
    "at_risk": "warning",
    "off_track": "danger",
    "on_hold": "muted",
    "done": "accent",
}
OTHERS_SHOWN = 50  # of the other updates of a project


class ProjectUpdate(models.Model):
    """What the pages show of a project update."""

    _inherit = "project.update"

    _client_section = "projects"
    _client_row_fields = ("client_id", "client_site_id", "client_name", "status", "progress", "date")

    @api.model
    def _client_status_label(self, status):
        """Translated word for a status: 'On Track'."""
        return dict(self._fields["status"]._description_selection(self.env)).get(status, "")

    def _client_badge(self):
        return {"label": self._client_status_label(self.status), "tone": STATUS_TONES.get(self.status, "muted")}

    def _client_rows(self):
        words = self.env["client.words"]
        return [
            {
                "id": update.id,
                "url": update._client_url(),
                "title": update.client_name,
                "detail": words._short(update.date),
                "badge": update._client_badge(),
            }
            for update in self
        ]

    def _client_card(self):
        """The update itself: {'id', 'url', 'title', 'badge', 'line', 'text'}."""
        self.ensure_one()
        percent = max(0, min(self.progress, 100))
        progress = self.env._("%s %% done", percent) if percent else ""
        return {
            **self._client_rows()[0],
            "line": self._client_details(self.env["client.words"]._short(self.date), progress),
            "text": self.client_text,
        }

    def _client_facts(self):
        """Values of an update's own page."""
        card = self._client_card()
        project = self.env["project.project"].search([("id", "=", self.project_id.id)])  # as the user
        return {
            "id": self.id,
            "title": card["title"],
            "update": card,
            "project": {"label": project.client_name, "url": project._client_url()} if project else None,
            "others": (self._client_of(self.project_id, OTHERS_SHOWN) - self)._client_rows(),
        }

    @api.model
    def _client_of(self, project, limit):
        """Published updates of a project, newest first, as the current user."""
        domain = [("project_id", "=", project.id), ("client_published", "=", True)]
        return self._client_find(domain, "date desc, id desc", limit)

    @api.model
    def _client_latest(self, projects):
        """The latest published update of each project, as the user's own query.

        :param projects: project.project as the user sees them
        :return: (Query, {column: SQL}) with project_id, status, date and id
        """
        query = self._search([("project_id", "in", projects.ids), ("client_published", "=", True)])
        names = ("project_id", "status", "date", "id")
        columns = {name: self._field_to_sql(query.table, name, query) for name in names}
        query.order = SQL("%(project_id)s, %(date)s DESC NULLS LAST, %(id)s DESC", **columns)
        return query, columns
