from functools import lru_cache

import babel.dates
import pytz

from odoo import api, models
from odoo.fields import Date, Datetime
from odoo.tools import babel_locale_parse, formatLang
from odoo.tools.misc import get_lang

# how far ahead a date is told by its weekday, and how far by counting days
_WEEKDAY, _COUNTED = 6, 30


@lru_cache(4096)  # lists say the same days again and again
def _patterned(day, skeleton, code):
    locale = babel_locale_parse(code)
    try:
        return babel.dates.format_skeleton(skeleton, day, locale=locale)
    except KeyError:  # a locale without this skeleton
        return babel.dates.format_date(day, "medium", locale=locale)


class ClientWords(models.AbstractModel):
    """Dates and amounts the way the reader's country writes them.

    Everything here returns plain text in the reader's language and time zone: pages,
    and later mails, say the same thing in the same words.
    """

    _name = "client.words"
    _description = "Words for dates and amounts"

    @api.model
    def _today(self):
        return Date.context_today(self)

    @api.model
    def _local(self, moment):
        """UTC datetime as an aware one where the reader is."""
        return Datetime.context_timestamp(self, moment)

    @api.model
    def _sheet_moment(self, moment):
        """UTC datetime as a spreadsheet takes it: where the reader is, without saying so."""
        return self._local(moment).replace(tzinfo=None) if moment else None

    @api.model
    def _sheet_day(self, moment):
        """The reader's date of a UTC datetime, or None."""
        return self._local(moment).date() if moment else None

    @api.model
    def _pattern(self, value, skeleton):
        """Date in the order the reader's locale has for a CLDR skeleton ('MMMd', 'yMMMd' …)."""
        return _patterned(value, skeleton, get_lang(self.env).code)

    @api.model
    def _short(self, day):
        """'3 Nov', with the year when it is not this one."""
        if not day:
            return ""
        return self._pattern(day, "MMMd" if day.year == self._today().year else "yMMMd")

    @api.model
    def _short_days(self, moments):
        """Days of the moments of a whole list, each looked up once.

        :param moments: UTC datetimes, False among them
        :return: {moment: its day where the reader is, as ``_short`` says it}
        """
        days = {moment: self._local(moment).date() for moment in set(moments) if moment}
        said = {day: self._short(day) for day in set(days.values())}
        return {False: "", **{moment: said[day] for moment, day in days.items()}}

    @api.model
    def _span(self, first, last):
        """'3 Nov – 12 Dec', with both years when it is not all in this one; one day where there is one."""
        if not first or not last or first == last:
            return self._short(first or last)
        this = {first.year, last.year} == {self._today().year}
        return " – ".join(self._pattern(day, "MMMd" if this else "yMMMd") for day in (first, last))

    @api.model
    def _day(self, day):
        """'Today', 'Yesterday', 'Friday' or '3 Nov'."""
        if not day:
            return ""
        near = {
            0: self.env._("Today"),
            1: self.env._("Tomorrow"),
            -1: self.env._("Yesterday"),
        }
        distance = (day - self._today()).days
        if 1 < distance <= _WEEKDAY:
            return self._weekday(day)
        return near.get(distance) or self._short(day)

    @api.model
    def _since(self, day):
        """'since yesterday', 'since 3 Nov'."""
        near = {0: self.env._("since today"), -1: self.env._("since yesterday")}
        return near.get((day - self._today()).days) or self.env._("since %s", self._day(day))

    @api.model
    def _inline(self, day):
        """A day inside a sentence: 'today', 'Friday', '3 Nov'."""
        near = {0: self.env._("today"), 1: self.env._("tomorrow"), -1: self.env._("yesterday")}
        return near.get((day - self._today()).days) or self._day(day)

    @api.model
    def _weekday(self, day):
        """'Friday'."""
        locale = babel_locale_parse(get_lang(self.env).code)
        return babel.dates.format_date(day, "EEEE", locale=locale)

    @api.model
    def _heading(self, day):
        """Heading over the updates of one day: 'Yesterday', 'Thu, 19 Nov'."""
        if abs((day - self._today()).days) <= 1:
            return self._day(day)
        return self._pattern(day, "MMMEd" if day.year == self._today().year else "yMMMEd")

    @api.model
    def _time(self, moment):
        """'16:40' or '4:40 PM' of a UTC moment."""
        locale = babel_locale_parse(get_lang(self.env).code)
        return babel.dates.format_time(self._local(moment).time(), "short", locale=locale)

    @api.model
    def _visit(self, start, end):
        """A visit window: 'Wed, 18 Nov, 07:30–15:00'."""
        if not start:
            return ""
        first = self._local(start).date()
        parts = [self._heading(first), self._time(start)]
        if not end:
            return ", ".join(parts)
        last = self._local(end).date()
        until = self._time(end) if last == first else f"{self._heading(last)}, {self._time(end)}"
        return f"{', '.join(parts)}–{until}"

    @api.model
    def _elsewhere(self, start, end, zone):
        """A visit window by the clock of another place, when that differs: '05:30–13:00 at the site'.

        :param str zone: name of a time zone; nothing is said of an unknown one
        """
        if not start or zone not in pytz.all_timezones_set:
            return ""
        there = self.with_context(tz=zone)
        if there._local(start).utcoffset() == self._local(start).utcoffset():
            return ""
        day = there._local(start).date()
        window = f"{there._time(start)}–{there._time(end)}" if end else there._time(start)
        if day != self._local(start).date():
            window = f"{there._heading(day)}, {window}"
        return self.env._("%s by the clock at the site", window)

    @api.model
    def _due(self, day):
        """When something has to be paid: {'label', 'tone'}."""
        distance = (day - self._today()).days if day else None
        if distance is None:
            return {"label": self.env._("no hurry"), "tone": "muted"}
        if distance == -1:
            return {"label": self.env._("1 day overdue"), "tone": "danger"}
        if distance < 0:
            return {"label": self.env._("%s days overdue", -distance), "tone": "danger"}
        if distance <= 1:
            soon = self.env._("due tomorrow") if distance else self.env._("due today")
            return {"label": soon, "tone": "warning"}
        if distance <= _WEEKDAY:
            return {
                "label": self.env._("due %s", self._weekday(day)),
                "tone": "warning",
            }
        if distance <= _COUNTED:
            return {"label": self.env._("in %s days", distance), "tone": "muted"}
        return {"label": self.env._("due %s", self._short(day)), "tone": "muted"}

    @api.model
    def _valid(self, day):
        """How long an offer stands: {'label', 'tone'}."""
        distance = (day - self._today()).days if day else None
        if distance is None:
            return {"label": self.env._("no hurry"), "tone": "muted"}
        if distance < 0:
            return {"label": self.env._("expired %s", self._short(day)), "tone": "muted"}
        if distance <= 1:
            soon = self.env._("answer by tomorrow") if distance else self.env._("last day today")
            return {"label": soon, "tone": "warning"}
        if distance <= _WEEKDAY:
            return {
                "label": self.env._("answer by %s", self._weekday(day)),
                "tone": "warning",
            }
        if distance <= _COUNTED:
            return {"label": self.env._("%s days to answer", distance), "tone": "muted"}
        return {"label": self.env._("valid until %s", self._short(day)), "tone": "muted"}

    @api.model
    def _amount(self, value, currency):
        return formatLang(self.env, value, currency_obj=currency)

    @api.model
    def _quantity(self, value, unit):
        """'2 Days', '1.5 Hours', and just '3' for pieces."""
        digits = 0 if float(value).is_integer() else 2
        number, measure = formatLang(self.env, value, digits=digits), self._unit(unit)
        return f"{number} {measure}" if measure else number

    @api.model
    def _unit(self, unit):
        """'Hours'; nothing for pieces, which need no word."""
        pieces = self.env["ir.model.data"]._xmlid_to_res_id("uom.product_uom_unit")
        return "" if not unit or unit.id == pieces else unit.name

    @api.model
    def _greeting(self):
        """'Good morning, Dana' by the reader's own clock."""
        hour = self._local(Datetime.now()).hour
        name = self.env.user.name.split()[0] if self.env.user.name else ""
        if hour < 12:
            return self.env._("Good morning, %s", name)
        if hour < 18:
            return self.env._("Good afternoon, %s", name)
        return self.env._("Good evening, %s", name)

    @api.model
    def _initials(self, name):
        """'DP' for Dana Price; the look of a person without a picture."""
        words = [word for word in (name or "").split() if word[0].isalnum()]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
