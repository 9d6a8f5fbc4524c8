"""A coming lapse becomes a request: one click, one request, whoever of the client clicks."""

import re

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.client_portal.models.client_gate import ClientNotFound
from odoo.addons.client_portal.models.client_request_form import TITLE_MAX

OVER = ("completed", "cancelled")
_NEED = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})\.([0-9]{1,18})")


class ProjectTask(models.Model):
    _inherit = "project.task"

    certificate_kind_id = fields.Many2one(
        "client.certificate.kind",
        string="Renews",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The certificate that is to be there when the job is done.",
    )


class ClientCertificateCoverage(models.Model):
    _inherit = "client.certificate.coverage"

    def _client_renewals(self):
        """What the client can do about rows (sudo): function of one row, gives {'ask', 'asked'}.

        'ask' names the row in a form, '' where nothing is to be asked; 'asked' is the request that was made already.
        """
        offers = {member: self._client_kinds_of_request(member) for member in self._client_askers()}
        open_jobs = self._client_open_renewals()

        def renewal(row):
            job = row.state != "current" and row._client_open_of(open_jobs)
            if job:
                return {"ask": "", "asked": {"label": job.client_request_number, "url": job._client_url()}}
            may = row.state != "current" and any(
                row._client_request_kind(kinds) and row._client_asker(member) for member, kinds in offers.items()
            )
            return {"ask": row._client_need() if may else "", "asked": None}

        return renewal

    def _client_need(self):
        """This row in a form: kind, site and asset."""
        return f"{self.kind_id.id}.{self.client_site_id.id}.{self.asset_id.id or 0}"

    @api.model
    def _client_askers(self):
        members = self.env["client.member"].sudo(False)  # the user's own
        return members._client_requesters()

    @api.model
    def _client_kinds_of_request(self, member):
        return member._client_request_types()

    def _client_asker(self, member):
        """Whether a membership may ask for this row's certificate."""
        return member.client_id == self.client_id and member._covers(self.client_site_id)

    def _client_request_kind(self, offered):
        """The kind of request a renewal becomes, of those that are offered."""
        wanted = self.kind_id.request_type_id
        return wanted & offered if wanted else offered[:1]

    def _client_open_renewals(self):
        """Open requests for the certificates of rows, as the user sees them (sudo)."""
        tasks = self.env["project.task"].sudo(False)  # to ask for the user's own rules
        kinds, sites = Domain("certificate_kind_id", "in", self.kind_id.ids), self.client_site_id.ids
        going = kinds & Domain("client_site_id", "in", sites) & Domain("client_status", "not in", OVER)
        return tasks.sudo().search(tasks._client_visible_domain() & going)  # those rules are part of it

    def _client_open_of(self, jobs):
        """The open request for one row."""
        mine = jobs.filtered(lambda job: job.certificate_kind_id == self.kind_id)
        mine = mine.filtered(lambda job: job.client_site_id == self.client_site_id)
        return mine.filtered(lambda job: not self.asset_id or self.asset_id in job.client_asset_ids)[:1]

    @api.model
    def _client_row(self, need):
        """The row (sudo) that a form names.

        :param str need: see ``_client_need``; trusted in no way
        :raise ClientNotFound: there is none, or it is at a site the user does not see
        """
        found = _NEED.fullmatch(need or "")
        kind, site, asset = map(int, found.groups()) if found else (0, 0, 0)
        partners = self.env["res.partner"]
        here = partners.search(partners._client_certified_domain() & Domain("id", "=", site)) if found else partners
        rows = self._client_of(here) if here else self.browse()
        row = rows.filtered(lambda one: one.kind_id.id == kind and one.asset_id.id == (asset or False))
        if not row:
            raise ClientNotFound()
        return row

    def _client_renew(self):
        """Ask for the next certificate of this row (sudo), once: who comes second gets the first one's request.

        :return: project.task (sudo)
        :raise ClientNotFound: no role of the user's asks for work here
        :raise RequestRefused: the kind of request wants to know more
        """
        self.ensure_one()
        self._client_alone()
        job = self._client_open_of(self._client_open_renewals())
        if job:
            return job
        member, kind = self._client_renewed_by()
        job = member._client_raise(kind, self._client_renewal_form(), self.env["ir.attachment"])
        job.certificate_kind_id = self.kind_id
        return job

    def _client_alone(self):
        """Let whoever asks for the same at this moment wait."""
        key = f"client_portal.renewal.{self._client_need()}"
        self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [key])

    def _client_renewed_by(self):
        """(member, kind of request) that ask for this row's certificate."""
        for member in self._client_askers():
            kind = self._client_request_kind(member._client_request_types())
            if kind and self._client_asker(member):
                return member, kind
        raise ClientNotFound()

    def _client_renewal_form(self):
        """What a member would type into the form; see ``client.request.form``."""
        where = self.asset_id.name or self.client_site_id.name
        words = self._client_item()
        title = self.env._("%(certificate)s: renewal for %(where)s", certificate=self.kind_id.name, where=where)
        return {
            "title": title[:TITLE_MAX],
            "text": self.env._("Please renew this certificate: %s.", words["badge"]["label"]),
            "site": str(self.client_site_id.id),
            "asset": str(self.asset_id.id or ""),
            "dates": [],
            "urgency": "normal",
            "only": "",
            "key": "",
            "staged": [],
            "names": [],
        }

    def _client_renewal_url(self):
        """The form of the request, with all of it that can be filled in."""
        member, kind = self._client_renewed_by()
        url = kind._client_url(member)
        place = f"site={self.client_site_id.id}&asset={self.asset_id.id or ''}"
        return f"{url}{'&' if '?' in url else '?'}{place}"
