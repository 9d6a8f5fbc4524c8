"""What people in the office (and, now and then, a client) do, one act for each row of ``tables/updates.md``.

Each act is a method named after the kind of update; it gives back what the sentence is filled with, in all languages
or, under the language, in one of them.
"""

from odoo.fields import Command

STAGES = {
    "requested": "SECRET inbox",
    "scheduled": "SECRET planned",
    "in_progress": "SECRET doing",
    "waiting": "SECRET parked",
}
VISIT = ("2027-06-15 08:00:00", "2027-06-15 10:00:00")
MOVED = ("2027-06-16 13:00:00", "2027-06-16 15:00:00")
TELLS = {
    "en_US": {VISIT: "Tuesday 15 June, 8:00 AM–10:00 AM", MOVED: "Wednesday 16 June, 1:00 PM–3:00 PM"},
    "fr_FR": {VISIT: "mardi 15 juin, 08:00–10:00", MOVED: "mercredi 16 juin, 13:00–15:00"},
}
# kind -> how its job begins; each has one of its own
JOBS = {
    "job_question": {},
    "job_published": {"client_publish": "no"},
    "job_requested": {},
    "job_scheduled": {},
    "job_in_progress": {"stage": "scheduled"},
    "job_waiting": {},
    "job_completed": {},
    "job_sign_off": {"client_sign_off": "yes"},
    "job_signed_off": {"client_sign_off": "yes"},
    "job_reopened": {},
    "job_record_updated": {},
    "job_cancelled": {},
    "job_visit_set": {},
    "job_visit_moved": {"visit": VISIT},
    "job_visit_off": {"visit": VISIT},
    "job_visit_asked": {"visit": VISIT},
    "job_visit_confirmed": {"visit": VISIT, "client_visit_confirm": True},
    "job_visit_another": {"visit": VISIT},
    "job_visit_kept": {"visit": VISIT},
    "approval_approved": {},
    "approval_stale": {"client_summary": "One hedge."},
}
DONE_BEFORE = ("job_signed_off", "job_reopened", "job_record_updated")


def visit(window):
    return {lang: {"visit": words[window]} for lang, words in TELLS.items()}


