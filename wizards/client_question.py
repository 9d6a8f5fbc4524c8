from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty


class ClientQuestion(models.TransientModel):
    """What staff want to know of a client before a job goes on."""

    _name = "client.question"
    _description = "Ask the client"

    task_id = fields.Many2one("project.task", required=True, readonly=True, ondelete="cascade")
    readers = fields.Char(compute="_compute_readers", string="Read by")
    body = fields.Html("Question", sanitize_style=True)

    def _compute_readers(self):
        for question in self:
            people = question.task_id._client_audience()[question.task_id.id]
            question.readers = ", ".join(person["short"] for person in people)

    def action_client_ask(self):
        """Post the question; the job then waits for the client."""
        self.ensure_one()
        if is_html_empty(self.body):
            raise UserError(self.env._("Please write the question."))
        self.task_id._client_ask(self.body)
        return {"type": "ir.actions.act_window_close"}
