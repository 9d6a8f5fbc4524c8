import time

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# what is counted -> (system parameter, default number, seconds)
LIMITS = {
    "post": ("client_portal.messages_per_minute", 10, 60),
    "invite": ("client_portal.invitations_per_hour", 30, 3600),
    "pay": ("client_portal.payments_per_ten_minutes", 30, 600),
    "decide": ("client_portal.answers_per_minute", 20, 60),
    "choose": ("client_portal.choices_per_minute", 30, 60),
    "request": ("client_portal.requests_per_hour", 30, 3600),
    "correction": ("client_portal.corrections_per_hour", 20, 3600),
    "upload": ("client_portal.uploads_per_ten_minutes", 30, 600),
    "reset": ("client_portal.password_resets_per_hour", 5, 3600),
    "login": ("client_portal.failed_logins_per_ten_minutes", 20, 600),
    "link_code": ("client_portal.link_codes_per_hour", 5, 3600),
    "link_code_from": ("client_portal.link_codes_per_hour_and_place", 30, 3600),
    "calendar": ("client_portal.calendar_reads_per_hour", 60, 3600),
    "calendar_miss": ("client_portal.calendar_misses_per_hour", 60, 3600),
}


class TooMany(UserError):
    """Asked too often; nothing of what was sent is kept or lost."""

    http_status = 429


class ClientThrottle(models.Model):
    """How often somebody did something in a stretch of time, counted for all workers."""

    _name = "client.throttle"
    _description = "Throttle of the client portal"
    _log_access = False

    key = fields.Char(required=True)
    bucket = fields.Integer(required=True, help="Number of the stretch of time since 1970.")
    hits = fields.Integer(default=1)
    until = fields.Datetime(index=True, help="Of no more use afterwards.")

    _key_bucket = models.UniqueIndex("(key, bucket)")

    @api.model
    def _limit(self, kind):
        """(how often, in how many seconds) of a kind of act; 0 means no limit."""
        name, default, seconds = LIMITS[kind]
        parameter = self.env["ir.config_parameter"].sudo()  # a number of our own
        try:
            return int(parameter.get_param(name, default)), seconds
        except ValueError:
            return default, seconds

    @api.model
    def _hit(self, kind, who):
        """Count one act, in the caller's transaction.

        :param str kind: a key of LIMITS
        :param who: what tells the actors apart
        :return: whether the act is within the limit
        """
        limit, seconds = self._limit(kind)
        if not limit:
            return True
        bucket = int(time.time() // seconds)
        rows = self.env.execute_query(
            SQL(
                """
            INSERT INTO client_throttle (key, bucket, hits, until)
                 VALUES (%s, %s, 1, now() AT TIME ZONE 'UTC' + %s * interval '1 second')
            ON CONFLICT (key, bucket) DO UPDATE SET hits = client_throttle.hits + 1
              RETURNING hits
            """,
                f"{kind}:{who}",
                bucket,
                2 * seconds,
            )
        )
        return rows[0][0] <= limit

    @api.model
    def _full(self, kind, who):
        """Whether the limit is reached already, without counting."""
        limit, seconds = self._limit(kind)
        if not limit:
            return False
        rows = self.env.execute_query(
            SQL(
                "SELECT hits FROM client_throttle WHERE key = %s AND bucket = %s",
                f"{kind}:{who}",
                int(time.time() // seconds),
            )
        )
        return bool(rows) and rows[0][0] >= limit

    @api.model
    def _hit_later(self, kind, who):
        """Count one act once the running request is through, on a cursor of its own: for pages that only read."""
        registry = self.env.registry

        def count():
            with registry.cursor() as cr:
                api.Environment(cr, SUPERUSER_ID, {})["client.throttle"]._hit(kind, who)

        self.env.cr.postcommit.add(count)

    @api.model
    def _check(self, kind):
        """Count one act of the current user, or refuse it.

        :raise TooMany: with words for the person who typed
        """
        if not self._hit(kind, self.env.uid):
            seconds = LIMITS[kind][2]
            raise TooMany(
                self.env._(
                    "That was a lot at once. Nothing is lost: please wait %(minutes)s min and try again.",
                    minutes=seconds // 60,
                )
            )

    @api.autovacuum
    def _forget(self):
        self.env.cr.execute("DELETE FROM client_throttle WHERE until < now() AT TIME ZONE 'UTC'")
