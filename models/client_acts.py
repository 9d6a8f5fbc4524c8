"""What the client did, on the record staff work on: when, and whether somebody still has to answer."""

from odoo import api, fields, models

from .client_door import MEMBERS_SUBTYPE

_WRITTEN = ("comment", "email", "email_outgoing")  # by a person, not by an automatic reply
_ANSWER = "client_portal.mail_activity_answer"


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    client_acted_on = fields.Datetime(
        string="Client last acted",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The client wrote, asked, proposed, confirmed, approved or declined something here.",
    )

    def _client_acted(self):
        """Remember that the client did something on these records, now."""
        now = self.env.context.get("client_update_date") or fields.Datetime.now()
        self.sudo().write({"client_acted_on": now})  # whoever of the client acted may write nothing

    def _client_responsible(self):
        """Who of the staff looks after this record.

        :return: res.users (sudo), at most one
        """
        self.ensure_one()
        record = self.sudo()  # names of staff, for staff
        own = record.user_id if "user_id" in record._fields else self.env["res.users"].sudo()  # same
        return (own or record.client_id.user_id or record.company_id.client_contact_user_id)[:1]

    def _client_said(self, message):
        """Note a message that both sides read: the client's asks for an answer, ours is one.

        :param message: mail.message, sudo
        """
        author = message.author_id
        if not self._client_talks:
            return
        if message.is_internal or message.message_type not in _WRITTEN:
            return
        if message.subtype_id.id != self.env["ir.model.data"]._xmlid_to_res_id(MEMBERS_SUBTYPE):
            return
        if any(user._is_internal() for user in author.user_ids):
            self._client_answered()
        elif self._client_is_side(author):
            self._client_acted()
            self._client_wrote(message)

    def _client_is_side(self, author):
        """Whether somebody belongs to this record's client: of the company, or a member.

        :param author: res.partner, sudo
        """
        client = self.sudo().client_id  # compared only
        if not client.is_client or author.commercial_partner_id == client:
            return client.is_client
        return any(client in user._client_members().client_id for user in author.user_ids)

    def _client_wrote(self, message):
        """Start the clock of an answer; where no member of staff hears of it, ask one.

        :param message: mail.message, sudo
        """
        record = self.sudo()  # as in _client_acted
        if "client_wrote_on" in self._fields:
            record.client_wrote_on = record.client_wrote_on or record.client_acted_on
        self.env["client.response"]._begin(self, message)
        heard = record.message_partner_ids.user_ids.filtered(lambda user: user._is_internal())
        responsible = record._client_responsible()
        if not heard and responsible and not record.activity_search([_ANSWER]):
            record.activity_schedule(_ANSWER, user_id=responsible.id)

    def _client_answered(self):
        """Staff wrote to the client, or said that nothing is to be answered."""
        waiting = self.sudo()  # an answer may come by mail, from somebody without rights
        if "client_wrote_on" in self._fields:
            waiting = waiting.filtered("client_wrote_on")
            waiting.client_wrote_on = False
        if waiting:
            outcome = self.env.context.get("client_response_outcome", "answered")
            self.env["client.response"]._end(waiting, outcome)
            waiting.activity_unlink([_ANSWER])


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _client_responsible(self):
        task = self.sudo()  # as in super
        return task.user_ids[:1] or task.project_id.user_id or super()._client_responsible()


class AccountMove(models.Model):
    _inherit = "account.move"

    def _client_responsible(self):
        return self.sudo().invoice_user_id or super()._client_responsible()  # as in super


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if self and isinstance(self, self.env.registry["client.scoped"]):
            self._client_said(message.sudo())  # who wrote it and of which kind it is
        return result


class ClientUpdate(models.Model):
    _inherit = "client.update"

    @api.model
    def _append(self, vals_list):
        """What a member's act makes news is something the client did."""
        vals_list = list(vals_list)
        if self.env.user._is_client_governed():
            acted = {}
            for vals in vals_list:
                acted.setdefault(vals["res_model"], set()).add(vals["res_id"])
            for model, ids in acted.items():
                if issubclass(self.env.registry[model], self.env.registry["client.scoped"]):
                    self.env[model].browse(ids)._client_acted()
        return super()._append(vals_list)
