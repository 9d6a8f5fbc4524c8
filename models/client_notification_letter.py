"""What stands in a mail about updates: lines in the reader's words, why they get it, and how to stop it."""

from odoo import api, models
from odoo.tools.misc import get_lang
from odoo.tools.translate import LazyTranslate

from .client_member_preferences import PACES
from .client_notification_kinds import FAMILIES

_lt = LazyTranslate(__name__)

LINES = 25  # the rest is one line that leads to the portal
ALIKE = 4  # more lines of one kind become one
PREVIEWED = 6
TEMPLATES = {
    "now": "client_portal.mail_template_notification",
    "digest": "client_portal.mail_template_digest",
}
_COLOURS = {"success": "#1f7a4d", "warning": "#b25e09", "danger": "#a01818", "info": "#2563a8"}
_PLAIN = "#8a919c"


class ClientMember(models.Model):
    _inherit = "client.member"

    def _client_mail_letter(self, channel, updates):
        """Put one mail about updates into Odoo's mail queue.

        :param str channel: now or digest
        :return: mail.mail
        """
        template = self.env.ref(TEMPLATES[channel])
        company = self._client_sender_company(self.client_id)
        template = template.with_company(company).with_context(client_letter=updates.ids)
        values = {"model": False, "res_id": False, "headers": repr(self._letter_headers(channel))}
        return self.env["mail.mail"].browse(template.send_mail(self.id, email_values=values))

    def _letter_headers(self, channel):
        """The mail program's own button to stop: one click, without signing in."""
        return {
            "List-Unsubscribe": f"<{self._stop_url(channel)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        }

    def _client_letter(self, channel):
        """Values of a mail's body, for its template.

        :param str channel: now or digest
        :return: {'groups': [{'label', 'count', 'rows': [{'title', 'detail', 'url', 'colour', 'act', 'asks'}]}],
            'count', 'more', 'why', 'stop_url', 'preferences_url', 'all_url', 'dir', 'brand': see ``_client_mail_look``}
        """
        self.ensure_one()
        rows = self._letter_rows()
        base = self.get_base_url()
        shown = rows[:LINES]
        return {
            "groups": self._letter_groups(channel, shown),
            "count": len(rows),
            "more": len(rows) - len(shown),
            "why": self._letter_why(channel),
            "stop_url": self._stop_url(channel),
            "preferences_url": f"{base}/my/preferences",
            "all_url": f"{base}/my/updates",
            "dir": get_lang(self.env).direction or "ltr",
            "brand": self._client_sender_company(self.client_id)._client_mail_look(),
        }

    def _client_letter_subject(self, channel):
        """Words for the subject: the one thing that happened, or how many."""
        rows = self._letter_rows()
        if channel == "now" and len(rows) == 1:
            return rows[0]["title"]
        if channel == "now" and rows:
            return self.env._("%(title)s, and %(count)s more", title=rows[0]["title"], count=len(rows) - 1)
        waiting = sum(row["asks"] for row in rows)
        if waiting:
            return self.env._("Your summary: %(waiting)s of %(count)s wait for you", waiting=waiting, count=len(rows))
        return self.env._("Your summary: %(count)s updates", count=len(rows))

    def _letter_updates(self):
        """Updates of this mail; in a preview, the last ones the member sees. By nobody else's eyes than theirs."""
        ids = self.env.context.get("client_letter")
        eyes = self.sudo()._client_env()  # reason: looks as the member
        eyes = eyes(context={**eyes.context, "lang": self.env.lang or self.user_id.lang})
        updates = eyes["client.update"]
        if ids is None:
            return updates.search([("client_id", "=", self.client_id.id)], limit=PREVIEWED)
        return updates.browse(ids).sorted("date")  # chosen by the job a moment ago

    def _letter_rows(self):
        """Lines of this mail, the most pressing families first; many of a kind as one."""
        updates = self._letter_updates()
        kinds = updates.grouped("kind")
        rows = []
        for row in updates._client_rows():
            alike = kinds.get(row["kind"], updates.browse())
            if len(alike) <= ALIKE:
                rows.append(self._letter_row(row))
            elif row["id"] == alike[0].id:
                rows.append(self._letter_row(row, len(alike) - 1))
        order = list(FAMILIES)
        return sorted(rows, key=lambda row: order.index(row["family"]))

    def _letter_row(self, row, alike=0):
        """One line.

        :param dict row: see ``client.update._client_rows``
        :param int alike: how many more of its kind it stands for
        """
        base = self.get_base_url()
        words = self.env["client.words"].with_env(self.sudo()._client_env())  # reason: their clock
        words = words.with_context(lang=self.env.lang)
        title = row["title"]
        if alike:
            many = self.env["client.update"]._kind(row["kind"]).many
            sentence = self.env._(many or _lt("%(title)s, and %(more)s more like it"))
            title = sentence % {"count": alike + 1, "title": title, "more": alike}
        url = row["url"]
        if url == self._client_url():  # the team; the link to it is made for the membership by which it is read
            url = f"{url}#member-{self.id}"
        local = words._local(row["date"])
        moment = "%s, %s" % (words._short(local.date()), words._time(row["date"]))
        family = self._family_of(row["kind"])
        return {
            "title": title,
            "detail": " · ".join(filter(None, ("" if alike else row["detail"], moment))),
            "url": f"{base}/my/updates" if alike else base + url,
            "colour": _COLOURS.get(row["tone"], _PLAIN),
            "family": family,
            "asks": family == "answer",
            "act": self.env._("Answer") if family == "answer" else self.env._("Open"),
        }

    def _letter_groups(self, channel, rows):
        """Lines by family; a mail at once is short and has no headings."""
        if channel == "now":
            return [{"label": "", "count": len(rows), "rows": rows}] if rows else []
        groups = {}
        for row in rows:
            groups.setdefault(row["family"], []).append(row)
        return [
            {"label": self.env._(FAMILIES[name][0]), "count": len(rows), "rows": rows} for name, rows in groups.items()
        ]

    def _letter_why(self, channel):
        """Why this person gets this mail, in plain words."""
        words = {"client": self.client_id.name, "role": self.role_id.with_context(lang=self.env.lang).name}
        if channel == "now":
            return self.env._(
                "You get this because you are a member (%(role)s) of %(client)s in our client portal and hear of such"
                " things at once.",
                **words,
            )
        return self.env._(
            "You get this because you are a member (%(role)s) of %(client)s in our client portal and hear of such"
            " things in a summary.",
            **words,
        )

    @api.model
    def _paces_of(self, channel):
        """Paces that come in one channel's mails."""
        return [pace for pace, _label in PACES if pace != "never" and (pace == "now") == (channel == "now")]
