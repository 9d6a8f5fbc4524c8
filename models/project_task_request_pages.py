"""What the pages show of a request: its facts, what was asked, what the member can still do."""

from odoo import models
from odoo.fields import Datetime

_SHOWN = ("image/jpeg", "image/png", "image/gif", "image/webp")  # kinds a browser draws


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _client_promise_words(self):
        """How it stands with the promised answer.

        :return: {'label', 'tone', 'fact'}, the last without the word answer; None when nothing was promised
        """
        words = self.env["client.words"]
        if self.client_answered_on:
            day = words._inline(words._local(self.client_answered_on).date())
            return {"label": self.env._("answered %s", day), "tone": "success", "fact": self.env._("given %s", day)}
        deadline = self.client_promise_deadline
        if not deadline or self.client_status in ("completed", "cancelled"):
            return None
        when = f"{words._inline(words._local(deadline).date())}, {words._time(deadline)}"
        if deadline < Datetime.now():
            words = self.env._("answer was due %s", when)
            return {"label": words, "tone": "danger", "fact": self.env._("was due %s", when)}
        return {"label": self.env._("answer by %s", when), "tone": "info", "fact": self.env._("by %s", when)}

    def _client_facts(self):
        facts = super()._client_facts()
        facts["request_words"] = self._client_request_words() if self.client_request_number else None
        if facts["request_words"]:
            facts["facts"] = [*self._client_request_facts(), *facts["facts"]]
        return facts

    def _client_request_facts(self):
        """The side of the page: number, kind, who raised it, the promise."""
        words, task = self.env["client.words"], self.sudo()  # names of a visible request's own relations
        labels = dict(self._fields["client_urgency"]._description_selection(self.env))
        promise = self._client_promise_words()
        days = [words._day(day) for day in task._client_proposed_days()]
        only = task.client_only_user_id
        return [
            {
                "label": self.env._("Request"),
                "value": self.client_request_number,
                "note": task.client_request_type_id.name,
            },
            {
                "label": self.env._("Raised by"),
                "value": task.client_requester_id.partner_id.name,
                "note": self.env._("Seen by you alone") if only else "",
            },
            {"label": self.env._("Raised"), "value": words._day(words._local(self.create_date).date())},
            {"label": self.env._("Our answer"), "value": promise and promise["fact"]},
            {"label": self.env._("Urgency"), "value": labels.get(self.client_urgency, "")},
            {"label": self.env._("Proposed"), "value": ", ".join(days)},
        ]

    def _client_proposed_days(self):
        """The days the client proposed, as dates."""
        days = (Datetime.to_datetime(text) for text in self.client_request_dates or ())
        return [day.date() for day in days if day]

    def _client_request_words(self):
        """What the member wrote and sent along: {'text', 'files'}."""
        return {"text": self.client_request_text or "", "files": self._client_request_files()}

    def _client_request_files(self):
        """Files of the message a request began with, for whoever reads that message.

        :return: [{'id', 'name', 'size', 'url', 'picture'}]
        """
        uploads = self.env["client.upload"]
        begun = [("model", "=", self._name), ("res_id", "=", self.id), ("create_date", "=", self.create_date)]
        message = self.env["mail.message"].search(begun, order="id", limit=1)  # as the reader
        return [
            {
                "id": file.id,
                "name": file.name,
                "size": uploads._size(file.file_size),
                "url": f"/web/content/{file.id}",
                "picture": f"/web/image/{file.id}/320x240" if file.mimetype in _SHOWN else "",
            }
            for file in message.sudo().attachment_ids.sorted("id")  # they came with a message the reader reads
        ]

    def _client_asks(self):
        """A request that is not yet scheduled can be taken back."""
        asks = super()._client_asks()
        if self._client_can_cancel():
            promise = self._client_promise_words()
            asks.append(
                {
                    "template": "client_portal.ask_request_cancel",
                    "number": self.client_request_number,
                    "cancel_url": f"/my/requests/{self.id}/cancel",
                    "promise": promise,
                    "visit_url": self._client_visit_url() if self._client_visit_may_wish() else "",
                }
            )
        return asks

    def _client_visit_may_wish(self):
        """Whether the member may propose a time although none was told yet."""
        return not self.client_visit_start and not self.client_visit_state and self._client_visit_may_answer()

    def _client_received_page(self):
        """Values of the page that thanks for a request."""
        task = self.sudo()  # the kind of a visible request
        promise = self._client_promise_words()
        return {
            "number": self.client_request_number,
            "title": self.client_name,
            "kind": task.client_request_type_id.name,
            "url": self._client_url(),
            "promise": promise if promise and promise["tone"] == "info" else None,
            "email": self.env.user.email or "",
            "mine": task.client_requester_id.user_id == self.env.user,
            "only": bool(task.client_only_user_id),
        }
