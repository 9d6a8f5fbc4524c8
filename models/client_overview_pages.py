"""The same numbers for the client's own administrator, about the team they manage."""

from odoo import models

from .client_overview import OVERVIEW_DAYS

_DAY_HOURS = 24


class ClientMember(models.Model):
    _inherit = "client.member"

    def _client_team_activity(self):
        """Values of the page, seen by the holder of this membership."""
        members = self._client_team_members()
        numbers = self.env["client.overview"]._of_members(members)
        rows = [member._client_activity_row(self, numbers.get(member.id)) for member in members]
        rows.sort(key=lambda row: -row["opened"])
        answers = [row["hours"] for row in rows if row["hours"]]
        return {
            "client_name": self.client_id.name,
            "days": OVERVIEW_DAYS,
            "whole": self.all_sites,
            "rows": rows,
            "tiles": [
                {"value": sum(row["read"] for row in rows), "label": self.env._("updates read here, without a mail")},
                {"value": sum(row["opened"] for row in rows), "label": self.env._("pages opened")},
                {"value": sum(row["waits"] for row in rows), "label": self.env._("questions wait for an answer")},
                {
                    "value": self._client_hours_words(sum(answers) / len(answers)) if answers else "–",
                    "label": self.env._("until an answer, on average"),
                },
            ],
        }

    def _client_activity_row(self, own, numbers):
        """One person.

        :param own: the membership of whoever looks
        :param numbers: client.overview (sudo), or None
        """
        opened, read = (numbers.opened, numbers.updates_read) if numbers else (0, 0)
        wrote, waits = (numbers.questions, numbers.questions_open) if numbers else (0, 0)
        words = [
            self.env._("%s opened", opened),
            self.env._("1 update read") if read == 1 else self.env._("%s updates read", read),
            wrote and (self.env._("wrote once") if wrote == 1 else self.env._("wrote %s times", wrote)),
        ]
        return {
            "name": self.user_id.name,
            "initials": self.env["client.words"]._initials(self.user_id.name),
            "you": self == own,
            "role": self.role_id.name,
            "seen": self._client_team_seen(),
            "words": " · ".join(filter(None, words)),
            "opened": opened,
            "read": read,
            "waits": waits,
            "hours": numbers.response_hours if numbers else 0,
        }

    def _client_hours_words(self, hours):
        """'5 hours', '2 days'."""
        if hours < 1:
            return self.env._("under an hour")
        if hours < 2 * _DAY_HOURS:
            return self.env._("%s hours", round(hours))
        return self.env._("%s days", round(hours / _DAY_HOURS))
