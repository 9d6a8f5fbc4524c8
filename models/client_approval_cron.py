"""Reminders around the due date, and the end of what nobody answered: by a scheduled action only."""

from datetime import timedelta

from odoo import api, fields, models

# days from the due date on which somebody is reminded; data/client_approval_cron.xml has the first value
_PARAMETER = "client_portal.approval_reminder_days"
_BATCH = 50


class ClientApproval(models.Model):
    _inherit = "client.approval"

    @api.model
    def _reminder_days(self):
        """Days relative to the due date, from the settings: '-3, 0, 4'; empty for no reminders.

        :rtype: list[int]
        """
        text = self.env["ir.config_parameter"].sudo().get_param(_PARAMETER) or ""  # a setting
        parts = (part.strip() for part in text.split(","))
        return sorted({int(part) for part in parts if part.lstrip("+-").isdigit()})

    @api.model
    def _set_reminder_days(self, days):
        """Keep other days, and plan the reminders of what waits by them.

        :param list[int] days: relative to the due date
        """
        if sorted(set(days)) == self._reminder_days():
            return
        text = ", ".join(map(str, sorted(set(days))))
        self.env["ir.config_parameter"].sudo().set_param(_PARAMETER, text)  # a setting
        waiting = self.sudo().search([("state", "=", "pending"), ("date_due", "!=", False)])  # a setting for all
        waiting._plan_reminder()

    def _plan_reminder(self, after=None):
        """Note the next day to remind, or none.

        :param after: the day a reminder was just sent on
        """
        today = after or fields.Date.today()
        for approval in self:
            days = [approval.date_due + timedelta(days=n) for n in self._reminder_days()] if approval.date_due else []
            days = [day for day in days if day > today and (not approval.date_expires or day <= approval.date_expires)]
            approval.date_reminder = min(days) if days else False

    @api.model
    def _cron_approvals(self):
        """End what is over, remind of what is due. Interrupted, it goes on where it was; run twice, it does once."""
        today = fields.Date.today()
        # by then the last day is over everywhere; a late answer is refused at once by the decision itself
        over = [("state", "=", "pending"), ("date_expires", "<", today - timedelta(days=1))]
        due = [("state", "=", "pending"), ("date_reminder", "<=", today)]
        for domain, act in ((over, "_expire"), (due, "_remind")):
            while approvals := self.search(domain, order="id", limit=_BATCH):
                for approval in approvals:
                    getattr(approval, act)()
                    left = self.env["ir.cron"]._commit_progress(1)
                    if not left:
                        return

    def _expire(self):
        self._lock()
        if self.state != "pending":
            return
        self._close("expired", "expired")
        self._tell("expired")
        self._alert(self.env._("%s ended without an answer", self.name))

    def _remind(self):
        """Write to whose turn it is; once per planned day."""
        self._lock()
        today = fields.Date.today()
        if self.state != "pending" or not self.date_reminder or self.date_reminder > today:
            return
        self._plan_reminder(after=today)
        members = self._whose_turn()
        if not members:
            return
        self._notify(members)
        self._log("reminded", names=", ".join(members.mapped("user_id.name")))

    def _whose_turn(self):
        """Members whose answer is waited for (sudo)."""
        named = self.approver_ids.filtered("turn").member_id
        answered = self.approver_ids.filtered("verdict").member_id
        return (named | self._able_members() - answered) if self.anyone else named

    def _notify(self, members):
        """A mail to members, with the address of the question and no key."""
        record = self._subject()
        if not record or not self.client_published:
            return
        for member in members:
            lang = member.user_id.lang
            approval = self.with_context(lang=lang)
            record.with_context(lang=lang).message_notify(
                author_id=self._asking().id,
                subject=approval._mail_subject(),
                body=approval._mail_body(),
                partner_ids=member.partner_id.ids,
                model_description=approval._kind()._label(),
                email_layout_xmlid="mail.mail_notification_light",
            )

    def _asking(self):
        """Who writes to those asked, whoever's act made it due: staff, else the company itself (res.partner)."""
        people = (self.responsible_id | self.requester_id).filtered(lambda user: user.active and user._is_internal())
        return people[:1].partner_id or (self.company_id or self.env.company).partner_id

    def _mail_subject(self):
        return self.env._("Waiting for your answer: %s", self.name)

    def _mail_body(self):
        """What waits, until when and where, as HTML."""
        words = self.env["client.words"]
        return self.env["ir.qweb"]._render(
            "client_portal.approval_mail",
            {
                "label": self._kind()._label(),
                "name": self.name,
                "company": self.company_id.name or self.env.company.name,
                "due": words._short(self.date_due),
                "message": self.message,
                "url": f"{self.get_base_url()}{self._client_url()}",
            },
        )
