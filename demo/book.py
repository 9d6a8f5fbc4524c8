"""The builder's notebook: which demo record is which, and what day and time it is in the story."""

from datetime import datetime, timedelta

import pytz

MODULE = "__client_portal_demo__"  # of no installed module: updates and uninstalls leave these records alone
ZONE = "America/New_York"
# No mails, no followers nobody asked for, no tracking lines: the story writes its own history.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_notify_force_send": False,
    "no_reset_password": True,
    "install_mode": False,
    "lang": "en_US",
}


class Book:
    """Finds demo records by name and turns story days into dates.

    :param env: Odoo environment of the superuser
    """

    def __init__(self, env):
        self.env = env(context={**env.context, **QUIET})
        self.today = datetime.now(pytz.timezone(ZONE)).date()
        self.born = {}  # record -> the moment of the story it was made at

    # -- records ----------------------------------------------------------------------------------

    def get(self, name):
        """The record kept under a name.

        :param str name: for example "user_dana"
        :raise KeyError: there is none, which is a slip in the story
        """
        record = self.find(name)
        if not record:
            raise KeyError(f"the demo world has no {name}")
        return record

    def find(self, name):
        """Like `get`, but None when there is no such record."""
        record = self.env.ref(f"{MODULE}.{name}", raise_if_not_found=False)
        return record.with_env(self.env) if record else None

    def keep(self, name, record):
        """Remember a record under a name, so that a second build finds it.

        :return: the record
        """
        self.env["ir.model.data"].create(
            {"module": MODULE, "name": name, "model": record._name, "res_id": record.id, "noupdate": True}
        )
        return record

    def make(self, name, model, vals):
        """Find the record of that name, or create and keep it."""
        known = self.find(name)
        if known:
            return known
        record = self.keep(name, self.env[model].create(vals))
        if moment := self.env.context.get("client_update_date"):
            self.born[record] = moment
        return record

    def at(self, company=None, moment=None):
        """A notebook on the same pages, acting for a company and, if given, at a moment of the story.

        :param company: res.company new records belong to
        :param datetime moment: naive UTC; updates for the client carry it
        """
        context = dict(self.env.context)
        if company:
            context["allowed_company_ids"] = company.ids
        if moment:
            context["client_update_date"] = moment
        other = object.__new__(Book)
        other.env, other.today, other.born = self.env(context=context), self.today, self.born
        return other

    # -- time -------------------------------------------------------------------------------------

    def day(self, offset):
        """The date of a story day, moved off weekends and never across today.

        :param int offset: days from today
        :rtype: date
        """
        date = self.today + timedelta(days=offset)
        step = timedelta(days=1 if offset > 0 else -1)
        while offset and date.weekday() > 4:
            date += step
        return date

    def moment(self, offset, clock):
        """Local clock time on a story day, as Odoo stores it. Nothing that has happened lies in the future.

        :param int offset: days from today
        :param str clock: "HH:MM" where the operator is
        :rtype: datetime (naive UTC)
        """
        hour, minute = map(int, clock.split(":"))
        local = datetime.combine(self.day(offset), datetime.min.time()).replace(hour=hour, minute=minute)
        return pytz.timezone(ZONE).localize(local).astimezone(pytz.utc).replace(tzinfo=None)

    def past(self, offset, clock):
        """Like `moment`, but at the latest some minutes ago: the story of today may be ahead of the clock."""
        latest = datetime.utcnow().replace(microsecond=0) - timedelta(minutes=20)
        return min(self.moment(offset, clock), latest)

    def course(self, steps):
        """Moments of steps that follow each other, also where a weekend moves two of them onto the same day.

        :param steps: (day, clock) in the order of the story
        :rtype: list[datetime]
        """
        moments = []
        for day, clock in steps:
            moment = self.past(day, clock)
            moments.append(max(moment, moments[-1] + timedelta(minutes=15)) if moments else moment)
        return moments
