"""What a client's Administrator sees of the access journal."""

from odoo import api, models
from odoo.fields import Datetime, Domain
from odoo.tools import groupby

from .client_number import whole_number
from .client_sheet import csv_sheet


class ClientAccess(models.Model):
    _inherit = "client.access"

    @api.model
    def _client_domain(self, client_ids, asked=None):
        """Rows of these clients on records the current user may see; previews by staff stay out.

        :param list client_ids: the user's own clients
        :param dict asked: see ``_client_asked``
        """
        able = [client for client in client_ids if self._client_manages(client)]
        visible = []
        for name in (*self.env["client.scoped"]._inherit_children, "res.partner"):
            model = self.env[name]
            if model.has_access("read"):
                ids = model.sudo()._search(model._client_visible_domain())  # the user's own rules
                visible.append(Domain("res_model", "=", name) & Domain("res_id", "in", ids))
        looked = Domain("kind", "in", self._looks()) & Domain.OR(visible)
        seen = Domain("client_id", "in", able) & (looked | Domain("kind", "in", ("list", "statement")))
        return seen & self._client_asked(asked or {})

    @api.model
    def _client_asked(self, asked):
        """What an address narrows the journal to.

        :param dict asked: texts, trusted in no way: ``by``, id of a user, and ``of`` with ``id``, a record
        """
        domain = Domain.TRUE
        if asked.get("by"):
            domain &= Domain("user_id", "=", whole_number(asked["by"]))
        if asked.get("of"):
            domain &= Domain("res_model", "=", asked["of"]) & Domain("res_id", "=", whole_number(asked.get("id")))
        return domain

    def _client_manages(self, client_id):
        """Whether a role of the user manages the team of this client."""
        members = self.env.user._client_members()
        return any(m.client_id.id == client_id and m.role_id.can_manage_members for m in members)

    @api.model
    def _client_count(self, client_ids, asked=None):
        """Number of rows ``_client_days`` has."""
        return self.sudo().search_count(self._client_domain(client_ids, asked))  # narrowed to the user's own view

    @api.model
    def _client_names(self, rows):
        """{user id: name} of those who looked."""
        users = self.env["res.users"].sudo().browse(set(rows.mapped("user_id"))).exists()  # members of the own client
        return {user.id: user.name for user in users}

    @api.model
    def _client_more(self, row):
        """What else a row says, as texts: (heading, value); an extension that notes more adds its own."""
        return []

    @api.model
    def _client_file(self, client_ids, asked, limit):
        """The journal, newest first, as CSV; where there is more than fits, its last line says so."""
        found = self.sudo().search(self._client_domain(client_ids, asked), limit=limit + 1)  # narrowed to their view
        rows = found[:limit]
        names, titles, none = self._client_names(rows), self._client_titles(rows), {"title": ""}
        more = [heading for heading, _value in self._client_more(rows[:1])]
        headings = [self.env._("Time (UTC)"), self.env._("Who"), self.env._("What"), self.env._("Of"), *more]
        older = self.env._("What is older is not in this file: it holds the newest %s lines.", limit)
        return csv_sheet(
            "",
            [*headings, self.env._("IP address")],
            [
                [
                    Datetime.to_string(row.date),
                    names.get(row.user_id, ""),
                    self._client_what(row.kind),
                    titles.get((row.res_model, row.res_id), none)["title"],
                    *(value for _heading, value in self._client_more(row)),
                    row.ip or "",
                ]
                for row in rows
            ]
            + [[older]] * (found != rows),
        )

    @api.model
    def _client_days(self, client_ids, limit, offset=0, asked=None):
        """The journal by day, newest first.

        :return: [{'label', 'rows': [{'name', 'by', 'title', 'what', 'more', 'url', 'time', 'ip'}]}]
        """
        words = self.env["client.words"]
        rows = self.sudo().search(self._client_domain(client_ids, asked), limit=limit, offset=offset)  # as there
        names, titles = self._client_names(rows), self._client_titles(rows)
        days = groupby(rows, lambda row: words._local(row.date).date())
        return [
            {
                "label": words._heading(day),
                "rows": [
                    {
                        "name": names.get(row.user_id, ""),
                        "by": row.user_id,
                        "what": self._client_what(row.kind),
                        "more": ", ".join(f"{name} {value}" for name, value in self._client_more(row) if value),
                        **titles.get((row.res_model, row.res_id), {"title": "", "url": ""}),
                        "time": words._time(row.date),
                        "ip": row.ip,
                    }
                    for row in of_day
                ],
            }
            for day, of_day in days
        ]

    @api.model
    def _client_titles(self, rows):
        """{(model, id): {'title', 'url'}} of the records of ``rows``, as the user sees them."""
        titles = {}
        known = self.env["client.layout"]._sections()
        sections = {name: url for name, url, _capability in known} | {"agreements": "/my/agreements"}
        for name, of_model in rows.grouped("res_model").items():
            if name not in self.env:
                continue  # of a module that is gone
            model = self.env[name]
            titles[name, 0] = {"title": model._client_section_label(), "url": sections.get(model._client_section, "")}
            for record in self.env[name].search([("id", "in", of_model.mapped("res_id"))]):
                titles[name, record.id] = {"title": record[record._client_label_field], "url": record._client_url()}
        return titles

    @api.model
    def _client_what(self, kind):
        """A kind in words."""
        return {
            "open": self.env._("opened"),
            "download": self.env._("downloaded"),
            "list": self.env._("downloaded the list"),
            "statement": self.env._("downloaded the statement"),
            "preview": self.env._("previewed"),
            "feed": self.env._("fetched by a calendar"),
            "link": self.env._("link opened"),
            "link_code": self.env._("code for a link sent"),
            "link_signin": self.env._("came in by a link"),
            "link_wrong": self.env._("wrong code for a link"),
            "link_asked": self.env._("asked for access"),
        }.get(kind, kind)
