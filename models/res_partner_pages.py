from odoo import api, models

from .project_task_pages import ACTIVE


class ResPartner(models.Model):
    """What the pages show of a site."""

    _inherit = "res.partner"

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Stock puts the employer before a person, in sudo: a colleague may work for another client.

        And it adds e-mail, address or tax number where the caller's context asks for them: also of an author
        whom one may not read.
        """
        if not self.env.user._is_client_governed():
            return super()._compute_display_name()
        plain = self.with_context(**dict.fromkeys(self._client_name_options(), False))
        super(ResPartner, plain)._compute_display_name()
        mine = self.env.user._client_members().client_id
        for partner, bare, card in zip(self, plain, self.sudo(), strict=True):  # reason: names only
            elsewhere = card.parent_id and card.commercial_partner_id not in mine
            partner.display_name = card.name if elsewhere else bare.display_name

    @api.model
    def _client_name_options(self):
        """Keys of the context that make a display name longer, whichever module knows them."""
        depends = self.env.registry.field_depends_context[self._fields["display_name"]]
        return set(depends) - {"uid", "lang", "company"}

    @api.model
    def _client_sites(self, client_ids):
        """Sites of the clients that the current user may see, by name."""
        return self.search_fetch(
            [("is_client_site", "=", True), ("commercial_partner_id", "in", list(client_ids))],
            ["name", "street", "city"],
            order="name, id",
        )

    def _client_address(self):
        """The address as its country writes it, on lines, without the client's name."""
        site = self.sudo()  # country formats of a visible site
        lines = site._display_address(without_company=True).split("\n") if site else []
        own = site.country_id == self.env.company.sudo().country_id  # the operator's own country goes unsaid
        return "\n".join(line for line in lines if line.strip() and not (own and line == site.country_id.name))

    def _client_site_rows(self, with_jobs=True):
        """[{'id', 'title', 'detail', 'jobs', 'url'}]; open jobs in one grouped query."""
        counts = {}
        if with_jobs and self:
            domain = [("client_site_id", "in", self.ids), ("client_status", "in", ACTIVE)]
            counts = dict(self.env["project.task"]._read_group(domain, ["client_site_id"], ["__count"]))
        return [
            {
                "id": site.id,
                "title": site.name,
                "detail": ", ".join(part for part in (site.street, site.city) if part),
                "jobs": counts.get(site, 0),
                "note": self._client_jobs_note(counts.get(site, 0)) if with_jobs else "",
                "url": f"/my/jobs?site={site.id}" if with_jobs else "",
            }
            for site in self
        ]

    def _client_site_cards(self):
        """Rows of the sites page: as ``_client_site_rows``, with the whole address."""
        rows = self._client_site_rows()
        return [{**row, "address": site._client_address()} for site, row in zip(self, rows, strict=True)]

    @api.model
    def _client_jobs_note(self, count):
        if not count:
            return self.env._("no open jobs")
        return self.env._("1 open job") if count == 1 else self.env._("%s open jobs", count)
