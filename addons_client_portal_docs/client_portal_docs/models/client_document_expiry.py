"""A shared document whose validity ends soon is news, once; certificates have rules of their own."""

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.client_portal.models.client_told import Told

_lt = LazyTranslate(__name__)


class ClientDocument(models.Model):
    _inherit = "client.document"

    _client_updates = {
        "document_expires": Told(
            _lt("%(name)s is valid until %(day)s"),
            "warning",
            many=_lt("%(count)s documents expire soon"),
            family="documents",
        ),
    }

    _ending = models.Index("(valid_until) WHERE certificate_kind_id IS NULL AND client_published IS TRUE")

    @api.model
    def _cron_certificates(self):
        """Other papers end, too."""
        super()._cron_certificates()
        self._remind_all("_ending_soon", "_tell_expiry")

    @api.model
    def _ending_soon(self, limit):
        """Documents that are valid now and not much longer, of which nobody has been told.

        :param int limit: so many at once
        """
        self.flush_model()
        found = self.env.execute_query(
            SQL(
                """
                SELECT d.id FROM client_document d
                  JOIN res_partner p ON p.id = d.client_id AND p.is_client IS TRUE
                 WHERE d.client_published IS TRUE AND d.certificate_kind_id IS NULL
                   AND d.valid_until >= %(today)s AND d.expiring_from <= %(today)s
                   AND (d.valid_from IS NULL OR d.valid_from <= %(today)s)
                   AND d.reminded_until IS DISTINCT FROM d.valid_until
              ORDER BY d.valid_until, d.id LIMIT %(limit)s
                """,
                today=self.env["client.words"]._today(),
                limit=limit,
            )
        )
        return self.browse(row[0] for row in found)

    def _tell_expiry(self):
        """A line for the client, and a to-do for whoever looks after what it belongs to."""
        self._tell_end("document_expires")
        user = self._client_responsible()
        if user:
            words = self.with_context(lang=user.lang or self.env.lang).env
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=words._("A client's document ends: %s", self.name),
                user_id=user.id,
                date_deadline=self.valid_until,
            )
