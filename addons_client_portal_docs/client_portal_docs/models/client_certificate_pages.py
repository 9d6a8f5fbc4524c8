"""What the pages show of certificates: the matrix of sites and kinds, and one site's part of it."""

from odoo import api, models
from odoo.fields import Domain

_TONES = {"current": "success", "expiring": "warning", "lapsed": "danger", "missing": "danger"}
_WORST = ("missing", "lapsed", "expiring", "current")
_READ = (
    "kind_id",
    "client_id",
    "client_site_id",
    "asset_id",
    "document_id",
    "state",
    "valid_until",
    "gap_from",
    "gap_until",
    "next_from",
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _client_certified_domain(self):
        """Sites of which the user sees jobs and documents: with less they would read of gaps that are none."""
        clients, sites = self.env.user._client_scope()["scope"]["portal_documents"]
        seen = Domain("commercial_partner_id", "in", clients) | Domain("id", "in", sites)
        return self._client_sites_domain() & seen

    def _client_site_extras(self):
        rows = self._client_certificate_rows()
        card = [{"template": "client_portal_docs.certificates_extra", "rows": rows}] if rows else []
        return [*super()._client_site_extras(), *card]

    def _client_certificate_rows(self):
        """Certificates of one site, or nothing where none are needed or one may not see them."""
        if not self.env.user._client_can("see_documents", self):
            return []
        coverage = self.env["client.certificate.coverage"]._client_of(self)
        return [item for _kind, items in sorted(coverage._client_items().items(), key=_by_kind) for item in items]


class ClientCertificateCoverage(models.Model):
    _inherit = "client.certificate.coverage"

    @api.model
    def _client_of(self, sites):
        """Rows (sudo) of sites the user sees."""
        return self.sudo().search_fetch([("client_site_id", "in", sites.ids)], _READ)  # of sites the user sees

    @api.model
    def _client_any(self, client=None):
        """Whether a site of the user's needs any certificate.

        :param client: res.partner, or all of them
        """
        if not (self.env.user._client_can("see_documents") and self.env.user._client_can("see_jobs")):
            return False
        partners = self.env["res.partner"]
        sites = partners._client_certified_domain() & _of(client)
        return bool(self.sudo().search([("client_site_id", "in", partners._search(sites))], limit=1))  # that is all

    @api.model
    def _client_matrix(self, client, page, step):
        """The page of certificates: every site beside every kind.

        :param client: res.partner, or all of the user's
        :param int page: asked for, trusted in no way
        :param int step: sites of a page
        :return: {'kinds': [name], 'rows': [{'title', 'url', 'detail', 'cells': [{'kind', 'items'}]}],
            'total', 'counts': badges}
        """
        partners = self.env["res.partner"]
        needing = Domain("id", "in", self.sudo()._search([]).subselect("client_site_id"))  # narrowed just below
        domain = partners._client_certified_domain() & _of(client) & needing
        total = partners.search_count(domain)
        offset = (max(1, min(page, -(-total // step))) - 1) * step if total else 0
        sites = partners.search_fetch(domain, ["name"], order="name, id", limit=step, offset=offset)
        coverage = self._client_of(sites)
        items, kinds = coverage._client_items(), coverage.kind_id.sorted()
        several = len(self.env.user._client_members().client_id) > 1
        owners = {row.client_site_id.id: row.client_id.name for row in coverage} if several else {}
        return {
            "kinds": kinds.mapped("name"),
            "rows": [
                {
                    "title": site.name,
                    "detail": owners.get(site.id, ""),
                    "url": site._client_url(),
                    "cells": [{"kind": kind.name, "items": items.get((site.id, kind), [])} for kind in kinds],
                }
                for site in sites
            ],
            "total": total,
            "counts": self._client_counts(coverage),
        }

    @api.model
    def _client_counts(self, coverage):
        """[{'label', 'tone'}]: how many are lapsed, expiring, current."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        by_state = coverage.grouped("state")
        return [
            {"label": f"{len(by_state[state])} · {labels[state]}", "tone": _TONES[state]}
            for state in _WORST
            if state in by_state
        ]

    def _client_items(self):
        """{(site id, kind): what its cell shows, worst first}; the same queries whatever the number of rows (sudo)."""
        documents = self.env["client.document"].sudo(False)  # as the user sees them
        seen = documents.search([("id", "in", self.document_id.ids)])
        renewal = self._client_renewals()
        items = {}
        for row in self.sorted(lambda one: (_WORST.index(one.state), one.asset_id.name or "")):
            url = row.document_id._client_url() if row.document_id.id in seen.ids else ""
            item = {**row._client_item(), "url": url, **renewal(row)}
            items.setdefault((row.client_site_id.id, row.kind_id), []).append(item)
        return items

    def _client_item(self):
        """{'title', 'detail', 'badge', 'notes', 'none'} of one row (sudo)."""
        words = self.env["client.words"]
        until = words._short(self.valid_until)
        labels = {
            "current": self.env._("valid until %s", until) if until else self.env._("valid"),
            "expiring": self.env._("lapses %s", until),
            "lapsed": self.env._("lapsed %s", until),
            "missing": self.env._("none yet"),
        }
        notes = []
        if self.gap_from:
            days = {"first": words._short(self.gap_from), "last": words._short(self.gap_until)}
            notes.append(self.env._("No valid one from %(first)s to %(last)s", **days))
        if self.next_from and not self.gap_from:
            notes.append(self.env._("The next one begins %s", words._short(self.next_from)))
        return {
            "title": self.kind_id.name,
            "detail": self.asset_id.name or "",
            "badge": {"label": labels[self.state], "tone": _TONES[self.state]},
            "notes": notes,
            "none": self.state == "missing",
        }


class ClientLayout(models.AbstractModel):
    _inherit = "client.layout"

    @api.model
    def _values(self, page="", client=None, company=None):
        """The pages of sites lead to the certificates, where there are any to show."""
        values = super()._values(page, client, company)
        if page == "sites":
            values["has_certificates"] = self.env["client.certificate.coverage"]._client_any(client)
        return values


def _of(client):
    return Domain("commercial_partner_id", "=", client.id) if client else Domain.TRUE


def _by_kind(entry):
    (_site, kind), _items = entry
    return kind.sequence, kind.name, kind.id
