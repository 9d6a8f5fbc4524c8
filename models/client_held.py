from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .client_door import MEMBERS_SUBTYPE

REASONS = [
    ("stranger", "Nobody with access writes from this address"),
    ("gone", "The member has no access any more"),
    ("role", "The member may not write here"),
    ("unproven", "The mail server could not confirm the sender"),
    ("unasked", "No answer to a message of this record"),
]
STATES = [("held", "To decide"), ("accepted", "Accepted"), ("discarded", "Discarded")]
_TODO = "client_portal.mail_activity_held"


class ClientHeld(models.Model):
    """A mail to a client's record that counts for nobody yet.

    Its words are an internal note on the record. Staff either take it for a member's, and then the note turns
    into that member's message, or leave it what it is.
    """

    _name = "client.held"
    _description = "Held reply"
    _order = "id desc"
    _rec_name = "email_from"

    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True, readonly=True, index=True)
    about = fields.Char("On", compute="_compute_about")
    client_id = fields.Many2one("res.partner", readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", readonly=True)
    email_from = fields.Char("From", required=True, readonly=True)
    message_ref = fields.Char("Message-Id", required=True, readonly=True)
    message_id = fields.Many2one("mail.message", readonly=True, ondelete="cascade", index=True)
    body = fields.Html(related="message_id.body")
    attachment_ids = fields.Many2many(related="message_id.attachment_ids", string="Files")
    reason = fields.Selection(REASONS, required=True, readonly=True, string="Why it is held")
    state = fields.Selection(STATES, required=True, default="held", readonly=True, index=True)
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True, index=True)
    member_id = fields.Many2one(
        "client.member",
        string="Accept as",
        domain="[('client_id', '=', client_id), ('suspended', '=', False)]",
        help="Whose message it becomes. The member must see the record and be allowed to write there.",
    )
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_on = fields.Datetime(readonly=True)
    activity_id = fields.Many2one(
        "mail.activity", string="To-do", readonly=True, index="btree_not_null", ondelete="set null"
    )

    @api.depends("res_model", "res_id")
    def _compute_about(self):
        for held in self:
            record = held._record()
            held.about = record.sudo().display_name if record else ""  # the name beside the mail about it

    def _record(self):
        """The thread it came for; empty when it is gone."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id).exists() if self.res_model in self.env else None

    def write(self, vals):
        """Staff choose the member; what came in, and what was decided, is written by the model alone."""
        if not self.env.su and set(vals) - {"member_id"}:
            raise AccessError(self.env._("Only whose message it becomes can be chosen here."))
        return super().write(vals)

    # ------------------------------------------------------------------------ holding

    @api.model
    def _hold(self, thread, msg_dict, reason):
        """Note that a mail waits for staff.

        :param thread: a client's record, or a part of one
        :param dict msg_dict: as of the mail gateway
        :param str reason: a key of REASONS
        """
        scope = thread.sudo()._client_thread()  # whose record it is
        return self.sudo().create(  # the gateway has no rights of its own
            {
                "res_model": thread._name,
                "res_id": thread.id,
                "client_id": scope.client_id.id,
                "company_id": scope.company_id.id,
                "email_from": msg_dict.get("email_from") or "?",
                "message_ref": msg_dict["message_id"],
                "reason": reason,
                "user_id": scope._client_responsible().id,
                "member_id": self._guess(scope, msg_dict).id,
            }
        )

    @api.model
    def _guess(self, scope, msg_dict):
        """The member it may be from: whose address it is, or the only one who got the mail that is answered."""
        members = scope.client_id.client_member_ids.filtered(lambda member: not member.suspended)
        author = members.filtered(lambda member: member.user_id.partner_id.id == msg_dict.get("author_id"))
        asked = self.env["mail.message"].sudo().browse(msg_dict.get("parent_id") or ()).exists()  # whom it went to
        told = members.filtered(lambda member: member.user_id.partner_id in asked.notified_partner_ids)
        return author[:1] or (told if len(told) == 1 else members.browse())

    @api.model
    def _posted(self, message_ref):
        """The note is written: join it to what waits, and ask the responsible."""
        waiting = self.sudo().search([("message_ref", "=", message_ref), ("message_id", "=", False)])  # as _hold
        for held in waiting:
            where = [("message_id", "=", message_ref), ("model", "=", held.res_model), ("res_id", "=", held.res_id)]
            held.message_id = self.env["mail.message"].sudo().search(where, limit=1)  # as _hold
            held._ask()

    def _ask(self):
        """A to-do on the record that leads to the two buttons."""
        record = self._record()._client_thread()
        if not self.user_id:
            return
        action = self.env.ref("client_portal.client_held_action")
        lang = self.with_context(lang=self.user_id.lang)
        self.activity_id = record.activity_schedule(
            _TODO,
            user_id=self.user_id.id,
            summary=lang.env._("Reply held: %s", self.email_from),
            note=self.env["ir.qweb"]._render(
                "client_portal.held_note",
                {"reason": lang._reason(), "url": f"/odoo/action-{action.id}/{self.id}"},
                lang=self.user_id.lang,
            ),
        )

    def _reason(self):
        return dict(self._fields["reason"]._description_selection(self.env))[self.reason]

    # ----------------------------------------------------------------------- deciding

    def action_client_accept(self):
        """Make it the message of the chosen member: read by clients, and on the clock.

        :raise UserError: no member is chosen, or the chosen one may not write there
        """
        for held in self:
            record = held._decides()
            partner = held.member_id.user_id.partner_id
            if not held.member_id:
                raise UserError(self.env._("Choose as whose message you accept it."))
            if not self.env["client.door"]._may(partner.id, "comment", record.sudo()._client_thread()):  # their rights
                raise UserError(self.env._("%s may not write here.", partner.name))
            subtype = self.env["ir.model.data"]._xmlid_to_res_id(MEMBERS_SUBTYPE)
            message = held.sudo().message_id  # decided on with a right to the record, see _decides
            self.env["client.upload"]._check_held(message)
            message.write({"author_id": partner.id, "subtype_id": subtype, "is_internal": False})
            held._close("accepted")
            record = record.sudo()  # as above
            if isinstance(record, self.env.registry["client.scoped"]):
                record._client_said(message)
            record._notify_thread(message)

    def action_client_discard(self):
        """Leave it a note that clients never see."""
        for held in self:
            held._decides()
            held._close("discarded")

    def _decides(self):
        """The record, for staff who may change it.

        :raise UserError: decided already, or gone
        """
        record = self._record()
        if not record or self.state != "held" or not self.message_id:
            raise UserError(self.env._("This is decided already."))
        record.check_access("write")
        return record

    def _close(self, state):
        """Keep who decided, and take the to-do back."""
        self.sudo().write(  # members of staff decide by the two buttons alone
            {"state": state, "decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()}
        )
        record = self._record().sudo()._client_thread()  # to-dos are the house's
        others = self.sudo().search_count(  # the same
            [("res_model", "=", self.res_model), ("res_id", "=", self.res_id), ("state", "=", "held")]
        )
        if others:
            self.sudo().activity_id.unlink()  # the same
        else:
            record.activity_unlink([_TODO])
        words = {
            "accepted": self.env._("Held reply of %(who)s accepted as a message of %(member)s."),
            "discarded": self.env._("Held reply of %(who)s left as a note."),
        }
        record._message_log(body=words[state] % {"who": self.email_from, "member": self.member_id.user_id.name or ""})

    def action_client_open(self):
        """Open the record itself; Odoo refuses it to staff who may not read it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
