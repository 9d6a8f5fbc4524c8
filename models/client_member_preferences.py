"""How a member wants to hear of updates: how soon, per family, and when not to be disturbed."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import LazyTranslate

from odoo.addons.base.models.res_partner import _tz_get

from .client_notification_kinds import FAMILIES

_lt = LazyTranslate(__name__)

PACES = [("now", "At once"), ("daily", "Daily summary"), ("weekly", "Weekly summary"), ("never", "Never")]
_WORDS = {
    "now": _lt("At once"),
    "daily": _lt("Daily summary"),
    "weekly": _lt("Weekly summary"),
    "never": _lt("Never"),
}
PREFERENCES = tuple(f"notify_{family}" for family in FAMILIES)
QUIET = ("quiet_from", "quiet_until")
QUIET_FROM, QUIET_UNTIL = 20.0, 7.0


def _pace(string):
    words = "How soon this person is mailed. Empty: what is usual for the role."
    return fields.Selection(PACES, string=string, help=words)


class ClientMember(models.Model):
    _inherit = "client.member"

    notify_answer = _pace("Mail: what waits for them")
    notify_visits = _pace("Mail: visits")
    notify_progress = _pace("Mail: progress of the work")
    notify_requests = _pace("Mail: requests")
    notify_decisions = _pace("Mail: what was decided")
    notify_money = _pace("Mail: invoices and payments")
    notify_documents = _pace("Mail: documents and agreements")
    notify_team = _pace("Mail: their team")
    quiet_from = fields.Float(
        "No mails from",
        default=QUIET_FROM,
        help="By the clock where this person is. Twice the same time: no quiet hours.",
    )
    quiet_until = fields.Float("No mails until", default=QUIET_UNTIL)
    tz = fields.Selection(_tz_get, string="Time zone", compute="_compute_tz", inverse="_inverse_tz")
    bounced_email = fields.Char(
        "Address that sends mails back",
        readonly=True,
        copy=False,
        help="Mails to this address came back several times in a row, so none are sent any more until the"
        " e-mail address of the person is another.",
    )

    @api.depends("user_id.tz")
    def _compute_tz(self):
        for member in self:
            member.tz = member.user_id.tz

    def _inverse_tz(self):
        """A time zone belongs to the person: pages and mails go by the same clock."""
        for member in self:
            member.sudo().user_id.tz = member.tz  # reason: whoever may write the membership need not write logins

    @api.constrains(*QUIET)
    def _check_quiet(self):
        for member in self:
            if not all(0 <= member[name] < 24 for name in QUIET):
                raise ValidationError(self.env._("Times of day are between 0:00 and 23:59."))

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint((*PREFERENCES, *QUIET, "tz", "role_id")):
            self.env["client.notification"].sudo()._replan(self)  # reason: what waits follows what was just chosen
        return result

    def _usual_pace(self, family):
        """How soon a member hears of a family who chose nothing: at once what asks them to act.

        :param str family: a key of FAMILIES
        :return: a key of PACES
        """
        able = self.role_id._capabilities()
        acts = {"answer": ("approve", "request"), "visits": ("approve", "request"), "requests": ("request",)}
        return "now" if able.intersection(acts.get(family, ())) else "daily"

    def _family_of(self, kind):
        """Family a kind of update belongs to for this member: what waits for an approver does not wait for others."""
        told = self.env["client.update"]._kind(kind)
        return "decisions" if told.approvers and not self.role_id.can_approve else told.family

    def _pace(self, family):
        return self[f"notify_{family}"] or self._usual_pace(family)

    def _families(self):
        """Families the member's role opens."""
        able = self.role_id._capabilities()
        return [name for name, (_label, _note, needed) in FAMILIES.items() if not needed or able.intersection(needed)]

    @api.model
    def _pace_words(self, pace):
        return self.env._(_WORDS[pace])
