from odoo import fields, models


class ProjectTask(models.Model):
    """What a job covers is approved before it starts, and the finished work is signed off."""

    _name = "project.task"
    _inherit = ["project.task", "client.approvable"]

    _client_watched_fields = ("name", "client_title", "client_summary", "client_site_id", "partner_id", "parent_id")

    def _client_court_depends(self):
        return [*super()._client_court_depends(), "client_approval_id.state"]

    def _client_court_now(self):
        """The client's turn while they are asked, ours when they want something else."""
        turn = {"pending": "client", "changes": "operator", "declined": "operator"}
        over = self.client_status in ("completed", "cancelled")
        return (None if over else turn.get(self.client_approval_id.state)) or super()._client_court_now()

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("name", "client_title", "parent_id", "active", "client_publish")):
            self.parent_id._client_touched()  # parts are shown with the job
        if vals.get("client_sign_off_state", "asked") != "asked":
            self._client_sign_off_settled(vals["client_sign_off_state"])
        return result

    def _client_ask_sign_off(self):
        """The sign-off is asked for and answered like everything else that needs a client's yes."""
        super()._client_ask_sign_off()
        for job in self.filtered(lambda job: job.client_sign_off_state == "asked" and job.client_id.is_client):
            before = job._client_approvals()
            before._withdraw("revising")
            signed = before.filtered(lambda approval: approval.kind == "completion")[:1]
            self.env["client.approval"]._ask(job, "completion", previous_id=signed.id)

    def _client_sign_off_settled(self, state):
        """What staff recorded, waived or undid is no longer asked."""
        asked = self._client_approvals().filtered(lambda approval: approval.kind == "completion")
        asked._withdraw("confirmed" if state in ("signed", "refused") else "revising" if not state else "withdrawn")


class ProjectProject(models.Model):
    _inherit = "project.project"

    client_approval_count = fields.Integer(compute="_compute_client_approval_count", string="Approvals")

    def _compute_client_approval_count(self):
        groups = self.env["client.approval"]._read_group(
            [("scope_model", "=", self._name), ("scope_id", "in", self.ids)], ["scope_id"], ["__count"]
        )
        counts = dict(groups)
        for project in self:
            project.client_approval_count = counts.get(project.id, 0)

    def action_client_approvals(self):
        """List what the client was asked about these projects and their milestones."""
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_approval_action")
        return dict(action, domain=[("scope_model", "=", self._name), ("scope_id", "in", self.ids)], context={})


class ProjectMilestone(models.Model):
    """A milestone is approved by the client of its project."""

    _name = "project.milestone"
    _inherit = ["project.milestone", "client.approvable"]

    _client_watched_fields = ("name", "deadline", "project_id")

    def _client_approval_scope(self):
        return self.project_id

    def _client_responsible(self):
        return self.sudo().project_id._client_responsible()  # names of staff, for staff

    def write(self, vals):
        result = super().write(vals)
        if "is_reached" in vals or "project_id" in vals:
            self._client_settled(vals)
        return result

    def _client_settled(self, vals):
        """Reached by hand, nothing is left to ask; moved to another project, the question moves along."""
        for approval in self._client_approvals():
            if vals.get("is_reached"):
                approval._withdraw("confirmed")
            elif "project_id" in vals:
                approval.write(approval._scope_of(approval._subject().project_id))

    def unlink(self):
        approvals = self._client_approvals()
        result = super().unlink()
        approvals._withdraw("record_gone")
        return result
