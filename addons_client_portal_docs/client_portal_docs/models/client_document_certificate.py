"""A document that is a certificate of a kind: for how long it counts, and for what."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ClientDocument(models.Model):
    _inherit = "client.document"

    certificate_kind_id = fields.Many2one(
        "client.certificate.kind",
        string="Certificate of",
        index="btree_not_null",
        tracking=True,
        ondelete="restrict",
        help="Counts for the site it belongs to, or for the asset where each asset needs one of its own.",
    )
    reminded_until = fields.Date(
        "Reminded of", readonly=True, copy=False, help="Of which last day staff and client have been told."
    )

    _coverage = models.Index(
        "(client_site_id, certificate_kind_id, valid_from)"
        " WHERE certificate_kind_id IS NOT NULL AND client_published IS TRUE"
    )
    _lapsing = models.Index("(valid_until) WHERE certificate_kind_id IS NOT NULL AND client_published IS TRUE")

    @api.depends("certificate_kind_id.lead_days")
    def _compute_expiring_from(self):
        """A kind of certificate says when, else the category."""
        certificates = self.filtered("certificate_kind_id")
        for document in certificates:
            lead = relativedelta(days=document.certificate_kind_id.lead_days)
            document.expiring_from = document.valid_until and document.valid_until - lead
        super(ClientDocument, self - certificates)._compute_expiring_from()

    @api.onchange("certificate_kind_id")
    def _onchange_certificate_kind_id(self):
        self._onchange_valid_from()

    @api.onchange("category_id", "valid_from")
    def _onchange_valid_from(self):
        months = self.certificate_kind_id.valid_months
        if months and self.valid_from and not self.valid_until:
            self.valid_until = self.valid_from + relativedelta(months=months, days=-1)
        return super()._onchange_valid_from()

    @api.constrains("certificate_kind_id", "res_model", "client_site_id", "valid_from", "valid_until")
    def _check_certificate(self):
        for document in self.filtered("certificate_kind_id"):
            first, last = document.valid_from, document.valid_until
            if document.certificate_kind_id.per == "asset" and document.res_model != "client.asset":
                raise ValidationError(
                    self.env._("“%s” is needed for each asset: say which one.", document.certificate_kind_id.name)
                )
            if not document.client_site_id:
                raise ValidationError(self.env._("A certificate belongs to a site, or to something that is at a site."))
            if document.res_model in ("sale.order", "account.move"):
                raise ValidationError(self.env._("A certificate belongs to a job, an asset or a site."))
            if first and last and first > last:
                raise ValidationError(self.env._("The last day it is valid comes before the first one."))

    @api.model
    def _certificate_domain(self, on):
        """Certificates valid on a day.

        :param date on: which
        """
        begun = Domain("valid_from", "=", False) | Domain("valid_from", "<=", on)
        lasts = Domain("valid_until", "=", False) | Domain("valid_until", ">=", on)
        return Domain("certificate_kind_id", "!=", False) & begun & lasts
