from datetime import datetime, timedelta

import pytz

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Datetime

MOST_WINDOWS = 3
FURTHEST = timedelta(days=366)  # a visit wished for later than this is a slip of the finger


class TimesRefused(UserError):
    """Times that cannot be meant; ``rows`` says which and why: {index: words}."""

    http_status = 422

    def __init__(self, message, rows=None):
        super().__init__(message)
        self.rows = rows or {}


class ClientTimes(models.AbstractModel):
    """From what somebody typed, by the clock where they are, to moments in UTC.

    A window is one day with a beginning and an end, so it can be neither long nor turned around unnoticed.
    """

    _name = "client.times"
    _description = "Times that members type"

    @api.model
    def _windows(self, rows):
        """Windows out of the rows of a form; empty rows do not count.

        :param list rows: up to MOST_WINDOWS of {'day': '2026-11-24', 'begins': '08:00', 'ends': '10:00'}
        :return: list of (start, end), naive UTC, in the order typed, each once
        :raise TimesRefused: nothing typed, half a row, the past, the wrong order, a time the clock skips
        """
        windows, wrong = [], {}
        for index, row in enumerate(rows[:MOST_WINDOWS]):
            if not any(row.values()):
                continue
            try:
                window = self._window(row)
            except TimesRefused as refusal:
                wrong[index] = str(refusal.args[0])
            else:
                windows += [window] if window not in windows else []
        if wrong:
            raise TimesRefused(self.env._("Please look at the times again. Nothing is lost."), wrong)
        if not windows:
            raise TimesRefused(self.env._("Please choose at least one day and time."))
        return windows

    @api.model
    def _window(self, row):
        """One typed row as (start, end)."""
        try:
            day = datetime.strptime(row["day"], "%Y-%m-%d").date()
            begins, ends = (datetime.strptime(row[name][:5], "%H:%M").time() for name in ("begins", "ends"))
        except ValueError:
            raise TimesRefused(self._incomplete()) from None
        if ends <= begins:
            raise TimesRefused(self.env._("The end must come after the beginning."))
        start = self._moment(datetime.combine(day, begins))
        end = self._moment(datetime.combine(day, ends), after=start)
        now = Datetime.now()
        if start <= now:
            raise TimesRefused(self.env._("This time has passed."))
        if start > now + FURTHEST:
            raise TimesRefused(self.env._("This is more than a year ahead."))
        return start, end

    @api.model
    def _moment(self, local, after=None):
        """What the clock of the reader shows, in UTC.

        Of an hour that comes twice in autumn the first is meant, for an end whichever is later than the start.

        :param datetime local: naive, in the reader's time zone
        :param datetime after: naive UTC, the start this is the end of
        :raise TimesRefused: the clock never shows this time on that day
        """
        zone = self.env.tz
        try:
            moment = self._utc(zone.localize(local, is_dst=None))
        except pytz.NonExistentTimeError:
            raise TimesRefused(self.env._("The clocks go forward that day and skip this time.")) from None
        except pytz.AmbiguousTimeError:
            moment = self._utc(zone.localize(local, is_dst=True))
            if after and moment <= after:
                moment = self._utc(zone.localize(local, is_dst=False))
        except OverflowError:  # the edges of the calendar
            raise TimesRefused(self._incomplete()) from None
        return moment

    @api.model
    def _incomplete(self):
        return self.env._("A day, a beginning and an end, please.")

    @api.model
    def _day_begins(self, day):
        """When a day of the reader begins, naive UTC."""
        return self._utc(self.env.tz.localize(datetime.combine(day, datetime.min.time())))

    @api.model
    def _utc(self, moment):
        return moment.astimezone(pytz.utc).replace(tzinfo=None)
