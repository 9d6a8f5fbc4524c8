from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

GAP = timedelta(minutes=30)  # without a page for so long, a visit is over
STEP = timedelta(minutes=1)  # pages in quick succession are noted once


class ClientSeen(models.Model):
    """When a member last looked at their pages, and when the visit before this one ended.

    One row for each membership, so that what is new is the same on every device. It is written by a small request
    of its own that a page sends, and on signing in; never while a page is read.
    """

    _name = "client.seen"
    _description = "Last visit of a member"
    _log_access = False

    member_id = fields.Many2one("client.member", required=True, ondelete="cascade", readonly=True)
    seen_on = fields.Datetime("Last seen", required=True, readonly=True)
    before_on = fields.Datetime("End of the visit before", required=True, readonly=True)

    _member_uniq = models.UniqueIndex("(member_id)")

    @api.model
    def _visit(self, members):
        """Note that somebody looks now; to somebody who never looked before nothing is new.

        :param members: client.member, somebody's own
        """
        now = fields.Datetime.now()
        for member in members:
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO client_seen (member_id, seen_on, before_on) VALUES (%(member)s, %(now)s, %(now)s)
                    ON CONFLICT (member_id) DO UPDATE
                       SET before_on = CASE WHEN client_seen.seen_on < %(over)s THEN client_seen.seen_on
                                            ELSE client_seen.before_on END,
                           seen_on = EXCLUDED.seen_on
                     WHERE client_seen.seen_on <= %(step)s
                    """,
                    member=member.id,
                    now=now,
                    over=now - GAP,
                    step=now - STEP,
                )
            )
        self.invalidate_model(flush=False)


class ResUsers(models.Model):
    """What is new to a member since their last visit."""

    _inherit = "res.users"

    def _client_new_sql(self, client, moment):
        """Whether something happened since the last visit to that client.

        :param SQL client: id of the client
        :param SQL moment: when it happened
        """
        over = fields.Datetime.now() - GAP
        parts = [
            SQL(
                "(%s = %s AND %s > (SELECT CASE WHEN seen_on < %s THEN seen_on ELSE before_on END"
                " FROM client_seen WHERE member_id = %s))",
                client,
                member.client_id.id,
                moment,
                over,
                member.id,
            )
            for member in self._client_members()
        ]
        return SQL("(%s)", SQL(" OR ").join(parts)) if parts else SQL("FALSE")

    def _client_new_domain(self, moment, client="client_id"):
        """Domain of records that are new to this user since their last visit.

        :param str moment: name of the field that says since when they are there
        :param str client: name of the field with their client
        """

        def to_sql(model, alias, query):
            cells = [model.sudo()._field_to_sql(alias, name, query) for name in (client, moment)]  # compared only
            return self._client_new_sql(*cells)

        return Domain.custom(to_sql=to_sql)

    def _update_last_login(self):
        """Signing in begins a visit, also in a browser without JavaScript."""
        result = super()._update_last_login()
        self.env["client.seen"]._visit(self._client_members())
        return result
