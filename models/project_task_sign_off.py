from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

SIGN_OFF = [
    ("asked", "Waiting for the client"),
    ("signed", "Signed off"),
    ("refused", "Refused"),
    ("waived", "Not needed"),
]


class ProjectTask(models.Model):
    """A finished job may wait for its client's sign-off; an answer closes or reopens it.

    The client answers through an approval (``client.approval.kind.completion``), which calls
    ``_client_signed_off`` or ``_client_sign_off_refused``.
    """

    _inherit = "project.task"

    client_sign_off = fields.Selection(
        [("yes", "Asked for"), ("no", "Not asked for")],
        string="Sign-off by the client",
        help="Whether the client signs off this job once it is done. Empty: as the project says.",
    )
    client_sign_off_state = fields.Selection(SIGN_OFF, string="Sign-off", readonly=True, copy=False)
    client_signed_by = fields.Char(string="Signed off by", readonly=True, copy=False)
    client_signed_on = fields.Datetime(string="Signed off on", readonly=True, copy=False)

    @property
    def TASK_PORTAL_READABLE_FIELDS(self):
        return super().TASK_PORTAL_READABLE_FIELDS | {"client_sign_off_state", "client_signed_by", "client_signed_on"}

    def _client_wants_sign_off(self):
        """Whether the client is asked once the job is done."""
        return (self.client_sign_off or ("yes" if self.project_id.client_sign_off else "no")) == "yes"

    # ----------------------------------------------------------------- the client's status

    @api.depends("client_sign_off_state")
    def _compute_client_status(self):
        super()._compute_client_status()

    def _client_status_now(self, known):
        """A finished job waits for the client while the sign-off is asked, and is not finished once it was refused."""
        asked = self.client_sign_off_state == "asked"
        status = super()._client_status_now("in_progress" if asked and known == "waiting" else known)
        if status != "completed":
            return status
        if not self._client_work_is_done():  # changes are asked for, in a stage that shows as completed
            return "in_progress"
        return "waiting" if asked else status

    def _client_news(self, old, new):
        """Finished, signed off and reopened are told in their own words."""
        for kind, values in super()._client_news(old, new):
            if kind == f"job_{new['client_status']}":
                kind, values = self._client_sign_off_news(old, new) or (kind, values)
            yield kind, values

    def _client_sign_off_news(self, old, new):
        asked, asking = old["client_sign_off_state"] == "asked", new["client_sign_off_state"] == "asked"
        if asking and not asked:
            return "job_sign_off", {}
        if asked and new["client_sign_off_state"] == "signed":
            return "job_signed_off", {"by": self.client_signed_by or ""}
        finished = asked or old["client_status"] == "completed"
        if finished and new["client_status"] not in ("completed", "cancelled"):
            return "job_reopened", {}
        return None

    # ------------------------------------------------------------------------- the ways

    def _client_ask_sign_off(self):
        """Let the client sign off the latest version of the completion record.

        Jobs that are not finished or that the client does not see are left alone.
        """
        ready = self.filtered(lambda job: job._client_is_finished() and job.client_published)
        if ready:
            ready.write({"client_sign_off_state": "asked", "client_signed_by": False, "client_signed_on": False})

    def _client_signed_off(self, member=None, name=""):
        """The client accepts the work: the job is closed.

        :param member: client.member who answered, none when staff record an answer they got elsewhere
        :param str name: who signed, where it is no member
        """
        now = self.env.context.get("client_update_date") or fields.Datetime.now()
        by = member.user_id.sudo().name if member else name  # a member's name
        jobs = self.sudo()  # whoever of the client answers may write nothing
        jobs._client_check_asked()
        jobs.write({"client_sign_off_state": "signed", "client_signed_by": by, "client_signed_on": now})
        for job in jobs:
            job._client_note(self.env._("%s signed off the job.", by), member)

    def _client_sign_off_refused(self, member, reason):
        """The client does not accept the work: the job is open again, and somebody has to see to it.

        :param member: client.member who answered
        :param str reason: in their words
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Please say what is missing."))
        jobs = self.sudo()  # as in _client_signed_off
        jobs._client_check_asked()
        by = member.user_id.sudo().name  # a member's name
        jobs.write({"state": "02_changes_requested"})
        jobs.write({"client_sign_off_state": "refused", "client_signed_by": False, "client_signed_on": False})
        for job in jobs:
            job._client_note(self.env._("%(name)s refused the sign-off: %(reason)s", name=by, reason=reason), member)
            responsible = job._client_responsible() or self.env.ref("base.user_admin")
            job.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=responsible.id,
                summary=self.env._("Sign-off refused by %s", by),
                note=plaintext2html(reason),
            )

    def _client_sign_off_waived(self):
        """Staff close the job without the client's sign-off."""
        jobs = self.filtered(lambda job: job.client_sign_off_state == "asked")
        if jobs:
            jobs.write({"client_sign_off_state": "waived"})
        for job in jobs:
            job._client_note(self.env._("The sign-off is no longer asked for."))

    def _client_reopened(self):
        """What was asked or signed was about work that was finished."""
        answered = self.filtered("client_sign_off_state")
        if answered:
            answered.write({"client_sign_off_state": False, "client_signed_by": False, "client_signed_on": False})

    def _client_check_asked(self):
        if any(job.client_sign_off_state != "asked" for job in self):
            raise UserError(self.env._("The sign-off of this job is not asked for any more."))

    def _client_note(self, body, member=None):
        """An internal note on the job, by the member who acted or by who is signed in."""
        author = member.user_id.partner_id if member else self.env.user.partner_id
        self.message_post(body=body, author_id=author.id, subtype_xmlid="mail.mt_note")

    # ---------------------------------------------------------------------------- staff

    def action_client_complete(self):
        """Open the form that finishes a job."""
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_complete_wizard_action")
        return {**action, "context": {"default_task_id": self.id}}

    def action_client_completions(self):
        """List the versions of the completion record."""
        self.env["client.completion"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_completion_action")
        return {**action, "domain": [("task_id", "in", self.ids)]}

    def action_client_ask_sign_off(self):
        """Ask the client to sign off a job that is finished."""
        self.check_access("write")
        self._client_ask_sign_off()

    def action_client_waive_sign_off(self):
        """Close jobs without the sign-off."""
        self.check_access("write")
        self._client_sign_off_waived()
