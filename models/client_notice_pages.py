"""Notices on the workspace: which stand for the reader, and how they put one away."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .client_gate import ClientNotFound

SHOWN = 5


class ClientNotice(models.Model):
    _inherit = "client.notice"

    @api.model
    def _client_standing(self, client):
        """Notices that stand for the reader today, most important first; one query.

        :param client: res.partner, the one client looked at
        :return: [{'title', 'text', 'day', 'tone', 'asks', 'url'}]
        """
        words = self.env["client.words"]
        members = self.env.user._client_members().filtered(lambda member: member.client_id.id == client.id)
        notices = self.sudo()  # nobody reads the table; what stands for one's own memberships
        found = notices.search(self._standing_domain(members), order="tone desc, date_from desc, id desc", limit=SHOWN)
        return [
            {
                "title": notice.name,
                "text": notice.body,
                "day": words._day(notice.date_from),
                "tone": notice.tone,
                "asks": notice.asks,
                "url": f"/my/notices/{notice.id}",
            }
            for notice in found
        ]

    @api.model
    def _standing_domain(self, members):
        """Notices that stand today for any of these memberships.

        :param members: client.member, the reader's own
        """
        today = self.env["client.words"]._today()
        begun = Domain("published", "=", True) & Domain("date_from", "<=", today)
        begun &= Domain("date_to", "=", False) | Domain("date_to", ">=", today)
        return begun & Domain.OR(self._addressed_domain(member) for member in members)

    @api.model
    def _addressed_domain(self, member):
        """Notices for one member which they have not put away."""
        mine = Domain("client_id", "in", [False, member.client_id.id])
        mine &= Domain("role_id", "in", [False, member.role_id.id])
        mine &= Domain("company_id", "in", [False, *member.client_id.client_company_ids.ids])
        if not member.all_sites:
            mine &= Domain("site_id", "in", [False, *member.site_ids.ids])
        return mine & ~Domain("reading_ids", "any", [("member_id", "=", member.id)])

    @api.model
    def _client_put_away(self, notice_id, acknowledged):
        """The reader has read a notice.

        :param int notice_id: id from an address, trusted in no way
        :param bool acknowledged: whether they said so; one that asks for that stands until they do
        :raise ClientNotFound: it does not stand for them, or asks to be acknowledged and is only put away
        """
        notices, now = self.sudo(), fields.Datetime.now()  # as in _client_standing
        members = self.env.user._client_members().filtered(
            lambda member: notices.search_count(
                Domain("id", "=", notice_id) & self._standing_domain(member), limit=1
            )
        )
        notice = notices.browse(notice_id)
        if not members or notice.asks != acknowledged:
            raise ClientNotFound()
        for member in members:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO client_notice_reading (notice_id, member_id, dismissed_on, acknowledged_on)"
                    " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",  # twice at once counts once
                    notice.id,
                    member.id,
                    now,
                    now if acknowledged else None,
                )
            )
        notice.invalidate_recordset(["reading_ids"])
