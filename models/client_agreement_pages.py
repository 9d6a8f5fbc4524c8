"""What the pages show of an agreement."""

from odoo import api, models
from odoo.fields import Domain

VISITS_SHOWN = 10


class ClientAgreement(models.Model):
    _inherit = "client.agreement"

    _client_row_fields = ("client_id", "client_site_id", "company_id", "name", "date_start", "date_end")

    def _client_state(self):
        """'coming', 'running' or 'ended', by the reader's date."""
        today = self.env["client.words"]._today()
        if self.date_end and self.date_end < today:
            return "ended"
        return "coming" if self.date_start > today else "running"

    def _client_badge(self):
        words = {
            "coming": {"label": self.env._("Not begun yet"), "tone": "info"},
            "running": {"label": self.env._("Running"), "tone": "success"},
            "ended": {"label": self.env._("Ended"), "tone": "muted"},
        }
        return words[self._client_state()]

    def _client_period(self):
        """'1 Jan – 31 Dec', 'since 1 Jan' or 'from 1 Jan'."""
        words = self.env["client.words"]
        if self.date_end:
            return words._span(self.date_start, self.date_end)
        start = words._short(self.date_start)
        known = {"coming": self.env._("from %s", start)}
        return known.get(self._client_state()) or self.env._("since %s", start)

    def _client_rows(self):
        words, places, coming = self.env["client.words"], self._client_agreement_places(), self._client_next_visits()
        return [
            {
                "id": agreement.id,
                "url": agreement._client_url(),
                "title": agreement.name,
                "detail": self._client_details(places[agreement.id], agreement._client_period()),
                "badge": agreement._client_badge(),
                "note": coming.get(agreement.id)
                and self.env._("next visit: %s", words._day(words._local(coming[agreement.id]).date())),
            }
            for agreement in self
        ]

    def _client_agreement_places(self):
        """{agreement id: where it holds}: the sites the member sees, for members of several clients also whose."""
        known = self.sudo()  # of visible agreements: their sites, narrowed to those the member sees
        seen = self.env["res.partner"].search_fetch([("id", "in", known.site_ids.ids)], ["name"])
        several = len(self.env.user._client_members().client_id) > 1
        known.client_id.fetch(["name"])
        places = {}
        for agreement in known:
            sites = ", ".join((agreement.site_ids & seen).sorted("name").mapped("name"))
            owner = agreement.client_id.name if several else ""
            places[agreement.id] = self._client_details(owner, sites or self.env._("All sites"))
        return places

    def _client_next_visits(self):
        """{agreement id: start of its next visit the member sees}, in two queries whatever the number."""
        jobs, known = self.env["project.task"], self.sudo()  # where the work of visible agreements is
        coming = Domain(self.env["client.calendar"]._when("coming")[0]) & jobs._client_visible_domain()
        found = {}
        for field, work in (("sale_order_id", known.order_id), ("project_id", known.project_id)):
            groups = jobs.sudo()._read_group(  # the user's rules are part of the domain
                coming & Domain(field, "in", work.ids), [field, "client_site_id"], ["client_visit_start:min"]
            )
            for place, site, start in groups:
                found.setdefault((place, site), start)
        visits = {}
        for agreement in known:
            starts = [
                start
                for (place, site), start in found.items()
                if place in (agreement.order_id, agreement.project_id)
                and (not site or not agreement.site_ids or site in agreement.site_ids)
            ]
            if starts:
                visits[agreement.id] = min(starts)
        return visits

    # ------------------------------------------------------------------- one of them

    def _client_facts(self):
        """Values of the agreement's page."""
        self.ensure_one()
        lines = self._client_covered()
        return {
            "id": self.id,
            "title": self.name,
            "summary": self.client_summary,
            "badge": self._client_badge(),
            "lines": lines,
            "priced": any(line["price"] for line in lines),
            "coming": self._client_visit_days("coming"),
            "past": self._client_visit_days("past"),
            "jobs_url": f"/my/jobs?agreement={self.id}",
            "asks": self._client_asks(),
            "audience": self._client_audience_card(),
            "facts": self._client_fact_list(),
        }

    def _client_fact_list(self):
        agreement = self.sudo()  # behind the gate: names; order and project are looked up as the user
        order = self.env["sale.order"].search([("id", "=", agreement.order_id.id)]) if agreement.order_id else None
        project = agreement.project_id
        project = self.env["project.project"].search([("id", "=", project.id)]) if project else None
        return [
            {"label": self.env._("Period"), "value": self._client_period()},
            {"label": self.env._("Sites"), "value": self._client_agreement_places()[self.id]},
            {
                "label": self.env._("Order"),
                "value": order and order.name,
                "url": order and order._client_url(),
            },
            {
                "label": self.env._("Project"),
                "value": project and project.client_name,
                "url": project and project._client_url(),
            },
            {"label": self.env._("With"), "value": agreement.company_id.name},
        ]

    def _client_covered(self):
        """What it covers: [{'name', 'quantity', 'site', 'price'}]; nothing of sites the member does not see."""
        words, agreement = self.env["client.words"], self.sudo()  # behind the gate: names and quantities
        sites = self.env["res.partner"].search_fetch([("id", "in", agreement.line_ids.site_id.ids)], ["name"])
        priced = self._client_prices_shown()
        return [
            {
                "name": line.name,
                "quantity": words._quantity(line.quantity, line.uom_id),
                "site": line.site_id.name or "",
                "price": words._amount(line.order_line_id.price_subtotal, line.order_line_id.currency_id)
                if priced and line.order_line_id.order_id == agreement.order_id
                else "",
            }
            for line in agreement.line_ids
            if not line.site_id or line.site_id in sites
        ]

    def _client_prices_shown(self):
        """Whether staff show prices, and the member sees the order they stand in."""
        agreement = self.sudo()  # behind the gate: a switch, and the order, which is looked up as the user
        order = agreement.show_prices and agreement.order_id
        return bool(order) and bool(self.env["sale.order"].search_count([("id", "=", order.id)]))

    def _client_visit_days(self, when):
        """Visits of the agreement's jobs the member sees, by day; see ``client.calendar._days``."""
        jobs = self.env["project.task"]
        inside = jobs.sudo()._search(self._client_jobs_domain())  # AND-ed with the user's rules
        return self.env["client.calendar"]._days(Domain("id", "in", inside), when, VISITS_SHOWN)

    @api.model
    def _client_running(self, domain, limit):
        """Agreements that run, for a card: [{'url', 'title', 'detail'}]."""
        running = Domain(self._client_searchbar()["filters"]["running"]["domain"])
        found = self._client_find(Domain(domain) & running, "date_start desc, id desc", limit)
        return [{"url": one._client_url(), "title": one.name, "detail": one._client_period()} for one in found]

    # ------------------------------------------------------------------- the list

    @api.model
    def _client_searchbar(self):
        today = self.env["client.words"]._today()
        standing = ["|", ("date_end", "=", False), ("date_end", ">=", today)]
        return {
            "default_sort": "newest",
            "default_filter": "running",
            "sortings": {
                "newest": {"label": self.env._("Newest first"), "order": "date_start desc, id desc"},
                "name": {"label": self.env._("Name"), "order": "name, id desc"},
                "end": {"label": self.env._("End date"), "order": "date_end nulls last, id desc"},
            },
            "filters": {
                "running": {"label": self.env._("Running and to come"), "domain": standing},
                "ended": {"label": self.env._("Ended"), "domain": [("date_end", "<", today)]},
                "all": {"label": self.env._("All agreements"), "domain": []},
            },
        }

    @api.model
    def _client_narrowings(self, query, client_ids):
        sites = [("is_client_site", "=", True), ("commercial_partner_id", "in", client_ids)]
        return [
            *super()._client_narrowings(query, client_ids),
            self._client_choice("site", self.env._("Site"), query, "res.partner", sites, self._client_at),
        ]

    @api.model
    def _client_at(self, site):
        """Domain of the agreements that hold at a site."""
        owner = site.sudo().commercial_partner_id.id  # only compared
        here = [("client_id", "=", owner), "|", ("site_ids", "=", False), ("site_ids", "in", site.ids)]
        return [("id", "in", self.sudo()._search(here))]  # AND-ed with the user's rules

    def _client_columns(self):
        places = self._client_agreement_places()
        return [
            (self.env._("Agreement"), lambda agreement: agreement.name),
            (self.env._("Sites"), lambda agreement: places[agreement.id]),
            (self.env._("From"), lambda agreement: agreement.date_start),
            (self.env._("Until"), lambda agreement: agreement.date_end or None),
            (self.env._("State"), lambda agreement: agreement._client_badge()["label"]),
        ]
