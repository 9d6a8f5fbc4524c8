"""From an act of the staff to the mail of each member: who, what, once."""

import ast

from odoo.tests import tagged

from ..models.client_member_preferences import PREFERENCES
from .common import ROLES
from .notification_common import NotificationCase
from .test_portal_pages import BILLS, JOBS

SEEING = ("viewer_a", "requester_a", "approver_a", "administrator_a", "site_viewer_a", "both_a")


@tagged("post_install", "-at_install", "client_portal")
class TestNotification(NotificationCase):
    def start(self, job="task_a_one"):
        """Staff complete a job."""
        self.work(job).state = "1_done"
        self.env.flush_all()

    def at_once(self, *actors):
        for actor in actors:
            self.members[actor].notify_progress = "now"

    def test_what_is_queued_is_told_once(self):
        self.at_once("viewer_a")
        self.start()
        self.assertFalse(self.rows("viewer_a"))
        mails = self.mailed()
        (mail,) = mails["viewer_a"]
        self.assertIn(self.records["task_a_one"].client_name, mail["subject"])
        self.assertEqual(set(mails), {"viewer_a"}, "the others have theirs tomorrow morning")
        self.assertEqual(self.rows("viewer_a").mapped("state"), ["sent"])
        self.assertEqual(self.rows("viewer_a").email, "viewer_a@example.com")
        self.assertEqual(self.mailed(), {})
        self.assertFalse(self.env["client.notification.queue"].search([]))

    def test_only_who_sees_the_record(self):
        self.start()
        self.mailed()
        got = {row.member_id for row in self.outbox.search([])}
        self.assertEqual(got, {self.members[actor] for actor in SEEING})

    def test_the_next_morning_in_one_mail(self):
        self.start("task_a_one")
        self.start("task_a_two")
        self.assertEqual(self.mailed(), {})
        self.assertEqual(self.mailed(hours=22, minutes=50), {})
        mails = self.mailed(minutes=10)
        (mail,) = mails["viewer_a"]
        self.assertIn("2 updates", mail["subject"])
        for job in ("task_a_one", "task_a_two"):
            self.assertIn(self.records[job].client_name, mail["body"])
        (mail,) = mails["site_viewer_a"]
        self.assertNotIn(self.records["task_a_two"].client_name, mail["body"])
        self.assertEqual(set(mails), {actor.removesuffix("_a") if actor == "both_a" else actor for actor in SEEING})

    def test_revoked_between_update_and_mail(self):
        self.start()
        self.run_job()
        for actor in ("viewer_a", "site_viewer_a", "approver_a"):
            self.assertTrue(self.rows(actor))
        self.members["viewer_a"].active = False
        self.members["approver_a"].role_id = self.roles["billing"]
        self.members["site_viewer_a"].site_ids = self.site_a_two
        mails = self.mailed(hours=23, minutes=10)
        self.assertEqual(set(mails), {"requester_a", "administrator_a", "both"})
        for actor in ("viewer_a", "site_viewer_a", "approver_a"):
            self.assertEqual([row[1:] for row in self.states(actor)], [("skipped", "access")])

    def test_revoked_while_the_mail_waits_in_the_queue(self):
        self.at_once("viewer_a", "requester_a", "approver_a")
        self.start("task_a_one")
        self.start("task_a_two")
        self.run_job()
        self.pass_time(minutes=6)
        self.outbox._cron_notify()
        self.assertEqual(self.rows("viewer_a").mapped("state"), ["queued"] * 2)
        self.members["viewer_a"].active = False
        self.members["requester_a"].write({"all_sites": False, "site_ids": self.site_a_one.ids})
        self.assertEqual(set(self.run_job()), {"approver_a"})
        mails = self.run_job()
        self.assertEqual(set(mails), {"requester_a"})
        (mail,) = mails["requester_a"]
        self.assertNotIn(self.records["task_a_two"].client_name, mail["body"])
        self.assertEqual({row[1:] for row in self.states("viewer_a")}, {("skipped", "access")})

    def test_withdrawn_between_update_and_mail(self):
        self.start()
        self.run_job()
        self.records["task_a_one"].client_publish = "no"
        self.assertEqual(self.mailed(hours=23, minutes=10), {})

    def test_role_and_choice(self):
        """Who may not see it gets nothing whatever they chose, the others what they chose."""
        jobs, invoices = iter(("task_a_one", "task_a_two", "task_a_whole", "task_a_company_two")), self.invoices()
        for pace, due in (
            ("now", "2027-06-07 09:05:00"),
            ("daily", "2027-06-08 08:00:00"),
            ("weekly", "2027-06-14 08:00:00"),
            ("never", None),
        ):
            roles = {role: self.members[f"{role}_a"] for role in ROLES}
            for member in roles.values():
                member.write(dict.fromkeys(PREFERENCES, pace))
            self.start(next(jobs))
            next(invoices).action_post()
            self.run_job()
            for families, sees in (("progress", JOBS), ("money", BILLS)):
                for role in roles:
                    last = self.rows(f"{role}_a").filtered(lambda row, f=families: row.family == f)[-1:]
                    got = str(last.due_at) if last.pace == pace and last.state == "waiting" else None
                    self.assertEqual(got, due if role in sees else None, f"{role}, {pace}: {families}")
            self.rows(*(f"{role}_a" for role in ROLES)).write({"state": "sent"})

    def invoices(self):
        """Drafts of client A."""
        for _number in range(4):
            yield self.records["invoice_a_draft"].copy({"invoice_date": "2027-06-07"}).with_env(self.staff)

    def test_what_is_urgent_comes_in_quiet_hours(self):
        self.clock.move_to("2027-06-07 22:00:00")
        job = self.work("task_a_two")
        self.env["project.task.type"].browse(job.stage_id.id).client_status = "scheduled"
        job.write({"client_visit_start": "2027-06-09 08:00:00", "client_visit_end": "2027-06-09 10:00:00"})
        self.run_job()
        self.pass_time(minutes=6)
        job.write({"client_visit_start": "2027-06-08 08:00:00", "client_visit_end": "2027-06-08 10:00:00"})
        (mail,) = self.mailed()["approver_a"]
        self.assertIn("Visit moved to Tuesday 8 June", mail["subject"])
        self.assertNotIn("approver_a", self.mailed(hours=9), "the first time is wrong by now")
        self.assertIn(("job_visit_set", "skipped", "over"), self.states("approver_a"))

    def test_a_few_minutes_are_one_mail(self):
        self.at_once("viewer_a")
        self.start("task_a_one")
        self.run_job()
        self.pass_time(minutes=4)
        self.start("task_a_two")
        mails = self.mailed(minutes=1, seconds=1)
        (mail,) = mails["viewer_a"]
        self.assertIn("1 more", mail["subject"])
        self.assertEqual(self.mailed(), {})

    def test_many_of_a_kind_are_one_line(self):
        job = {"project_id": self.project_a_whole.id, "partner_id": self.client_a.id, "stage_id": self.stages[0].id}
        others = [member.id for actor, member in self.members.items() if actor != "viewer_a"]
        self.env["client.member"].browse(others).write(dict.fromkeys(PREFERENCES, "never"))
        jobs = self.env["project.task"].create([{**job, "name": f"Path {n}"} for n in range(200)])
        (mail,) = self.mailed(hours=24)["viewer_a"]
        self.assertIn("200 new jobs", mail["body"])
        self.assertNotIn("Path ", mail["body"])
        jobs.client_visit_start = "2027-06-20 08:00:00"
        self.mailed(hours=24)
        first = self.env["client.update"].search([], order="id desc", limit=1).id
        jobs.with_env(self.staff).write({"client_visit_start": "2027-06-20 10:00:00"})  # a script reschedules them all
        self.env.flush_all()
        feed = self.as_user("viewer_a")["client.update"]._client_feed([("id", ">", first)], 80)
        self.assertEqual([line["title"] for line in feed["lines"]], ["200 visits moved"])
        (mail,) = self.mailed(hours=24)["viewer_a"]
        self.assertIn("* 200 visits moved", mail["body_alternative"])
        self.assertEqual(mail["body_alternative"].count("* "), 1)

    def test_queries_before_a_mail_do_not_grow_with_what_waits(self):
        """New jobs with a visit, each with rows that a later one may have overtaken or a mail may have told."""
        member, jobs, counts = self.members["viewer_a"], self.env["project.task"], {}
        job = {"project_id": self.project_a_whole.id, "partner_id": self.client_a.id, "stage_id": self.stages[0].id}
        for many in (5, 50):
            made = jobs.create([{**job, "name": f"Path {many} {n}"} for n in range(many)])
            made.client_visit_start = "2027-06-20 08:00:00"
            self.env.flush_all()
            self.run_job()
            rows = self.rows("viewer_a").filtered(lambda row: row.state == "waiting")
            self.assertEqual(len(rows), 2 * many)
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(rows._skipping(member), rows)
            counts[many] = self.cr.sql_log_count - before
            rows.write({"state": "sent"})
        self.assertLessEqual(counts[50], counts[5])

    def test_whoever_acts_is_not_told(self):
        job = self.records["task_a_one"].with_user(self.users["approver_a"]).sudo()
        self.members["approver_a"].notify_progress = self.members["viewer_a"].notify_progress = "now"
        job.state = "1_done"
        self.assertEqual(set(self.mailed()), {"viewer_a"})

    def test_off_for_everybody(self):
        self.at_once("viewer_a")
        parameters = self.env["ir.config_parameter"].sudo()
        self.start("task_a_one")
        self.run_job()
        parameters.set_param("client_portal.notifications_off", "True")
        self.start("task_a_two")
        self.assertEqual(self.mailed(), {})
        self.assertEqual([row[1:] for row in self.states("viewer_a")], [("skipped", "off")])
        parameters.set_param("client_portal.notifications_off", False)
        self.assertEqual(self.mailed(), {}, "what happened meanwhile is not mailed later")

    def test_history_is_no_news(self):
        self.at_once("viewer_a")
        self.work().with_context(client_update_date="2026-05-01 10:00:00").state = "1_done"
        self.assertEqual(self.mailed(), {})

    def test_headers_and_links(self):
        self.at_once("viewer_a")
        self.start()
        (mail,) = self.mailed()["viewer_a"]
        self.assertNoKeys()
        headers = mail["headers"]
        self.assertEqual(headers["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        member = self.members["viewer_a"]
        self.assertEqual(headers["List-Unsubscribe"], f"<{member._stop_url('now')}>")
        self.assertIn("/my/link/", mail["body"])
        self.assertNotIn(self.records["task_a_one"]._client_url(), mail["body"])
        self.assertIn(member._stop_url("now"), mail["body"])
        text = mail["body_alternative"]
        self.assertIn("You get this because you are a member (Viewer) of Alder Estates", text)
        line = text.index(f"* {self.records['task_a_one'].client_name} completed\n")
        self.assertRegex(text[line:].split("\n")[2], "^http.*/my/link/", "its address stands below the line")
        self.assertIn(f"Stop these mails\n{member._stop_url('now')}", text)
        link = self.env["client.link"].search([("member_id", "=", member.id)])
        self.assertEqual(link._target(), self.records["task_a_one"])
        self.assertIsInstance(ast.literal_eval(repr(headers)), dict)
