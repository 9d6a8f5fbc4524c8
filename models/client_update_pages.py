"""The page of all updates: what it is narrowed by, and how one goes on to older ones."""

from urllib.parse import urlencode

from odoo import api, models
from odoo.fields import Datetime, Domain

SHOWN = 80  # lines of a page, as lists have rows
_CHOSEN = ("about", "site", "from", "to", "new")


class ClientUpdate(models.Model):
    _inherit = "client.update"

    @api.model
    def _client_feed_page(self, query, clients, kept=()):
        """Values of the page.

        :param dict query: what came with the address, trusted in no way
        :param clients: res.partner, the member's clients that are looked at
        :param dict kept: what every address of the page must carry on
        """
        fields = self._feed_narrowings(query, clients.ids)
        fresh = bool(query.get("new"))
        domain = Domain("client_id", "in", clients.ids) & Domain.AND(field["domain"] for field in fields)
        if fresh:
            domain &= self.env.user._client_new_domain("date") & self._client_by_others()
        feed = self._client_feed(domain, SHOWN, self._feed_typed_moment(query.get("before")))
        kept = {**dict(kept), **{f["name"]: f["value"] for f in fields if f["value"]}, **({"new": 1} if fresh else {})}
        older = feed["older"] and urlencode({**kept, "before": Datetime.to_string(feed["older"])})
        return {
            "days": self._client_days(feed["lines"]),
            "older": f"/my/updates?{older}" if older else "",
            "newest": f"/my/updates?{urlencode(kept)}" if query.get("before") else "",
            "fields": fields,
            "fresh": fresh,
            "narrowed": fresh or any(field["value"] for field in fields),
            "hidden": {name: value for name, value in kept.items() if name not in _CHOSEN},
        }

    @api.model
    def _feed_typed_moment(self, text):
        """A moment as an address holds it, or None."""
        try:
            return Datetime.to_datetime(str(text)[:19]) if text else None
        except ValueError:
            return None

    @api.model
    def _feed_narrowings(self, query, client_ids):
        """Fields above the feed; see ``client.shown._client_narrowings``."""
        shown = self.env["client.shown"]
        sites = self.env["res.partner"]._client_sites_of(client_ids)
        site = shown._client_choice(
            "site", self.env._("Site"), query, "res.partner", sites, lambda one: [("client_site_id", "=", one.id)]
        )
        return [self._feed_about(query), site, *shown._client_period(query, self._feed_between)]

    @api.model
    def _feed_between(self, first, last):
        return self.env["client.shown"]._client_between("date", first, last)

    @api.model
    def _feed_about(self, query):
        """What updates are about: the sections of the pages that the reader's roles open."""
        layout, user = self.env["client.layout"], self.env.user
        labels = layout._labels()
        sections = {
            page: labels[page]
            for page, _url, capability in layout._sections()
            if capability and user._client_can(capability) and self._feed_section_domain(page)
        }
        asked = query.get("about")
        value = asked if asked in sections else ""
        return {
            "name": "about",
            "label": self.env._("About"),
            "kind": "choice",
            "value": value,
            "options": [{"value": page, "label": label} for page, label in sections.items()],
            "chip": sections.get(value, ""),
            "domain": self._feed_section_domain(value) if value else Domain.TRUE,
        }

    @api.model
    def _feed_section_domain(self, section):
        """Domain of the updates of a section, None where nothing of it is ever told."""
        asked = Domain("kind", "=like", "request\\_%")
        if section == "requests":
            return asked
        pages = self.env["client.layout"]._pages_of(section)
        names = [name for name in self.env.registry if getattr(self.env[name], "_client_section", "") in pages]
        return Domain("res_model", "in", names) & ~asked if names else None


class ClientMember(models.Model):
    _inherit = "client.member"

    _client_section = "team"
