"""Before a certificate lapses staff and client are told, once; by a scheduled action only."""

from odoo import api, models
from odoo.fields import Date
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.client_portal.models.client_told import Told

_lt = LazyTranslate(__name__)
_BATCH = 50


class ClientDocument(models.Model):
    _inherit = "client.document"

    _client_updates = {
        "certificate_lapses": Told(
            _lt("%(name)s lapses on %(day)s"),
            "warning",
            many=_lt("%(count)s certificates lapse soon"),
            family="documents",
        ),
    }

    @api.model
    def _cron_certificates(self):
        """Tell of what lapses soon."""
        self._remind_all("_lapsing", "_remind")

    @api.model
    def _remind_all(self, found_by, told_by):
        """Interrupted, it goes on where it was; run twice, it tells once.

        :param str found_by: method that gives so many of which nobody has been told
        :param str told_by: method that tells of one, once for the day it ends on
        """
        while documents := getattr(self, found_by)(_BATCH):
            for document in documents:
                document._lock()
                if document.reminded_until != document.valid_until:
                    document.reminded_until = document.valid_until
                    getattr(document, told_by)()
                if not self.env["ir.cron"]._commit_progress(1):
                    return

    def _tell_end(self, kind):
        """A line for the client of the day this ends."""
        updates = self.env["client.update"].sudo()  # nobody may write updates but what the suite does
        updates._append([self._client_update_vals(kind, {"day": self.valid_until.isoformat()})])

    @api.model
    def _lapsing(self, limit):
        """Certificates that count now, of which nobody has been told, and that no other one goes on from.

        :param int limit: so many at once
        """
        today = self.env["client.words"]._today()
        self.flush_model()
        found = self.env.execute_query(
            SQL(
                """
                SELECT d.id
                  FROM client_document d
                  JOIN client_certificate_kind k ON k.id = d.certificate_kind_id AND k.active
                 WHERE d.client_published IS TRUE AND d.client_only_user_id IS NULL
                   AND d.valid_until >= %(today)s AND d.expiring_from <= %(today)s
                   AND (d.valid_from IS NULL OR d.valid_from <= %(today)s)
                   AND d.reminded_until IS DISTINCT FROM d.valid_until
                   AND NOT EXISTS (
                        SELECT FROM client_document o
                         WHERE o.certificate_kind_id = d.certificate_kind_id AND o.client_site_id = d.client_site_id
                           AND o.client_published IS TRUE AND o.client_only_user_id IS NULL AND o.id != d.id
                           AND (k.per = 'site' OR (o.res_model = d.res_model AND o.res_id = d.res_id))
                           AND (o.valid_from IS NULL OR o.valid_from <= d.valid_until + 1)
                           AND (o.valid_until IS NULL OR o.valid_until > d.valid_until)
                       )
                 ORDER BY d.valid_until, d.id
                 LIMIT %(limit)s
                """,
                today=today,
                limit=limit,
            )
        )
        return self.browse(row[0] for row in found)

    def _remind(self):
        """An activity for staff, a line for the client, a mail to those who may ask for the next one."""
        self._call_staff()
        self._tell_end("certificate_lapses")
        self._mail_lapse()

    def _call_staff(self):
        user = self.certificate_kind_id.user_id.filtered("active") or self.create_uid
        user = user if user._is_internal() else self.env.user
        document = self.with_context(lang=user.lang or self.env.lang)
        names = {"kind": document.certificate_kind_id.name, "where": document._lapse_place()}
        document.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=document.env._("%(kind)s lapses: %(where)s", **names),
            user_id=user.id,
            date_deadline=self.valid_until,
        )

    def _lapse_place(self):
        """The asset, else the site."""
        asset = self.res_model == "client.asset" and self.env["client.asset"].browse(self.res_id).exists()
        return asset.name if asset else self.client_site_id.name

    def _mail_lapse(self):
        """A mail without a key to members who see it and may ask for work at the site."""
        members = self.client_id.client_member_ids.filtered(
            lambda member: not member.suspended
            and all(member.role_id._allows(what) for what in ("request", "see_documents", "see_jobs"))
            and member._covers(self)
        )
        for member in members:
            document = self.with_context(lang=member.user_id.lang)
            words = document.env["client.words"]
            names = {"name": self.name, "day": words._short(self.valid_until), "where": document._lapse_place()}
            document.message_notify(
                subject=document.env._("%(name)s lapses on %(day)s", **names),
                body=document.env["ir.qweb"]._render(
                    "client_portal_docs.lapse_mail", {**names, "url": f"{self.get_base_url()}/my/certificates"}
                ),
                partner_ids=member.partner_id.ids,
                author_id=(self.company_id or self.env.company).partner_id.id,
                email_layout_xmlid="mail.mail_notification_light",
            )


class ClientUpdate(models.Model):
    _inherit = "client.update"

    def _reader_values(self):
        values = super()._reader_values()
        if values.get("day"):
            values["day"] = self.env["client.words"]._short(Date.to_date(values["day"]))
        return values
