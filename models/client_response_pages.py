"""How a member asks a question, and what both sides see of the clock."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext, plaintext2html

from .client_door import MEMBERS_SUBTYPE

QUESTION_MAX = 5000


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    client_answer_due = fields.Datetime(
        "Answer to a question by", compute="_compute_client_answer_due", help="Of the client's oldest open question."
    )

    def _compute_client_answer_due(self):
        questions = self.env["client.response"]._open_on(self.filtered("id")).filtered("due_on")
        due = {}
        for question in questions:
            due[question.res_id] = min(question.due_on, due.get(question.res_id, question.due_on))
        for record in self:
            record.client_answer_due = due.get(record.id, False)

    # ----------------------------------------------------------------------------- asking

    def _client_question_form(self, sent=None, files=()):
        """Values of the form; called behind the gate.

        :param dict sent: what was typed, when the form comes back
        :param files: ir.attachment that wait
        """
        self.ensure_one()
        upload, responses = self.env["client.upload"], self.env["client.response"]
        due = responses._promise(self.sudo(), fields.Datetime.now())  # working hours of who answers
        return {
            "title": self[self._client_label_field],
            "files_address": f"/my/ask/{self._name}/{self.id}/files",
            "back": f"{self._client_url()}#conversation",
            "text": (sent or {}).get("text", ""),
            "most": QUESTION_MAX,
            "staged": upload._rows(files),
            "limits": upload._limits(),
            "promise": self._client_question_promise(due),
            "readers": self._client_readers(),
        }

    def _client_question_promise(self, due):
        """'You have our answer by Fri 27 Nov, 17:00.'; empty without a promise."""
        if not due:
            return ""
        words = self.env["client.words"]
        day = words._day(words._local(due).date())
        return self.env._("You have our answer by %(day)s, %(time)s.", day=day, time=words._time(due))

    def _client_question(self, sent, files):
        """Put a member's question into the conversation and start the clock of its answer.

        Called behind the gate with the right to comment.

        :param dict sent: text
        :param files: ir.attachment (sudo), the member's own and pending
        :raise UserError: nothing was asked
        """
        self.ensure_one()
        text = sent["text"]
        if not text:
            raise UserError(self.env._("Please write your question."))
        if len(text) > QUESTION_MAX:
            raise UserError(self.env._("Please keep your question to %s letters.", QUESTION_MAX))
        if self._client_question_known(text):
            return
        self.env["client.throttle"]._check("post")
        self.sudo().with_context(client_question=True).message_post(  # the gate asked for the role
            body=plaintext2html(text),
            message_type="comment",
            subtype_xmlid=MEMBERS_SUBTYPE,
            author_id=self.env.user.partner_id.id,
            attachment_ids=files.ids,
        )

    def _client_question_known(self, text):
        """Whether the user asked these very words already, and waits: a form sent twice is one question."""
        mine = self.env["client.response"]._open_on(self).filtered(lambda r: r.author_id == self.env.user.partner_id)
        return any(html2plaintext(question.message_id.body or "").strip() == text for question in mine)

    # ---------------------------------------------------------------------------- showing

    def _client_thread_values(self):
        """Also what waits for our answer, and where to ask."""
        values = super()._client_thread_values()
        may_write = not values["disable_composer"]
        return {
            **values,
            "questions": self._client_question_rows(),
            "ask_url": f"/my/ask/{self._name}/{self.id}" if may_write else "",
        }

    def _client_question_rows(self):
        """[{'words', 'promise', 'late'}] of open questions, oldest first; no query where nobody waits."""
        record = self.sudo()  # whether anybody waits, of a visible record
        if "client_wrote_on" in record._fields and not record.client_wrote_on:
            return []
        open_ones = self.env["client.response"]._open_on(self).filtered("question")
        return [question._client_row() for question in open_ones]


class ClientResponse(models.Model):
    _inherit = "client.response"

    def _client_row(self):
        """One open question in words (sudo, of a record that the reader sees)."""
        words = self.env["client.words"]
        day = words._short(words._local(self.asked_on).date())
        mine = self.author_id == self.env.user.partner_id
        asked = self.env._("You asked a question on %s.", day)
        if not mine:
            asked = self.env._("%(name)s asked a question on %(day)s.", name=self.author_id.name or "", day=day)
        due = self.due_on and words._local(self.due_on)
        promise = ""
        if self.late:
            promise = self.env._("The promised answer is late.")
        elif due:
            promise = self.env._(
                "Answer by %(day)s, %(time)s", day=words._day(due.date()), time=words._time(self.due_on)
            )
        return {"words": asked, "promise": promise, "late": self.late}
