from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .client_member_preferences import PACES
from .client_notification_kinds import FAMILIES

KEPT_DAYS = 400
_BATCH = 200
_CRON = "client_portal.client_notification_cron"
STATES = [
    ("waiting", "Waits"),
    ("queued", "In the mail queue"),
    ("sent", "Sent"),
    ("skipped", "Not sent"),
    ("bounced", "Came back"),
]
REASONS = [
    ("access", "May not see it any more"),
    ("told", "Told by another mail"),
    ("over", "Nothing waits any more"),
    ("choice", "Chose no mails of this kind"),
    ("address", "Mails to the address come back"),
    ("off", "Mails were switched off"),
    ("error", "Could not be sent"),
]


class ClientNotification(models.Model):
    """One update for one member: the outbox of mails, and afterwards the list of what was sent to whom.

    Rows are made by the job in ``_cron_notify`` from ``client.notification.queue`` and go out with others of the same
    member in one mail. Every step ends in a commit, and starts from what is in the database: a job that was killed
    goes on where it was.
    """

    _name = "client.notification"
    _description = "Mail to a member about an update"
    _order = "id desc"
    _rec_name = "title"
    _log_access = False

    update_id = fields.Many2one("client.update", required=True, readonly=True, index=True, ondelete="cascade")
    member_id = fields.Many2one("client.member", "Person", required=True, readonly=True, ondelete="cascade")
    client_id = fields.Many2one(related="member_id.client_id", string="Client")
    user_id = fields.Many2one(related="member_id.user_id", string="Name")
    title = fields.Char(related="update_id.title", string="What happened")
    happened_on = fields.Datetime(related="update_id.date", string="Happened on")
    family = fields.Selection([(name, name) for name in FAMILIES], "Kind", required=True, readonly=True)
    pace = fields.Selection(PACES, "How soon", required=True, readonly=True)
    due_at = fields.Datetime("Due", required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="waiting")
    reason = fields.Selection(REASONS, "Why not", readonly=True)
    sent_on = fields.Datetime(readonly=True)
    email = fields.Char("Sent to", readonly=True)
    failure = fields.Char(readonly=True, help="What the mail server said.")
    tries = fields.Integer(readonly=True, default=0)
    mail_mail_id = fields.Many2one("mail.mail", readonly=True, index="btree_not_null", ondelete="set null")
    message_id = fields.Char("Message-Id", readonly=True, index="btree_not_null")

    _update_member_uniq = models.UniqueIndex("(update_id, member_id)")
    _waiting = models.Index("(due_at) WHERE state = 'waiting'")
    _of_member = models.Index("(member_id, id DESC)")

    @api.model
    def _is_on(self):
        """Whether mails about updates are sent at all; a setting."""
        off = self.env["ir.config_parameter"].sudo().get_param("client_portal.notifications_off")  # reason: a setting
        return not off

    # ------------------------------------------------------------------------ filling

    @api.model
    def _fan_out(self):
        """Turn queued updates into rows for everybody who wants to hear of them.

        :return: how many updates were taken; none is left when it is 0
        """
        taken = self.env.execute_query(
            SQL(
                "SELECT id, update_id FROM client_notification_queue ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED",
                _BATCH,
            )
        )
        if not taken:
            return 0
        updates = self.env["client.update"].browse([row[1] for row in taken])
        if self._is_on():
            self._insert([row for of_client in updates.grouped("client_id").values() for row in self._rows(of_client)])
        self.env.cr.execute(SQL("DELETE FROM client_notification_queue WHERE id IN %s", tuple(row[0] for row in taken)))
        return len(taken)

    @api.model
    def _rows(self, updates):
        """(update, member, family, pace, due) of updates of one client, for members who may see them now.

        Nobody is told what they did themselves.
        """
        domain = Domain("client_id", "=", updates[0].client_id) & Domain("suspended", "=", False)
        for member in self.env["client.member"].search(domain):
            own = member.partner_id.id
            for update in member._shown_updates(updates.filtered(lambda u, own=own: u.actor_partner_id != own)):
                family = member._family_of(update.kind)
                pace = member._pace(family)
                if pace != "never":
                    yield update.id, member.id, family, pace, self._due_of(member, update, pace)

    @api.model
    def _due_of(self, member, update, pace):
        """A summary tells what is known when it is planned, so that nobody gets two in a day."""
        moment = update.date if pace == "now" else fields.Datetime.now()
        return member._due(pace, moment, update._kind(update.kind).urgent)

    @api.model
    def _insert(self, rows):
        """Add rows; whoever has one already keeps it."""
        if not rows:
            return
        values = SQL(", ").join(SQL("(%s, %s, %s, %s, %s, 'waiting', 0)", *row) for row in rows)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO client_notification (update_id, member_id, family, pace, due_at, state, tries)
                     VALUES %s ON CONFLICT (update_id, member_id) DO NOTHING
                """,
                values,
            )
        )

    @api.model
    def _replan(self, members):
        """What waits for members follows what they chose now.

        :param members: client.member whose preferences have changed
        """
        for row in self.search([("member_id", "in", members.ids), ("state", "=", "waiting")]):
            pace = row.member_id._pace(row.family)
            if pace == "never":
                row._skip("choice")
            else:
                row.write({"pace": pace, "due_at": self._due_of(row.member_id, row.update_id, pace)})
        self._plan()

    def _skip(self, reason):
        self.write({"state": "skipped", "reason": reason})

    @api.model
    def _plan(self):
        """Wake the job when the next mail is due; a run before that plans anew."""
        self.flush_model(["state", "due_at"])
        due = self.env.execute_query(SQL("SELECT min(due_at) FROM client_notification WHERE state = 'waiting'"))[0][0]
        if not due:
            return
        cron = self.env.ref(_CRON)
        planned = [("cron_id", "=", cron.id), ("call_at", ">", fields.Datetime.now()), ("call_at", "<=", due)]
        if not self.env["ir.cron.trigger"].search_count(planned, limit=1):
            self.env["ir.cron"]._client_wake(_CRON, at=due)

    @api.autovacuum
    def _forget(self):
        old = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.search([("due_at", "<", old), ("state", "!=", "waiting")], limit=10000).unlink()


class ClientNotificationQueue(models.Model):
    """Updates nobody has been chosen for yet: written with the update, so that it is there exactly when the update is.

    Rows are taken whenever they become visible, in whatever order their transactions end: there is no highest number
    behind which a late one could stay.
    """

    _name = "client.notification.queue"
    _description = "Updates about which mails are still to be planned"
    _log_access = False

    update_id = fields.Many2one("client.update", required=True, ondelete="cascade")


class ClientUpdate(models.Model):
    _inherit = "client.update"

    @api.model
    def _append(self, vals_list):
        """What happened is news to be mailed; history that is imported is not."""
        updates = super()._append(vals_list)
        outbox = self.env["client.notification"].sudo()  # reason: whoever acts, mails are the suite's
        if updates and outbox._is_on() and not self.env.context.get("client_update_date"):
            outbox.env["client.notification.queue"].create([{"update_id": update.id} for update in updates])
            collected = fields.Datetime.now() + outbox.env["client.member"]._collecting()
            self.env["ir.cron"]._client_wake(_CRON, at=collected)
        return updates
