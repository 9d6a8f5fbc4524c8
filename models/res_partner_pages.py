from collections import defaultdict

from odoo import api, models
from odoo.fields import Datetime, Domain

from .project_task_pages import ACTIVE


class ResPartner(models.Model):
    """What the pages show of a site."""

    _inherit = "res.partner"

    _client_row_fields = ("name", "street", "city", "commercial_partner_id", "partner_latitude", "partner_longitude")

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
    def _client_sites_of(self, client_ids):
        """Domain of the clients' sites that the current user may see."""
        return Domain("is_client_site", "=", True) & Domain("commercial_partner_id", "in", list(client_ids))

    def _client_address(self):
        """The address as its country writes it, on lines, without the client's name."""
        site = self.sudo()  # country formats of a visible site
        lines = site._display_address(without_company=True).split("\n") if site else []
        own = site.country_id == self.env.company.sudo().country_id  # the operator's own country goes unsaid
        return "\n".join(line for line in lines if line.strip() and not (own and line == site.country_id.name))

    def _client_site_rows(self, with_jobs=True, numbers=None):
        """[{'id', 'title', 'detail', 'jobs', 'count', 'note', 'tone', 'url'}]; open jobs in one grouped query.

        :param dict numbers: see ``_client_job_numbers``, where the caller has them
        """
        if numbers is None:
            numbers = self._client_job_numbers(self.ids) if with_jobs and self else {}
        return [
            {
                "id": site.id,
                "title": site.name,
                "detail": ", ".join(part for part in (site.street, site.city) if part),
                "url": site._client_url() if with_jobs else "",
                **self._client_job_state(numbers.get(site.id), with_jobs),
            }
            for site in self
        ]

    def _client_rows(self):
        """Cards of the sites page: as ``_client_site_rows``, with the whole address and the next visit."""
        visits = self._client_next_visits()
        several = len(self.env.user._client_members().client_id) > 1
        owners = self.sudo().commercial_partner_id  # named for members of several clients
        owners.fetch(["name"])
        return [
            {
                **row,
                "client": site.sudo().commercial_partner_id.name if several else "",  # as above
                "address": site._client_address(),
                "visit": visits.get(site.id, ""),
            }
            for site, row in zip(self, self._client_site_rows(), strict=True)
        ]

    @api.model
    def _client_job_numbers(self, sites):
        """Open jobs by site, in one query.

        :param sites: ids, or a query for them
        :return: {site id: (open ones, those of them that wait for the client)}
        """
        groups = self.env["project.task"]._read_group(
            Domain("client_status", "in", ACTIVE) & Domain("client_site_id", "in", sites),
            ["client_site_id", "client_court"],
            ["__count"],
        )
        numbers = defaultdict(lambda: (0, 0))
        for site, court, count in groups:
            jobs, waiting = numbers[site.id]
            numbers[site.id] = jobs + count, waiting + (count if court == "client" else 0)
        return numbers

    @api.model
    def _client_job_state(self, numbers, with_jobs=True):
        """How things stand at a site, in words and a tone.

        :param numbers: (open jobs, waiting ones) or None
        :return: {'jobs', 'count', 'note', 'tone'}; 'note' also says whether something waits
        """
        jobs, waiting = numbers or (0, 0)
        count = self._client_jobs_note(jobs) if with_jobs else ""
        waits = self.env._("waiting for you") if waiting else ""
        tone = "warning" if waiting else "accent" if jobs else "muted"
        return {"jobs": jobs, "count": count, "note": self._client_details(count, waits), "tone": tone}

    @api.model
    def _client_jobs_note(self, count):
        if not count:
            return self.env._("no open jobs")
        return self.env._("1 open job") if count == 1 else self.env._("%s open jobs", count)

    def _client_next_visits(self):
        """{site id: when somebody comes next, in words}, in one query."""
        groups = self.env["project.task"]._read_group(
            Domain("client_site_id", "in", self.ids) & self._client_visits_ahead(),
            ["client_site_id"],
            ["client_visit_start:min"],
        )
        words = self.env["client.words"]
        return {site.id: words._visit(start, None) for site, start in groups}

    @api.model
    def _client_visits_ahead(self):
        """Domain of jobs with a visit that is not over."""
        now = Datetime.now()
        return Domain("client_status", "in", ACTIVE) & (
            Domain("client_visit_start", ">=", now) | Domain("client_visit_end", ">=", now)
        )
