"""When a mail is due, by the clock of whoever gets it: kept in UTC, right on the days the clocks change."""

from datetime import datetime, time, timedelta

import pytz

from odoo import api, models

from .client_number import whole_number

MINUTES, HOUR, WEEKDAY = 5, 8, 0
_PREFIX = "client_portal."
_DAY = timedelta(days=1)


class ClientMember(models.Model):
    _inherit = "client.member"

    @api.model
    def _notify_setting(self, name, default, most):
        """A whole number of the settings."""
        value = self.env["ir.config_parameter"].sudo().get_param(_PREFIX + name)  # reason: a setting
        number = whole_number(value, default)
        return min(number, most)

    @api.model
    def _collecting(self):
        """How long what happens is collected before the mail."""
        return timedelta(minutes=self._notify_setting("notification_minutes", MINUTES, 24 * 60))

    def _zone(self):
        """Time zone of the person, else of the company that speaks to them."""
        company = self._client_sender_company(self.client_id)
        return pytz.timezone(self.user_id.tz or company.partner_id.tz or "UTC")

    def _due(self, pace, moment, urgent=False):
        """When the mail about something goes out.

        :param str pace: now, daily or weekly
        :param datetime moment: naive UTC, when it happened
        :param bool urgent: does not wait for the end of quiet hours
        :return: naive UTC
        """
        if pace == "now":
            due = moment + self._collecting()
            return due if urgent else self._after_quiet(due)
        hour = self._notify_setting("digest_hour", HOUR, 23)
        weekday = self._notify_setting("digest_weekday", WEEKDAY, 6) if pace == "weekly" else None
        zone = self._zone()
        day = pytz.utc.localize(moment).astimezone(zone).date()
        while True:
            due = _to_utc(zone, datetime.combine(day, time(hour)), moment)
            if due > moment and weekday in (None, day.weekday()):
                return self._after_quiet(due)
            day += _DAY

    def _after_quiet(self, due):
        """``due``, or the end of the quiet hours it falls into."""
        start, end = (_clock(hours) for hours in (self.quiet_from, self.quiet_until))
        zone = self._zone()
        local = pytz.utc.localize(due).astimezone(zone)
        now = local.time().replace(tzinfo=None)
        if start <= end:
            quiet = start <= now < end
        else:
            quiet = now >= start or now < end
        if not quiet:
            return due
        day = local.date() + (_DAY if now >= end else timedelta())
        return max(due, _to_utc(zone, datetime.combine(day, end), due))


def _clock(hours):
    """7.5 as 07:30."""
    minutes = round(hours * 60) % (24 * 60)
    return time(minutes // 60, minutes % 60)


def _to_utc(zone, local, after):
    """What a clock shows, as naive UTC: of a time that comes twice the first after ``after``, of one that is skipped
    the moment the clock would have shown it.
    """
    try:
        moment = zone.localize(local, is_dst=None)
    except pytz.NonExistentTimeError:
        moment = zone.normalize(zone.localize(local, is_dst=False))
    except pytz.AmbiguousTimeError:
        moment = zone.localize(local, is_dst=True)
        if moment.astimezone(pytz.utc).replace(tzinfo=None) <= after:
            moment = zone.localize(local, is_dst=False)
    return moment.astimezone(pytz.utc).replace(tzinfo=None)
