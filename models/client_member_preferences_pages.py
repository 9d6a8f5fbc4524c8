"""The page on which a member says how they want to hear of updates."""

import re

import pytz

from odoo import api, models
from odoo.exceptions import UserError

from .client_member_preferences import PACES, QUIET
from .client_notification_kinds import FAMILIES

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(:\d\d)?")
PAGE_FIELDS = (*FAMILIES, *QUIET, "tz")


class ClientMember(models.Model):
    _inherit = "client.member"

    @api.model
    def _client_preferences_own(self, client):
        """The current user's membership the page is about (sudo): of the client chosen, else their first."""
        mine = self.env.user._client_members()
        return mine.filtered(lambda member: member.client_id == client)[:1] or mine[:1]

    def _client_preferences_page(self, sent=None):
        """What the page shows.

        :param dict sent: what was typed, after a refusal
        :return: {'families': [{'name', 'label', 'note', 'pace', 'usual'}], 'paces': [{'value', 'label'}],
            'quiet_from', 'quiet_until', 'tz', 'zones', 'email', 'client_name', 'bounces', 'off'}
        """
        sent = sent or {}
        return {
            "families": [self._client_preference(name, sent.get(name)) for name in self._families()],
            "paces": [{"value": pace, "label": self._pace_words(pace)} for pace, _label in PACES],
            "quiet_from": sent.get("quiet_from", self._client_clock("quiet_from")),
            "quiet_until": sent.get("quiet_until", self._client_clock("quiet_until")),
            "tz": sent.get("tz") or self._zone().zone,
            "zones": pytz.common_timezones if self._zone().zone in pytz.common_timezones else pytz.all_timezones,
            "email": self.email or "",
            "client_name": self.client_id.name,
            "bounces": self._client_bounces(),
            "off": not self.env["client.notification"]._is_on(),
        }

    def _client_preference(self, name, chosen):
        """One row of the page: a family and what is chosen for it."""
        label, note, _needed = FAMILIES[name]
        usual = self._usual_pace(name)
        known = chosen if chosen in dict(PACES) else ""
        return {
            "name": name,
            "label": self.env._(label),
            "note": self.env._(note),
            "pace": known or self._pace(name),
            "usual": self._pace_words(usual),
        }

    def _client_clock(self, name):
        """'20:00', or '' for both where there are no quiet hours."""
        if self.quiet_from == self.quiet_until:
            return ""
        minutes = round(self[name] * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"

    def _client_preferences_save(self, sent):
        """Take over what a member typed. What is usual for the role is kept as such, so that it follows the role.

        :param dict sent: PAGE_FIELDS as text
        :raise UserError: in words for whoever typed
        """
        vals = self._client_preferences_quiet(sent)
        for name in self._families():
            pace = sent.get(name)
            if pace not in dict(PACES):
                raise UserError(self.env._("Please choose how soon for each kind."))
            vals[f"notify_{name}"] = False if pace == self._usual_pace(name) else pace
        if sent.get("tz") not in pytz.all_timezones_set:
            raise UserError(self.env._("Please choose your time zone from the list."))
        if sent["tz"] != self.tz:
            vals["tz"] = sent["tz"]
        self.write(vals)

    def _client_preferences_quiet(self, sent):
        """{'quiet_from', 'quiet_until'} out of two times of day; two empty ones are no quiet hours."""
        typed = [sent.get(name) or "" for name in QUIET]
        if not any(typed):
            return dict.fromkeys(QUIET, 0.0)
        found = [_CLOCK.fullmatch(text) for text in typed]
        if not all(found):
            raise UserError(self.env._("Quiet hours need a beginning and an end, such as 20:00 and 07:00."))
        return dict(zip(QUIET, (int(clock[1]) + int(clock[2]) / 60 for clock in found), strict=True))
