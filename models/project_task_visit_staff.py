"""The staff's side of visits: ask for a confirmation, answer a client who wants another time."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Datetime

from .project_task_pages import ACTIVE


class ProjectTask(models.Model):
    _inherit = "project.task"

    # what the client asked for, for whoever may read the job
    client_visit_wish = fields.Text("Asked for", compute="_compute_client_visit_wish", compute_sudo=True)
    client_visit_option_1 = fields.Char("First choice", compute="_compute_client_visit_wish", compute_sudo=True)
    client_visit_option_2 = fields.Char("Second choice", compute="_compute_client_visit_wish", compute_sudo=True)
    client_visit_option_3 = fields.Char("Third choice", compute="_compute_client_visit_wish", compute_sudo=True)

    @api.depends("client_visit_state")
    @api.depends_context("tz", "lang")
    def _compute_client_visit_wish(self):
        proposals = self.env["client.visit.proposal"].search([("task_id", "in", self.ids), ("state", "=", "open")])
        of_task = {proposal.task_id.id: proposal for proposal in proposals}
        words = self.env["client.words"]
        for task in self:
            proposal = of_task.get(task._origin.id, proposals.browse())
            windows = proposal._windows() if proposal else []
            who = proposal.partner_id.name
            task.client_visit_wish = who and "\n".join(filter(None, (who, proposal.comment)))
            for number in (1, 2, 3):
                option = windows[number - 1] if number <= len(windows) else (None, None)
                task[f"client_visit_option_{number}"] = words._visit(*option)

    def action_client_visit_ask(self):
        """Ask the client to confirm the visits of these jobs."""
        self.check_access("write")
        if any(not task.client_visit_start for task in self):
            raise UserError(self.env._("Plan the visit first."))
        self.write({"client_visit_confirm": True})

    def action_client_visit_accept(self):
        """Move the visit to one of the times the client asked for; the context says which."""
        self.ensure_one()
        self.check_access("write")
        proposal = self.sudo()._client_visit_open()  # reason: belongs to a job the user may write
        windows = proposal._windows() if proposal else []
        option = self.env.context.get("client_visit_option", 1)
        if not 1 <= option <= len(windows):
            raise UserError(self.env._("The client is not asking for another time any more."))
        start, end = windows[option - 1]
        if start <= Datetime.now():
            raise UserError(self.env._("This time has passed. Plan another one, or answer the client."))
        answer = self._client_visit_vals("confirmed", proposal.partner_id)  # agreed: they asked for it
        self.write({"client_visit_start": start, "client_visit_end": end, **answer})
        self._client_visit_settle("accepted")
        self._client_visit_note(self.env._("Accepted: %s", self._client_visit_text()))

    def action_client_visit_keep(self):
        """Open the answer to a client who asked for another time: the visit stays."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_visit_keep_action")
        return dict(action, context={"default_task_id": self.id})

    def _client_visit_keep(self, reply):
        """The visit stays as it was, and the client is told why.

        :param str reply: words for the client, may be empty
        """
        self.check_access("write")
        self._client_visit_back()
        self._client_visit_settle("kept", reply)
        self._client_visit_note(self.env._("The visit stays as planned. %s", reply))

    @api.model
    def _client_visit_lapse(self):
        """End questions that time has answered: visits that have begun, wishes on jobs that are over.

        By a scheduled action; pages look at the clock themselves.
        """
        begun = self.search([("client_visit_state", "=", "asked"), ("client_visit_start", "<=", Datetime.now())])
        for task in begun:
            task.write(task._client_visit_vals("told"))
        over = self.search([("client_visit_state", "=", "proposed"), ("client_status", "not in", ACTIVE)])
        over._client_visit_back()
        over._client_visit_settle("lapsed")
