from datetime import timezone

import pytz

from odoo import api, fields, models


class ProjectTask(models.Model):
    """What was done on a job: staff write it, and finishing the job freezes it for the client."""

    _inherit = "project.task"

    client_show_people = fields.Selection(
        [("yes", "Shown"), ("no", "Not shown")],
        string="Who comes",
        help="Whether the client reads the names of the assignees. Empty: as the project says.",
    )
    client_done_on = fields.Date(
        string="Done on",
        compute="_compute_client_done_on",
        store=True,
        readonly=False,
        copy=False,
        help="The day the work was done, at the place where it was done.",
    )
    client_done_note = fields.Text(
        string="What was done",
        copy=False,
        help="In words the client may read. They get them with the completion record, not before.",
    )
    client_readings = fields.Text(
        string="Readings", copy=False, help="One on each line, with a colon: 'Pressure: 3.2 bar'."
    )
    client_record_count = fields.Integer(compute="_compute_client_record_count", string="Completion records")

    @property
    def TASK_PORTAL_READABLE_FIELDS(self):
        return super().TASK_PORTAL_READABLE_FIELDS | {"client_done_on"}

    @api.depends("client_status", "client_sign_off_state")
    def _compute_client_done_on(self):
        for task in self:
            task.client_done_on = task._client_is_finished() and (task.client_done_on or task._client_today())

    def _compute_client_record_count(self):
        records = self.env["client.completion"].sudo()  # numbers, for whoever sees the job
        counts = dict(records._read_group([("task_id", "in", self.ids)], ["task_id"], ["__count"]))
        for task in self:
            task.client_record_count = counts.get(task.id, 0)

    def _client_today(self):
        """The day where the job is: by the site's clock, else by that of whoever finishes it."""
        zone = self.client_site_id.tz or self.env.user.tz or self._client_company().partner_id.tz or "UTC"
        now = self.env.context.get("client_update_date") or fields.Datetime.now()
        return fields.Datetime.to_datetime(now).replace(tzinfo=timezone.utc).astimezone(pytz.timezone(zone)).date()

    def _client_is_finished(self):
        """Whether the work is done, as the client knows it: also while they have yet to sign it off."""
        return self.client_status == "completed" or self.client_sign_off_state == "asked"

    def _client_work_is_done(self):
        """Whether the work is done, as staff say by state and stage."""
        if self.state in ("1_canceled", "02_changes_requested"):
            return False
        return self.state == "1_done" or self.stage_id.client_status == "completed"

    # ------------------------------------------------------------------------ finishing

    def _client_tell(self, before):
        """A job that a write finished gets its record before anybody is told."""
        told = self._client_follow_completion(before)
        super()._client_tell({**before, **told})

    def _client_follow_completion(self, before):
        """Freeze what was done on the jobs that are finished now and were not before.

        :param dict before: an earlier ``_client_snapshot``; empty for new records, which are imports
        :return: {id: snapshot} of the jobs of which the client has been told meanwhile
        """
        jobs = self.sudo()  # whoever finishes a job may be anybody on it
        jobs = jobs.filtered(lambda job: job.id in before)
        was = jobs.filtered(lambda job: _finished(before[job.id]))
        now = jobs.filtered(lambda job: job._client_work_is_done())
        (was - now)._client_reopened()
        new = (now - was).filtered(lambda job: job.client_published and job.client_id.is_client)
        new._client_compose()
        asked = new.filtered(lambda job: job._client_wants_sign_off())
        asked._client_ask_sign_off()
        return asked._client_snapshot()

    def _client_complete(self, values):
        """Finish jobs and freeze what was done, also where one was finished before.

        :param dict values: client_done_on, client_done_note, client_readings and the like
        :return: the new client.completion records, sudo
        """
        again = self.filtered(lambda job: job._client_is_finished())
        latest = self.env["client.completion"]._latest
        before = {job.id: latest(job) for job in self}
        self.write({**values, **({} if again == self else {"state": "1_done"})})
        missing = self.filtered(lambda job: latest(job) == before[job.id])  # not published yet, or finished before
        missing._client_compose()
        (missing & again)._client_completed_again()
        return self.env["client.completion"].union(*(latest(job) for job in self))

    def _client_completed_again(self):
        """Tell the client of a new version, and ask for its sign-off where that was asked."""
        for job in self.sudo():  # updates are written by the suite, whoever acts
            if job.client_published and job.client_id.is_client:
                self.env["client.update"].sudo()._append([job._client_update_vals("job_record_updated")])  # same
                if job._client_wants_sign_off():
                    job._client_ask_sign_off()

    def _client_compose(self):
        """Freeze the record of each of these jobs as its next version.

        :return: the new client.completion records, sudo
        """
        jobs = self.sudo()  # as in _client_follow_completion
        records = self.env["client.completion"]._compose(jobs)
        bodies = {
            job.id: self.env._("Completion record, version %s, as the client gets it.", record.version)
            for job, record in zip(jobs, records, strict=True)
        }
        if bodies:
            jobs._message_log_batch(bodies=bodies)
        return records

    def _client_completion_values(self):
        """Everything the completion record says, as plain values that may be frozen; all of it client-safe.

        Called in sudo and in the client's own words. An extension adds its own to what ``super()`` gives.

        :rtype: dict
        """
        site, project = self.client_site_id, self.project_id
        return {
            "title": self.client_name,
            "number": self.id,
            "client": self.client_id.name or "",
            "site": site.name or "",
            "address": site._client_address() if site else "",
            "assets": self.client_asset_ids.filtered("client_published").mapped("name"),
            "project": project.client_name if project.client_published else "",
            "done_on": fields.Date.to_string(self.client_done_on or self._client_today()),
            "people": self._client_people(),
            "note": (self.client_done_note or "").strip(),
            "readings": self._client_reading_rows(),
        }

    def _client_reading_rows(self):
        """[[label, value]] of the lines staff wrote; a line without a colon is a value alone."""
        lines = [line.strip() for line in (self.client_readings or "").splitlines() if line.strip()]
        parts = [line.partition(":") for line in lines]
        return [[label.strip(), value.strip()] if colon else ["", label] for label, colon, value in parts]

    def _client_people(self):
        """Names of who comes, where staff chose to show them."""
        job = self.sudo()  # names that staff chose to show
        shown = (job.client_show_people or ("yes" if job.project_id.client_show_people else "no")) == "yes"
        return job.user_ids.sorted("name").mapped("name") if shown else []

    def _client_company(self):
        """The company that does the job."""
        return self.company_id or self.project_id.company_id or self.env.company

    def _client_in_own_words(self):
        """The job in the language of its client, for papers that several people read."""
        lang = self.client_id.lang or self._client_company().partner_id.lang
        return self.with_context(lang=lang or self.env.lang)


def _finished(snapshot):
    """``_client_is_finished`` before a write."""
    return snapshot["client_status"] == "completed" or snapshot["client_sign_off_state"] == "asked"