class JobActs:
    """Jobs, projects and what belongs to them, all at the second site of client A."""

    @classmethod
    def _make_jobs(cls):
        cls.project_a_two.allow_milestones = True
        cls.stage_of = {
            status: cls.env["project.task.type"].create({"name": name, "client_status": status})
            for status, name in STAGES.items()
        }
        cls.project_a_two.type_ids |= cls.env["project.task.type"].union(*cls.stage_of.values())
        cls.jobs = {}
        for kind, more in JOBS.items():
            start, end = more.get("visit") or (False, False)
            cls.jobs[kind] = cls.env["project.task"].create(
                {
                    "name": f"Hedge {kind.replace('_', '-')}",
                    "project_id": cls.project_a_two.id,
                    "partner_id": cls.client_a.id,
                    "client_site_id": cls.site_a_two.id,
                    "client_publish": "yes",
                    "client_visit_start": start,
                    "client_visit_end": end,
                    "stage_id": cls.stage_of[more["stage"]].id if "stage" in more else cls.stages[0].id,
                    "user_ids": [Command.set(cls.users["manager"].ids)],
                    **{name: value for name, value in more.items() if name not in ("visit", "stage")},
                }
            )
        for kind in DONE_BEFORE:
            cls.jobs[kind].state = "1_done"

    def job(self, kind):
        return self.jobs[kind].with_env(self.staff)

    def named(self, kind):
        return {"name": self.jobs[kind].client_name}

    def drag(self, kind, status):
        self.job(kind).stage_id = self.stage_of[status]
        return self.named(kind)

    def job_published(self):
        self.job("job_published").action_client_publish()
        return self.named("job_published")

    def job_requested(self):
        return self.drag("job_requested", "requested")

    def job_scheduled(self):
        return self.drag("job_scheduled", "scheduled")

    def job_in_progress(self):
        return self.drag("job_in_progress", "in_progress")

    def job_waiting(self):
        return self.drag("job_waiting", "waiting")

    def job_question(self):
        self.job("job_question")._client_ask("Which gate?")
        return self.named("job_question")

    def job_completed(self):
        self.job("job_completed").state = "1_done"
        return self.named("job_completed")

    def job_sign_off(self):
        self.job("job_sign_off").state = "1_done"
        return self.named("job_sign_off")

    def job_signed_off(self):
        self.answer(self.jobs["job_signed_off"].client_approval_id)
        return {**self.named("job_signed_off"), "by": self.users["deputy"].name}

    def job_reopened(self):
        self.job("job_reopened").state = "01_in_progress"
        return self.named("job_reopened")

    def job_record_updated(self):
        self.job("job_record_updated")._client_complete({"client_done_note": "And the gate."})
        return self.named("job_record_updated")

    def job_cancelled(self):
        self.job("job_cancelled").state = "1_canceled"
        return self.named("job_cancelled")

    def plan(self, kind, window):
        start, end = window or (False, False)
        self.job(kind).write({"client_visit_start": start, "client_visit_end": end})

    def job_visit_set(self):
        self.plan("job_visit_set", VISIT)
        return visit(VISIT)

    def job_visit_moved(self):
        self.plan("job_visit_moved", MOVED)
        return visit(MOVED)

    def job_visit_off(self):
        self.plan("job_visit_off", None)
        return {"en_US": {"visit": "Tuesday 15 June"}, "fr_FR": {"visit": "mardi 15 juin"}}

    def job_visit_asked(self):
        self.job("job_visit_asked").action_client_visit_ask()
        return visit(VISIT)

    def job_visit_confirmed(self):
        job = self.jobs["job_visit_confirmed"].with_env(self.as_user("deputy"))
        job._client_visit_confirm(job.sudo()._client_visit_key())
        return visit(VISIT)

    def ask_another_time(self, kind):
        row = {"day": "2027-06-17", "begins": "08:00", "ends": "10:00"}
        self.jobs[kind].with_env(self.as_user("deputy"))._client_visit_propose([row], "Please later.")

    def job_visit_another(self):
        self.ask_another_time("job_visit_another")
        return {}

    def job_visit_kept(self):
        self.ask_another_time("job_visit_kept")
        self.job("job_visit_kept")._client_visit_keep("The lift is booked.")
        return visit(VISIT)

    # -- projects, agreements, requests, sites

    def project_published(self):
        project = self.project_a_hidden.with_env(self.staff)
        project.client_site_id = self.site_a_two
        project.action_client_publish()
        return {"name": project.client_name}

    def review(self, status):
        words = {"name": "SECRET review", "client_title": f"Review {status}", "status": status}
        made = self.staff["project.update"].create({**words, "project_id": self.project_a_two.id})
        made.action_client_publish()
        return {"name": f"Review {status}"}

    def project_on_track(self):
        return self.review("on_track")

    def project_at_risk(self):
        return self.review("at_risk")

    def project_off_track(self):
        return self.review("off_track")

    def project_on_hold(self):
        return self.review("on_hold")

    def project_done(self):
        return self.review("done")

    def milestone_reached(self):
        milestone = self.milestones["project_a_two"].with_env(self.staff)
        milestone.is_reached = True
        return {"name": milestone.name}

    def agreement_published(self):
        agreement = self.agreement_a_hidden.with_env(self.staff)
        agreement.site_ids = self.site_a_two
        agreement.action_client_publish()
        return {"name": agreement.name}

    def raise_request(self, title):
        member = self.as_user("deputy")["client.member"]._client_requester()
        typed = dict.fromkeys(("text", "asset", "urgency"), "") | {"text": "Please look.", "urgency": "normal"}
        lists = {"dates": [], "staged": [], "names": []}
        typed |= {"title": title, "site": str(self.site_a_two.id), "only": "all", "key": title.lower(), **lists}
        kind = self.request_type.with_env(member.env)
        task = member._client_raise(kind, typed, member.env["ir.attachment"].sudo())
        return self.env["project.task"].browse(task.id)

    def request_received(self):
        made = self.raise_request("Loose railing")
        return {"number": made.client_request_number, "name": "Loose railing"}

    def request_answered(self):
        made = self.raise_request("Broken lamp")
        made.with_env(self.staff).message_post(
            body="On our way.", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        return {"number": made.client_request_number, "name": "Broken lamp"}

    def correct(self, street):
        return self.site_a_two.with_env(self.as_user("deputy"))._client_correct({"street": street})

    def correction_proposed(self):
        self.correct("1 New Street")
        return {"name": self.site_a_two.name}

    def correction_accepted(self):
        self.correct("2 New Street").with_env(self.staff).action_client_accept()
        return {"name": self.site_a_two.name}

    def correction_refused(self):
        self.correct("3 New Street").with_env(self.staff)._client_refuse("It is where it was.")
        return {"name": self.site_a_two.name}
