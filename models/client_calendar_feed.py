import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.http import request

_KEY_BYTES = 32
_NOTED_EVERY = timedelta(hours=1)  # calendars ask all day long; the journal keeps one row an hour and place


class CalendarBusy(Exception):
    """Asked too often."""


class ClientCalendarFeed(models.Model):
    """The secret address under which a member's own calendar fetches their visits.

    Kept as a digest: nobody reads the address again, not even from a copy of the database. It gives what the
    member's own rules give at that moment, so it dies with the membership; it ends for good when renewed, ended,
    or when the login loses its last membership.
    """

    _name = "client.calendar.feed"
    _description = "Calendar address of a member"
    _order = "id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", string="Login", required=True, readonly=True, index=True, ondelete="cascade")
    client_id = fields.Many2one("res.partner", compute="_compute_client_id")
    digest = fields.Char(required=True, readonly=True, groups="base.group_system")
    ended_on = fields.Datetime(readonly=True)

    _digest_uniq = models.UniqueIndex("(digest)")

    @api.depends("user_id")
    def _compute_client_id(self):
        """For the journal: the first of the member's clients."""
        for feed in self:
            feed.client_id = feed.user_id._client_members()[:1].client_id

    @api.model
    def _digest_of(self, key):
        return hashlib.sha256(key.encode()).hexdigest()

    # ------------------------------------------------------------------- the member's own

    @api.model
    def _own(self):
        """The current user's address that works, or none (sudo)."""
        feeds = self.sudo()  # reason: only the user's own
        return feeds.search([("user_id", "=", self.env.uid), ("ended_on", "=", False)])

    @api.model
    def _renew(self):
        """A new address for the current user; earlier ones end.

        :return: the key, to be shown now and never again
        :rtype: str
        """
        self.env["client.throttle"]._check("post")
        own = self._own()
        own._end()
        key = secrets.token_urlsafe(_KEY_BYTES)
        own.create({"user_id": self.env.uid, "digest": self._digest_of(key)})
        return key

    def _end(self):
        self.write({"ended_on": fields.Datetime.now()})

    @api.model
    def _card(self, key=None):
        """What the member's page says about the address.

        :param str key: of an address made just now; else the address is not shown
        :return: {'since', 'url', 'app'}: when it was made, '' without one; itself, also for calendar programs
        """
        words = self.env["client.words"]
        own = self._own()[:1]
        url = self._url(key) if key else ""
        return {
            "since": words._day(words._local(own.create_date).date()) if own else "",
            "url": url,
            "app": url and f"webcal{url.removeprefix('https').removeprefix('http')}",
        }

    @api.model
    def _url(self, key):
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url")  # reason: an address for other programs
        return f"{base}/my/calendar/feed/{key}.ics"

    # ------------------------------------------------------------------- who holds the address

    @api.model
    def _serve(self, key):
        """The calendar behind a key, made by the rules of its member now.

        Reads only; what has to be counted and noted is written after the request.

        :param str key: from an address, trusted in no way
        :return: text of the file, or None alike for a wrong, an ended and a dead address
        :raise CalendarBusy: asked too often
        """
        feed = self._alive(key)
        throttle = self.env["client.throttle"]
        kind, who = ("calendar", feed.id) if feed else ("calendar_miss", request.httprequest.remote_addr)
        if throttle._full(kind, who):
            raise CalendarBusy()
        throttle._hit_later(kind, who)
        if not feed:
            return None
        feed._note()
        return feed._ics()

    @api.model
    def _alive(self, key):
        """The address of a key whose member may see jobs now, or none (sudo)."""
        feeds = self.sudo()  # reason: whoever holds the key is its member
        feed = feeds.search([("digest", "=", self._digest_of(key)), ("ended_on", "=", False)], limit=1)
        return feed.filtered(lambda f: f.user_id.active and f.user_id._client_can("see_jobs"))

    def _ics(self):
        """The file as the member would download it themselves."""
        user = self.user_id
        own = self.env["res.users"].with_user(user).context_get()  # language and time zone
        calendar = self.env["client.calendar"].with_user(user)
        calendar = calendar.with_context(**own, allowed_company_ids=list(user._get_company_ids()))
        return calendar._ics(calendar._visits(), calendar._title())

    def _note(self):
        """Put into the journal that a calendar fetched, once an hour and place."""
        journal = self.env["client.access"]
        where = journal._where_from()
        noted = [
            ("kind", "=", "feed"),
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("ip", "=", where["ip"]),
            ("date", ">", fields.Datetime.now() - _NOTED_EVERY),
        ]
        if not journal.search_count(noted, limit=1):
            row = {"kind": "feed", "user_id": self.user_id.id, "res_model": self._name, "res_id": self.id}
            journal._later({**row, "staff_id": 0, **where})


class ClientMember(models.Model):
    _inherit = "client.member"

    def _end_access(self):
        """An address does not come back to life with a later membership."""
        super()._end_access()
        users = self.user_id.filtered(lambda user: not user._client_members())
        feeds = self.env["client.calendar.feed"].sudo()  # reason: whoever ends a membership ends what hangs on it
        feeds.search([("user_id", "in", users.ids), ("ended_on", "=", False)])._end()
