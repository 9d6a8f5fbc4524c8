import re
from urllib.parse import urlencode

from odoo import api, models
from odoo.fields import Domain

from .client_map import PAGE
from .project_task_pages import ACTIVE

_NUMBER = r"-?[0-9]{1,3}(?:\.[0-9]{1,7})?"
_BOX = re.compile(rf"({_NUMBER}),({_NUMBER}),({_NUMBER}),({_NUMBER})")


class ResPartner(models.Model):
    """How the list of sites is searched, narrowed and sorted, how it is drawn, and how it reads as a file."""

    _inherit = "res.partner"

    @api.model
    def _client_searchbar(self):
        return {
            "default_sort": "name",
            "default_filter": "all",
            "sortings": {
                "name": {"label": self.env._("Name"), "order": "name, id"},
                "city": {"label": self.env._("Town"), "order": "city, name, id"},
            },
            "filters": {
                "all": {"label": self.env._("All sites"), "domain": []},
                "active": {"label": self.env._("With open jobs"), "domain": self._client_with_jobs()},
                "waiting": {
                    "label": self.env._("Waiting for you"),
                    "domain": self._client_with_jobs([("client_court", "=", "client")]),
                },
            },
        }

    @api.model
    def _client_with_jobs(self, domain=()):
        """Domain of sites with open jobs the user sees."""
        jobs = Domain("client_status", "in", ACTIVE) & Domain("client_site_id", "!=", False) & Domain(domain)
        return [("id", "in", self.env["project.task"]._search(jobs).subselect("client_site_id"))]

    @api.model
    def _client_list_domain(self, search, filterby, bar=None):
        return self._client_sites_domain() & super()._client_list_domain(search, filterby, bar)

    @api.model
    def _client_narrowings(self, query, client_ids):
        """A part of the map, once somebody has chosen one there."""
        fields = super()._client_narrowings(query, client_ids)
        box = self._client_typed_box(query.get("box"))
        if box:
            fields.append(
                {
                    "name": "box",
                    "label": self.env._("Map"),
                    "kind": "choice",
                    "value": query["box"],
                    "options": [{"value": query["box"], "label": self.env._("This part of the map")}],
                    "chip": self.env._("Part of the map"),
                    "domain": self._client_box_domain(box),
                }
            )
        return fields

    @api.model
    def _client_typed_box(self, text):
        """(south, west, north, east) in degrees as an address holds them, or None."""
        found = _BOX.fullmatch(str(text or ""))
        return tuple(map(float, found.groups())) if found else None

    @api.model
    def _client_box_domain(self, box):
        south, west, north, east = box
        tall = Domain("partner_latitude", ">=", south) & Domain("partner_latitude", "<=", north)
        left, right = Domain("partner_longitude", ">=", west), Domain("partner_longitude", "<=", east)
        return tall & (left & right if west <= east else left | right)

    @api.model
    def _client_map_places(self, domain, with_jobs=True, numbers=None):
        """Every site of ``domain`` that has a position, for a map; two queries whatever their number.

        :param dict numbers: see ``_client_job_numbers``, where the caller has them
        :return: [{'name', 'lat', 'lon', 'url', 'jobs', 'note', 'tone'}]
        """
        query = self._search(Domain(domain) & self._client_somewhere())
        columns = ("id", "name", "partner_latitude", "partner_longitude")
        rows = self.env.execute_query(query.select(*(self._field_to_sql(self._table, name, query) for name in columns)))
        if numbers is None:
            numbers = self._client_job_numbers(query) if rows and with_jobs else {}
        return [
            {
                "name": name,
                "lat": latitude,
                "lon": longitude,
                "url": self.browse(site_id)._client_url() if with_jobs else "",
                **self._client_job_state(numbers.get(site_id), with_jobs),
            }
            for site_id, name, latitude, longitude in rows
        ]

    @api.model
    def _client_list_map(self, places, total, kept):
        """The map of the list of sites, and how many of them it cannot show.

        :param list places: see ``_client_map_places``
        :param int total: number of sites in the list
        :param dict kept: what an address must carry to ask for the same list again
        """
        around = "/my/sites?" + urlencode({key: value for key, value in kept.items() if key != "box"})
        return {"drawn": self.env["client.map"]._values(places, PAGE, around), "nowhere": total - len(places)}

    @api.model
    def _client_somewhere(self):
        """Domain of sites whose position is known; 0, 0 is nowhere."""
        return Domain("partner_latitude", "!=", 0) | Domain("partner_longitude", "!=", 0)

    def _client_columns(self):
        """Columns of the list of sites as a file."""
        rows = {row["id"]: row for row in self._client_rows()}
        columns = [
            (self.env._("Site"), lambda site: site.name),
            (self.env._("Address"), lambda site: ", ".join(rows[site.id]["address"].split("\n"))),
            (self.env._("Open jobs"), lambda site: rows[site.id]["jobs"]),
            (self.env._("Next visit"), lambda site: rows[site.id]["visit"]),
        ]
        if len(self.env.user._client_members().client_id) > 1:
            columns.insert(0, (self.env._("Client"), lambda site: rows[site.id]["client"]))
        return columns
