"""What members do about a visit, and what staff answer. Everything ends in one place: the job's own state."""

from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tools import SQL

from .client_visit_proposal import COMMENT_MAX, VisitRefused
from .project_task_pages import ACTIVE

_ACTIVITY = "client_portal.mail_activity_type_visit"


class ProjectTask(models.Model):
    _inherit = "project.task"

    # ------------------------------------------------------------------- members, behind the gate

    def _client_visit_confirm(self, seen):
        """The member confirms the window they were shown. Twice is as good as once.

        :param str seen: see ``_client_visit_key``
        :raise VisitRefused: it moved meanwhile, or somebody asked for another time
        """
        job = self._client_visit_job()
        if job._client_visit_key() != seen:
            raise VisitRefused(self.env._("The visit was moved meanwhile. Please look at the new time."))
        if job.client_visit_state == "confirmed":
            return
        if job.client_visit_state == "proposed":
            raise VisitRefused(self._client_visit_words_taken())
        if job.client_visit_state != "asked" or job.client_visit_start <= Datetime.now():
            raise VisitRefused(self.env._("There is nothing to confirm any more."))
        partner = self.env.user.partner_id
        job.write(job._client_visit_vals("confirmed", partner))
        house = job._client_visit_house()
        job._client_visit_note(house.env._("Visit confirmed: %s", house._client_visit_text()))

    def _client_visit_propose(self, rows, comment):
        """The member asks for another time, or for one where none was told.

        :param list rows: see ``client.times._windows``
        :param str comment: as typed
        :raise TimesRefused: times that cannot be meant
        :raise VisitRefused: somebody else asked already, or there is nothing left to visit for
        """
        self.env["client.throttle"]._check("post")
        windows = self.env["client.times"]._windows(rows)
        if len(comment) > COMMENT_MAX:
            raise UserError(self.env._("Your message may have up to %s characters. Nothing is lost.", COMMENT_MAX))
        job = self._client_visit_job()
        packed = self.env["client.visit.proposal"]._pack(windows)
        partner = self.env.user.partner_id
        waiting = job._client_visit_open()
        if waiting:
            again = (waiting.partner_id, waiting.windows, waiting.comment or "") == (partner, packed, comment)
            if again:  # a second click
                return
            raise VisitRefused(self._client_visit_words_taken())
        job.env["client.visit.proposal"].create(
            {"task_id": job.id, "partner_id": partner.id, "windows": packed, "comment": comment}
        )
        job.write(job._client_visit_vals("proposed"))
        note = job._client_visit_house()._client_visit_wish(windows, comment)
        job._client_visit_note(note)
        job.activity_schedule(_ACTIVITY, note=note, user_id=job._client_visit_staff().id)

    def _client_visit_withdraw(self):
        """The member takes an open wish back, their own or a colleague's. Twice is as good as once."""
        job = self._client_visit_job()
        if job._client_visit_open():
            job._client_visit_back()
            job._client_visit_settle("withdrawn")
            job._client_visit_note(job._client_visit_house().env._("The wish for another time was taken back."))

    def _client_visit_job(self):
        """This job in sudo, locked until the end of the transaction: who comes second waits, and sees what happened.

        :raise VisitRefused: the job is over
        """
        self.ensure_one()
        self.env.cr.execute(SQL("SELECT 1 FROM project_task WHERE id = %s FOR NO KEY UPDATE", self.id))
        self.invalidate_recordset()
        job = self.sudo()  # reason: called behind the gate, for members who write nothing themselves
        if job.client_status not in ACTIVE:
            raise VisitRefused(self.env._("This job is over: there is nothing to arrange any more."))
        return job

    def _client_visit_words_taken(self):
        waiting = self.sudo()._client_visit_open()  # reason: the name of a colleague who sees this job too
        return self.env._(
            "%s has asked for another time already. We will answer soon; until then the wish can be taken back.",
            waiting.partner_id.name,
        )

    # ------------------------------------------------------------------- both sides

    def _client_visit_open(self):
        """Open proposal of one job, or none; for callers who may read proposals."""
        return self.env["client.visit.proposal"].search(
            [("task_id", "in", self.ids), ("state", "=", "open")], limit=1
        )

    def _client_visit_key(self):
        """What tells one window from another, for a form to carry."""
        window = (self.client_visit_start, self.client_visit_end)
        return "/".join(Datetime.to_string(moment) for moment in window if moment)

    def _client_visit_text(self):
        return self.env["client.words"]._visit(self.client_visit_start, self.client_visit_end)

    def _client_visit_back(self):
        """The visit stays what it was before another time was asked for."""
        for job in self:
            state = ("asked" if job.client_visit_confirm else "told") if job.client_visit_start else False
            job.write(job._client_visit_vals(state))

    def _client_visit_settle(self, state, reply=""):
        """Nothing is open any more: end proposals and the activities they brought.

        :param str state: what became of the proposals
        :param str reply: words of staff for the client
        """
        jobs = self.sudo()  # reason: whoever may move a visit may settle what was asked about it
        open_ones = jobs.env["client.visit.proposal"].search([("task_id", "in", self.ids), ("state", "=", "open")])
        open_ones._close(state, reply)
        jobs.activity_feedback([_ACTIVITY])

    def _client_visit_staff(self):
        """Who of the staff answers about the visit: somebody always does.

        :return: res.users (sudo), one
        """
        users = self.env["res.users"].sudo()  # reason: only to find whom to ask
        managers = [("all_group_ids", "in", self.env.ref("client_portal.group_client_manager").ids)]
        own = [("company_ids", "in", self.company_id.ids)] if self.company_id else []
        return (
            self._client_responsible()
            or users.search([*managers, *own], order="id", limit=1)
            or self.env.ref("base.user_admin").sudo()  # reason: as above
        )

    def _client_visit_house(self):
        """These jobs, to write about them in the language and time zone of who answers."""
        reader = self._client_visit_staff()
        return self.with_context(tz=reader.tz or self.company_id.partner_id.tz or "UTC", lang=reader.lang)

    def _client_visit_wish(self, windows, comment):
        """What a member asked for, as a note for staff."""
        words = self.env["client.words"]
        lines = [self.env._("Another time asked for:"), *(words._visit(*window) for window in windows)]
        return Markup("<br/>").join([*lines, *comment.splitlines()])

    def _client_visit_note(self, text):
        """A note for staff in the chatter, by whoever acts."""
        self.sudo()._message_log(body=text, author_id=self.env.user.partner_id.id)  # reason: a note about an act
