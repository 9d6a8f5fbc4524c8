from odoo import api, fields, models
from odoo.tools import SQL

STATES = [
    ("current", "Current"),
    ("expiring", "Expiring"),
    ("lapsed", "Lapsed"),
    ("missing", "None yet"),
]
_BEFORE, _AFTER = "0001-01-01", "9999-12-31"  # without a first or last day
_GAP_DAYS = 365  # how long ago a gap may have ended and still be spoken of


class ClientCertificateCoverage(models.Model):
    """For each site or asset and each kind of certificate it needs: is there a valid one, until when, since when not.

    Nothing of it is stored: it is a query over the documents, made for the reader's own day. What counts is what the
    client sees, so that staff and client read the same.
    """

    _name = "client.certificate.coverage"
    _description = "Coverage by certificates"
    _auto = False
    _order = "client_site_id, kind_id, id"
    _rec_name = "kind_id"

    kind_id = fields.Many2one("client.certificate.kind", string="Certificate", readonly=True)
    client_id = fields.Many2one("res.partner", readonly=True)
    client_site_id = fields.Many2one("res.partner", string="Site", readonly=True)
    asset_id = fields.Many2one("client.asset", readonly=True)
    document_id = fields.Many2one("client.document", string="Last certificate", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    valid_until = fields.Date(readonly=True, help="Last day without a break, of the present or of the last one.")
    days = fields.Integer("Days left", readonly=True, aggregator="min", help="Below zero: lapsed so many days ago.")
    gap_from = fields.Date("None valid from", readonly=True)
    gap_until = fields.Date("None valid to", readonly=True)
    next_from = fields.Date("Next begins", readonly=True)

    @property
    def _table_query(self):
        today = SQL("%s::date", self.env["client.words"]._today())
        return SQL(
            """
            SELECT n.kind_id::int8 * 4294967296 + n.holder_id * 2 + n.per_asset AS id,
                   n.kind_id, n.client_id, n.client_site_id, n.asset_id, l.document_id,
                   CASE WHEN c.last_day > %(today)s + n.lead_days THEN 'current'
                        WHEN c.last_day IS NOT NULL THEN 'expiring'
                        WHEN c.lapsed_on IS NOT NULL THEN 'lapsed'
                        ELSE 'missing' END AS state,
                   NULLIF(COALESCE(c.last_day, c.lapsed_on), %(after)s) AS valid_until,
                   NULLIF(COALESCE(c.last_day, c.lapsed_on), %(after)s) - %(today)s AS days,
                   c.gap_from, c.gap_until, c.next_from
              FROM (%(needs)s) n
              LEFT JOIN LATERAL (%(covers)s) c ON TRUE
              LEFT JOIN LATERAL (%(last)s) l ON TRUE
            """,
            today=today,
            after=_AFTER,
            needs=SQL(" UNION ALL ").join((self._sites_needing(), self._assets_needing())),
            covers=self._covers(today),
            last=self._last(today),
        )

    @api.model
    def _sites_needing(self):
        return SQL(
            """
            SELECT k.id AS kind_id, s.id AS holder_id, 0 AS per_asset, s.commercial_partner_id AS client_id,
                   s.id AS client_site_id, NULL::int4 AS asset_id, k.lead_days
              FROM client_certificate_kind k
              JOIN res_partner s ON s.is_client_site AND s.active AND %(chosen)s
             WHERE k.active AND k.per = 'site'
            """,
            chosen=self._chosen(SQL("s.commercial_partner_id"), SQL("s.id")),
        )

    @api.model
    def _assets_needing(self):
        return SQL(
            """
            SELECT k.id, a.id, 1, a.client_id, a.client_site_id, a.id, k.lead_days
              FROM client_certificate_kind k
              JOIN client_asset a ON a.client_published IS TRUE AND a.client_site_id IS NOT NULL AND %(chosen)s
                   AND %(kinds)s
             WHERE k.active AND k.per = 'asset'
            """,
            chosen=self._chosen(SQL("a.client_id"), SQL("a.client_site_id")),
            kinds=self._one_of("client_certificate_kind_asset_rel", "client_asset_kind_id", SQL("a.kind_id")),
        )

    @api.model
    def _chosen(self, client, site):
        """Whether a kind is needed at a site."""
        return SQL(
            "%s AND %s",
            self._one_of("client_certificate_kind_client_rel", "res_partner_id", client),
            self._one_of("client_certificate_kind_site_rel", "res_partner_id", site),
        )

    @api.model
    def _one_of(self, relation, column, value):
        """Whether a value is among those a kind names; a kind that names none means all."""
        named = SQL("SELECT 1 FROM %s r WHERE r.client_certificate_kind_id = k.id", SQL.identifier(relation))
        return SQL(
            "(NOT EXISTS (%(named)s) OR EXISTS (%(named)s AND r.%(column)s = %(value)s))",
            named=named,
            column=SQL.identifier(column),
            value=value,
        )

    @api.model
    def _certificates(self):
        """The certificates that count for a need ``n``."""
        return SQL(
            """
            client_document d
             WHERE d.certificate_kind_id = n.kind_id AND d.client_site_id = n.client_site_id
               AND d.client_published IS TRUE AND d.client_only_user_id IS NULL
               AND (n.asset_id IS NULL OR (d.res_model = 'client.asset' AND d.res_id = n.asset_id))
               AND (d.company_id IS NULL OR d.company_id IN %s)
            """,
            tuple(self.env.companies.ids),
        )

    @api.model
    def _covers(self, today):
        """Days covered without a break, as spans; of them the present one, the last one before, gaps between them."""
        return SQL(
            """
            SELECT max(last) FILTER (WHERE first <= %(today)s AND last >= %(today)s) AS last_day,
                   max(last) FILTER (WHERE last < %(today)s) AS lapsed_on,
                   min(first) FILTER (WHERE first > %(today)s) AS next_from,
                   max(before + 1) FILTER (WHERE first > %(today)s - %(gap)s) AS gap_from,
                   max(first - 1) FILTER (WHERE before IS NOT NULL AND first > %(today)s - %(gap)s) AS gap_until
              FROM (
                    SELECT min(first) AS first, max(last) AS last, lag(max(last)) OVER (ORDER BY min(first)) AS before
                      FROM (
                            SELECT first, last, sum(begins) OVER (ORDER BY first, last DESC, id) AS span
                              FROM (
                                    SELECT t.*, COALESCE(first > 1 + max(last) OVER (ORDER BY first, last DESC, id
                                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), TRUE)::int AS begins
                                      FROM (
                                            SELECT d.id, COALESCE(d.valid_from, %(before)s) AS first,
                                                   COALESCE(d.valid_until, %(after)s) AS last
                                              FROM %(certificates)s
                                           ) t
                                   ) b
                           ) s
                     GROUP BY span
                   ) spans
            """,
            today=today,
            gap=_GAP_DAYS,
            before=_BEFORE,
            after=_AFTER,
            certificates=self._certificates(),
        )

    @api.model
    def _last(self, today):
        """The certificate that counts now, or the last one that did."""
        return SQL(
            """
            SELECT d.id AS document_id
              FROM %s
               AND (d.valid_from IS NULL OR d.valid_from <= %s)
             ORDER BY d.valid_until DESC NULLS FIRST, d.id DESC
             LIMIT 1
            """,
            self._certificates(),
            today,
        )

    def action_client_open(self):
        """Open the last certificate."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "client.document",
            "res_id": self.document_id.id,
            "views": [(False, "form")],
        }

    def action_client_renewal(self):
        """A new job for the next certificate, filled in."""
        self.ensure_one()
        self.check_access("read")
        self.env["project.task"].check_access("create")
        kind, where = self.kind_id, self.asset_id.name or self.client_site_id.name
        title = self.env._("%(certificate)s: renewal for %(where)s", certificate=kind.name, where=where)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Renewal"),
            "res_model": "project.task",
            "views": [(False, "form")],
            "context": {
                "default_name": title,
                "default_project_id": kind.request_type_id.project_id.id,
                "default_partner_id": self.client_id.id,
                "default_client_site_id": self.client_site_id.id,
                "default_client_asset_ids": self.asset_id.ids,
                "default_certificate_kind_id": kind.id,
            },
        }
