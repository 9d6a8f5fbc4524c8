"""The job that mails: what is due, to each member in one mail, by what they may see at that moment."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .client_notification_kinds import OVERTAKEN, OVERTAKEN_BY

_logger = logging.getLogger(__name__)

TRIES = 5
_AGAIN = timedelta(minutes=15)
_SAME_ACT = timedelta(minutes=2)
_AUTOMATIC = ("auto_comment", "notification", "user_notification")
_MAIL_CRON = "mail.ir_cron_mail_scheduler_action"


class ClientNotification(models.Model):
    _inherit = "client.notification"

    @api.model
    def _cron_notify(self):
        """Plan what is new, mail what is due. Killed, it goes on where it was; run twice, it mails once."""
        cron = self.env["ir.cron"]
        while taken := self._fan_out():
            if not cron._commit_progress(taken):
                return self._plan()
        done = set()
        while member := self._next_due(done):
            done.add(member.id)
            self._mail_safely(member)
            if not cron._commit_progress(1):
                break
        return self._plan()

    @api.model
    def _next_due(self, done):
        """The member whose mail is due longest, or none.

        :param set done: ids of members this run has been at
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT member_id FROM client_notification
                 WHERE state = 'waiting' AND due_at <= %s AND NOT member_id = ANY(%s)
              ORDER BY due_at, id LIMIT 1
                """,
                fields.Datetime.now(),
                list(done),
            )
        )
        return self.env["client.member"].browse(rows[0] if rows else ())

    @api.model
    def _mail_safely(self, member):
        """A mail that cannot be made holds up nobody else's; it is tried again, and in the end shown to staff."""
        self.env.invalidate_all()
        self.env.registry.check_signaling()  # another process may have ended somebody's access since this job began
        rows = self._take(member)
        try:
            with self.env.cr.savepoint():
                rows._mail()
        except Exception as error:  # whatever a template that staff have edited may raise
            _logger.exception("No mail could be made for member %s", member.id)
            rows._again(str(error))

    def _again(self, failure):
        """Try again in a while, a few times."""
        for row in self:
            last = row.tries + 1 >= TRIES
            end = {"state": "skipped", "reason": "error"} if last else {"state": "waiting"}
            due = fields.Datetime.now() + _AGAIN
            row.write({**end, "tries": row.tries + 1, "due_at": due, "failure": failure[:500], "mail_mail_id": False})

    @api.model
    def _take(self, member):
        """Lock what goes out to a member now: what is due, and what is still being collected for the same mail."""
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM client_notification
                 WHERE member_id = %s AND state = 'waiting'
                   AND (due_at <= %s OR pace = 'now' AND due_at <= %s)
              ORDER BY id FOR UPDATE SKIP LOCKED
                """,
                member.id,
                now,
                now + member._collecting(),
            )
        )
        taken = self.browse([row[0] for row in rows])
        at_once = any(row.pace == "now" and row.due_at <= now for row in taken)
        return taken if at_once else taken.filtered(lambda row: row.due_at <= now)

    def _mail(self):
        """Make the mails of one member's rows; each row ends as mailed, or with the reason why not."""
        member = self.member_id
        left = self._skipping(member)
        at_once = left.filtered(lambda row: row.pace == "now")
        for channel, rows in (("now", at_once), ("digest", left - at_once)):
            if rows:
                mail = member._client_mail_letter(channel, rows.update_id)
                values = {"mail_mail_id": mail.id, "message_id": mail.message_id, "email": member.email}
                rows.write({**values, "state": "queued", "reason": False})
        if left:
            self.env.ref(_MAIL_CRON)._trigger()

    def _skipping(self, member):
        """Close the rows that are not to go out; give back the others."""
        if not self._is_on():
            self._skip("off")
            return self.browse()
        left = self
        for reason, stay in (
            ("address", lambda rows: rows if member.email and not member._client_bounces() else rows.browse()),
            ("access", lambda rows: rows._seen_by(member)),
            ("over", lambda rows: rows._still_news()),
            ("told", lambda rows: rows - rows._told_already(member)),
        ):
            kept = stay(left) if left else left
            (left - kept)._skip(reason)
            left = kept
        return left

    def _seen_by(self, member):
        shown = member._shown_updates(self.update_id)
        return self.filtered(lambda row: row.update_id in shown)

    def _still_news(self):
        """Those where what asks the client for something still does, and no later news has made it wrong."""
        over = self.update_id._overtaken()
        left = self.filtered(lambda row: row.update_id not in over)
        for (kind, model), rows in left.grouped(lambda row: (row.update_id.kind, row.update_id.res_model)).items():
            if still := self.env["client.update"]._kind(kind).still:
                field, value = still
                records = self.env[model].browse(rows.update_id.mapped("res_id"))
                asking = set(records.filtered(lambda record, f=field, v=value: record[f] == v).ids)
                left -= rows.filtered(lambda row, ids=asking: row.update_id.res_id not in ids)
        return left

    def _told_already(self, member):
        """Rows whose fact the member was mailed otherwise: by a mail that tells it, or one that the same act made."""
        about = self.update_id._mailed_about()
        mails = self._mailed(member, set(about.values()), min(self.update_id.mapped("date")) - _SAME_ACT)
        told = self.update_id.filtered(lambda one: any(one._told_by(*mail) for mail in mails.get(about[one], ())))
        return self.filtered(lambda row: row.update_id in told)

    @api.model
    def _mailed(self, member, records, since):
        """What a member was mailed about records, in one query: {(model, id): [(moment, kind of message)]}.

        :param set records: (model, id)
        :param since: naive UTC datetime
        """
        self.env["mail.notification"].flush_model(["notification_type", "res_partner_id", "mail_message_id"])
        self.env["mail.message"].flush_model(["model", "res_id", "date", "message_type"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.model, m.res_id, m.date, m.message_type
                  FROM mail_notification n JOIN mail_message m ON m.id = n.mail_message_id
                 WHERE n.notification_type = 'email' AND n.res_partner_id = %s
                   AND m.date >= %s AND (m.model, m.res_id) IN %s
                """,
                member.partner_id.id,
                since,
                tuple(records),
            )
        )
        mails = {}
        for model, record_id, *mail in rows:
            mails.setdefault((model, record_id), []).append(mail)
        return mails


class ClientUpdate(models.Model):
    _inherit = "client.update"

    def _overtaken(self):
        """Those that a later update about the same record has made wrong; one query."""
        early = self.filtered(lambda update: update.kind in OVERTAKEN)
        if not early:
            return early
        about = [(name, "in", early.mapped(name)) for name in ("res_model", "res_id")]
        newest = self._read_group([*about, ("kind", "in", OVERTAKEN_BY)], ["res_model", "res_id"], ["id:max"])
        last = {(model, record_id): latest for model, record_id, latest in newest}
        return early.filtered(lambda update: last.get((update.res_model, update.res_id), 0) > update.id)

    def _told_by(self, moment, message_type):
        """Whether a mail about the same record tells this: its kind is told by any mail since, or the same act sent it.

        :param moment: naive UTC datetime
        :param str message_type: of the mail's message
        """
        if moment < self.date - _SAME_ACT:
            return False
        same_act = moment <= self.date + _SAME_ACT and message_type in _AUTOMATIC
        return same_act or self._kind(self.kind).mailed

    def _mailed_about(self):
        """{update: (model, id) of the record a mail about the same thing belongs to}."""
        asked = self.filtered(lambda update: update.res_model == "client.approval")
        approvals = self.env["client.approval"].browse(asked.mapped("res_id"))
        subjects = {approval.id: (approval.res_model, approval.res_id) for approval in approvals}
        own = {update: (update.res_model, update.res_id) for update in self}
        return {**own, **{update: subjects[update.res_id] for update in asked}}


class ClientMember(models.Model):
    _inherit = "client.member"

    def _shown_updates(self, updates):
        """Those of the updates that this member may see now, with the records they are about.

        :param updates: client.update of any client
        """
        user = self.user_id
        if not updates or not user.active or self.id not in user._client_scope()["member_ids"]:
            return updates.browse()
        eyes = self._client_env()
        ids = eyes["client.update"].search([("id", "in", updates.ids), ("client_id", "=", self.client_id.id)]).ids
        shown = updates.filtered(lambda update: update.id in ids)
        return shown.browse().union(*(self._shown_about(eyes, *part) for part in shown.grouped("res_model").items()))

    def _shown_about(self, eyes, model, updates):
        """Of updates about one model those whose record the member sees; of the team's there is nothing to see."""
        if model not in eyes:
            return updates.browse()
        records = eyes[model].with_context(active_test=False)
        if not records.has_access("read"):
            return updates
        seen = set(records.search([("id", "in", updates.mapped("res_id"))], order="id").ids)
        return updates.filtered(lambda update: update.res_id in seen)
