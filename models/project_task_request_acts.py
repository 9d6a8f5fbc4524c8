"""What members and staff do with a request: raise it, answer it, ask about it, cancel it."""

import hashlib
import json

from markupsafe import Markup
from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import plaintext2html

from .client_door import MEMBERS_SUBTYPE
from .client_request_form import RequestRefused

ANSWER, TO_DO = "client_portal.mail_activity_answer", "mail.mail_activity_data_todo"
MAIL = "client_portal.mail_template_client_request"
# what makes two sendings of one form the same
_SAME = ("title", "text", "site", "asset", "dates", "urgency", "only", "staged", "names")


class ClientMember(models.Model):
    _inherit = "client.member"

    def _client_raised(self, sent):
        """The request this very form made before: sent twice, resent after a time-out, sent again from history.

        :param dict sent: see ``client.request.form``
        :return: project.task (sudo, its id for an address), empty when there is none or something was changed since
        """
        found = self._client_raised_by(sent)
        return found.filtered(lambda task: task.client_request_digest == self._client_digest(sent))

    def _client_raised_by(self, sent):
        """The request with the key of a form."""
        tasks = self.env["project.task"].sudo().with_context(active_test=False)  # one's own, by one's own key
        key = self._client_request_key(sent)
        return tasks.search([("client_request_key", "=", key)], limit=1) if key else tasks.browse()

    def _client_request_key(self, sent):
        key = sent.get("key") or ""
        return f"{self.env.uid}:{key[:64]}" if key else False

    @api.model
    def _client_digest(self, sent):
        return hashlib.sha256(json.dumps([sent.get(name) for name in _SAME]).encode()).hexdigest()

    def _client_raise(self, kind, sent, files):
        """Make a request of what was typed: a task in the staff's own project, once per form.

        :param kind: client.request.type (sudo), one that is offered to this membership
        :param dict sent: see ``client.request.form``
        :param files: ir.attachment (sudo) sent along, the member's own and pending
        :return: project.task (sudo)
        :raise RequestRefused: with a word for every field that is wrong
        :raise TooMany: asked too often
        """
        if self._client_raised_by(sent):
            sent["key"] = ""  # the form comes back as a new one
            words = self.env._("You have sent this form already. If this is another request, please send it again.")
            raise RequestRefused(words, http_status=409)
        vals = self.env["client.request.form"]._read(self, kind, sent, files)
        self.env["client.throttle"]._check("request")
        vals.update(client_request_key=self._client_request_key(sent), client_request_digest=self._client_digest(sent))
        task = self._client_create_request(kind, vals)
        task._client_received(files)
        return task

    def _client_create_request(self, kind, vals):
        """The task; the same form sent at the same moment waits here, and begins anew once the other is through.

        :raise ConcurrencyError: Odoo's dispatcher then repeats the whole call, which finds the other's task
        """
        tasks = self.env["project.task"].sudo()  # members create nothing by themselves; the gate was passed
        tasks = tasks.with_context(mail_auto_subscribe_no_notify=True)  # the activity is the one mail staff get
        try:
            with self.env.cr.savepoint():
                task = tasks.create(self._client_request_vals(kind, vals))
                task.flush_recordset()
        except UniqueViolation as twice:
            if "client_request_key" not in (twice.diag.constraint_name or ""):
                raise
            raise ConcurrencyError(str(twice)) from twice
        return task.with_context(mail_auto_subscribe_no_notify=False)

    def _client_request_vals(self, kind, vals):
        """Values of the task of a request."""
        now, assignee = fields.Datetime.now(), kind.user_id.filtered("active")
        return {
            "name": vals["client_title"],
            "project_id": kind.project_id.id,
            **({"stage_id": kind.stage_id.id} if kind.stage_id else {}),
            "partner_id": self.client_id.id,
            "user_ids": [fields.Command.set(assignee.ids)],
            "priority": "3" if vals["client_urgency"] == "urgent" else "0",
            "description": plaintext2html(vals["client_request_text"]) if vals["client_request_text"] else False,
            "client_request_number": self.env["ir.sequence"].sudo().next_by_code("client.request"),  # a number
            "client_request_type_id": kind.id,
            "client_requester_id": self.id,
            "client_promise_deadline": kind._client_promise(now),
            **vals,
        }


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _client_received(self, files):
        """Put the member's words and files into the conversation, tell staff, thank the member.

        Called in sudo, as the member: they are the author of all of it.
        """
        self._client_call(lambda task: task.env._("%s: new request", task.client_request_number))
        self.message_post(
            body=plaintext2html(self.client_request_text or self.client_title),
            message_type="comment",
            subtype_xmlid=MEMBERS_SUBTYPE,
            author_id=self.env.user.partner_id.id,
            attachment_ids=files.ids,
            notify_skip_followers=True,  # staff get an activity, the member a mail
        )
        template = self.env.ref(MAIL, raise_if_not_found=False)
        if template:
            template.sudo().send_mail(self.id)  # the suite's own words, to the member alone

    def _client_call(self, words, activity=ANSWER):
        """An activity for whoever is responsible, in their language.

        :param words: called with the task in the responsible's language, gives the summary
        """
        self.ensure_one()
        user = self._client_visit_staff()
        task = self.sudo().with_context(lang=user.lang or self.env.lang)  # activities are the staff's
        task.activity_schedule(activity, summary=words(task), user_id=user.id, date_deadline=task._client_call_date())

    def _client_call_date(self):
        """Today, or the day of the promise while that runs, where the staff are."""
        deadline = self.client_promise_deadline if self._client_owes_answer() else False
        return fields.Datetime.context_timestamp(self, deadline or fields.Datetime.now()).date()

    # ------------------------------------------------------------------ words to and fro

    def _client_answered(self):
        """A word of ours also stops the clock of the promise."""
        super()._client_answered()
        for task in self.sudo():  # clocks are the suite's
            if task._client_owes_answer():
                task.client_answered_on = self.env.context.get("client_update_date") or fields.Datetime.now()
                task.activity_unlink([ANSWER])

    def _client_wrote(self, message):
        """A word of the client's also ends our question, and somebody is told."""
        super()._client_wrote(message)
        task = self.sudo()  # as in _client_answered
        if task.client_asked_on:
            task._client_question_over()
            if not task.activity_search([ANSWER]):
                task._client_call(lambda one: one.env._("The client answered: %s", one.client_name))

    def _client_ask(self, question):
        """Ask the client something: it waits for them, in words and on the clock, until they answer.

        :param question: HTML or text
        """
        self.ensure_one()
        self.check_access("write")
        if not (self.client_published and self.client_id.is_client):
            raise UserError(self.env._("The client does not see this job. Show it to them first."))
        self.message_post(body=question, message_type="comment", subtype_xmlid=MEMBERS_SUBTYPE)
        known = self.client_asked_from if self.client_asked_on else self.client_status
        self.write({"client_asked_on": fields.Datetime.now(), "client_asked_from": known})

    def _client_question_over(self):
        """The status is again what it was before the question, or what the stage says by now."""
        self.write({"client_status": self.client_asked_from, "client_asked_on": False, "client_asked_from": False})

    # ------------------------------------------------------------------ cancelling

    def _client_can_cancel(self):
        """Whether the current user may take the request back: until it is scheduled."""
        self.ensure_one()
        task = self.sudo()  # clocks, and whether it is a request, of a visible job
        status = task.client_asked_from if task.client_asked_on else task.client_status
        early = task.client_request_number and status == "requested" and not task.client_visit_start
        return bool(early) and self.env.user._client_can("request", self)

    def _client_cancel(self, reason):
        """Take a request back; called behind the gate.

        :param str reason: typed, may be empty
        :raise UserError: it is under way already
        """
        self.ensure_one()
        if not self._client_can_cancel():
            raise UserError(self.env._("This request is under way already. Please write to us in the conversation."))
        task = self.sudo()  # the role and the record were asked just above
        said = Markup("<p>%s</p>") % self.env._("I cancel this request.")
        task.message_post(
            body=said + plaintext2html(reason[:2000]) if reason else said,
            message_type="comment",
            subtype_xmlid=MEMBERS_SUBTYPE,
            author_id=self.env.user.partner_id.id,
        )
        task.write(
            {"state": "1_canceled", "client_asked_on": False, "client_asked_from": False, "client_wrote_on": False}
        )
        self.env["client.response"]._end(task, "withdrawn")
        task.activity_unlink([ANSWER])
        task._client_call(lambda one: one.env._("%s: cancelled by the client", one.client_request_number), TO_DO)
