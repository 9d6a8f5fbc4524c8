"""The feed: one line for what happened to many, page by page, and what is new since the last visit."""

from datetime import timedelta
from unittest.mock import patch

from lxml import html

from odoo import fields, http
from odoo.tests import tagged

from .common import ClientPortalCommon
from .test_portal_pages import PagesCase

BULK = 200
# how a quarter of an hour long ago begins, where no other update of the fixture is
LONG_AGO = fields.Datetime.to_datetime("2021-03-04 10:00:00")


class FeedCase(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.updates = cls.env["client.update"]
        cls.env.flush_all()

    def tell(self, records, kind="job_visit_moved", at=LONG_AGO, **values):
        told = self.updates.with_context(client_update_date=at)
        rows = told._append([record._client_update_vals(kind, values) for record in records])
        self.env.flush_all()
        return rows

    def feed(self, actor, limit=80, domain=(), before=None):
        env = self.as_user(actor)
        env = env(context={**env.context, "allowed_company_ids": env.user.company_ids.ids})
        return env["client.update"]._client_feed(domain, limit, before)

    def old(self, actor, **options):
        """(title, detail) of the lines of that day long ago."""
        day = [("date", ">=", LONG_AGO), ("date", "<", LONG_AGO + timedelta(hours=5))]
        return [(line["title"], line["detail"]) for line in self.feed(actor, domain=day, **options)["lines"]]


@tagged("post_install", "-at_install")
class TestUpdateFeed(FeedCase):
    def jobs(self, count, site):
        job = {"project_id": self.project_a_whole.id, "partner_id": self.client_a.id, "client_site_id": site.id}
        return self.env["project.task"].create(
            [{**job, "client_publish": "yes", "name": f"Bulk {n}"} for n in range(count)]
        )

    def test_many_at_once_are_one_line(self):
        jobs = self.jobs(BULK, self.site_a_one)
        visits = {"visit": "2021-04-01 08:00:00"}
        for number, part in enumerate((jobs[:150], jobs[150:])):  # a script that commits in between
            self.tell(part, at=LONG_AGO + timedelta(minutes=number * 3), **visits)
        [(title, detail)] = self.old("viewer_a")
        self.assertEqual(title, f"{BULK} visits moved")
        self.assertIn(f"and {BULK - 3} more", detail)
        self.assertEqual(self.old("site_viewer_a"), [(title, detail)])
        self.assertFalse(self.old("administrator_b"))

    def test_what_one_may_not_see_is_not_counted(self):
        self.tell(self.jobs(5, self.site_a_one) + self.jobs(7, self.site_a_two))
        self.assertEqual(self.old("viewer_a")[0][0], "12 visits moved")
        self.assertEqual(self.old("site_viewer_a")[0][0], "5 visits moved")

    def test_few_stay_lines_of_their_own(self):
        self.tell(self.jobs(3, self.site_a_one), "job_completed")
        self.assertEqual([title for title, _detail in self.old("viewer_a")], [f"Bulk {n} completed" for n in (2, 1, 0)])

    def test_kinds_hours_and_people_stay_apart(self):
        jobs = self.jobs(8, self.site_a_one)
        self.tell(jobs[:4], "job_completed")
        self.tell(jobs[4:], "job_cancelled")
        self.tell(jobs[:4], "job_reopened", at=LONG_AGO + timedelta(hours=1))
        self.tell(jobs[4:], "job_reopened", at=LONG_AGO + timedelta(hours=2))
        titles = [title for title, _detail in self.old("viewer_a")]
        self.assertEqual(
            titles, ["4 jobs are open again", "4 jobs are open again", "4 jobs cancelled", "4 jobs completed"]
        )

    def test_pages_hold_everything_once(self):
        jobs = self.jobs(6, self.site_a_one)
        for number in range(60):
            self.tell(jobs[number % 6], "job_completed", at=LONG_AGO + timedelta(minutes=number * 7))
        self.tell(jobs, "job_cancelled", at=LONG_AGO + timedelta(minutes=30))
        day = [("date", ">=", LONG_AGO), ("date", "<", LONG_AGO + timedelta(hours=9))]
        lines, before = [], None
        for _page in range(30):
            page = self.feed("viewer_a", 5, day, before)
            lines += page["lines"]
            before = page["older"]
            if not before:
                break
        self.assertIsNone(before)
        self.assertEqual(len(lines), 61)
        self.assertEqual(len({line["id"] for line in lines}), 61)
        self.assertEqual([line["date"] for line in lines], sorted((line["date"] for line in lines), reverse=True))

    def test_more_than_one_looks_at(self):
        self.tell(self.jobs(30, self.site_a_one))
        with patch.object(type(self.updates), "_feed_window", lambda _self, _limit: 20):
            self.assertEqual(self.old("viewer_a")[0][0], "20 visits moved")

    def test_the_same_queries_whatever_there_is(self):
        counts = []
        jobs = self.jobs(20, self.site_a_one)
        for many in (jobs[:5], jobs):
            self.tell(many, "job_completed")
            self.env.invalidate_all()
            self.feed("viewer_a")
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.feed("viewer_a")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_a_bulk_write_costs_the_same(self):
        """Rescheduling many jobs at once writes their updates in as many statements as for few."""
        counts = []
        for many in (self.jobs(5, self.site_a_one), self.jobs(50, self.site_a_one)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            many.write({"client_visit_start": "2021-04-01 08:00:00", "client_visit_end": "2021-04-01 10:00:00"})
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLess(counts[1], counts[0] + 10)

    def test_every_grouped_kind_has_words_of_its_own(self):
        for words in self.updates._grouped().values():
            self.assertIn("12", str(words) % {"count": 12})

    def test_an_invoice_that_falls_due_is_told_once(self):
        move, today = self.invoice_a_one, fields.Date.context_today(self.env.user)
        found = [("res_model", "=", "account.move"), ("kind", "=", "invoice_due"), ("res_id", "=", move.id)]
        for due, told in ((today + timedelta(days=1), 0), (today - timedelta(days=20), 0), (today, 1), (today, 1)):
            move.invoice_date_due = due
            self.env.flush_all()
            self.env["account.move"]._cron_client_due()
            self.assertEqual(self.updates.search_count(found), told)
        self.assertEqual(self.updates.search(found).with_env(self.as_user("billing_a")).kind, "invoice_due")
        self.assertFalse(self.seen("viewer_a", "client.update", found))


@tagged("post_install", "-at_install")
class TestWhoActed(FeedCase):
    """A member is named; somebody of the staff only where the client reads that name on its pages."""

    def said(self, act, actor):
        """The line below the newest update."""
        first = self.updates.search([], order="id desc", limit=1).id
        act(self.env(user=self.users[actor], su=True))
        self.env.flush_all()
        [line] = self.feed("administrator_a", domain=[("id", ">", first)])["lines"]
        return line["detail"]

    def close(self, job):
        return lambda env: job.with_env(env).write({"state": "1_done"})

    def test_members_are_named(self):
        self.assertIn("by Contact requester_a", self.said(self.close(self.task_a_one), "requester_a"))

    def test_staff_only_where_clients_read_the_name(self):
        site = self.site_a_one.name
        self.assertEqual(self.said(self.close(self.task_a_one), "manager"), site)
        self.client_a.user_id = self.users["manager"]
        self.assertEqual(self.said(self.close(self.task_a_two), "manager"), f"{self.site_a_two.name} · by Mara")
        self.client_a.user_id = self.users["staff"]
        self.assertEqual(self.said(self.close(self.task_a_whole), "manager"), "")
        project = self.task_a_company_two.project_id
        project.write({"user_id": self.users["manager"].id, "client_show_manager": True})
        self.assertEqual(self.said(self.close(self.task_a_company_two), "manager"), f"{site} · by Mara")


@tagged("post_install", "-at_install")
class TestNewSinceLastVisit(FeedCase):
    def visit(self, actor, at):
        with patch.object(fields.Datetime, "now", lambda: at):
            self.as_user(actor)["client.layout"]._seen()

    def new(self, actor, at):
        with patch.object(fields.Datetime, "now", lambda: at):
            numbers = self.as_user(actor)["client.update"]._client_new_numbers()
            marked = [line for line in self.feed(actor)["lines"] if line["fresh"]]
        self.assertEqual(bool(sum(numbers.values())), bool(marked))
        return dict(numbers)

    def test_new_is_what_came_after_the_visit_before(self):
        monday = LONG_AGO
        self.assertEqual(self.new("viewer_a", monday), {}, "nothing is new to somebody who never looked")
        self.visit("viewer_a", monday)
        self.updates.flush_model()
        self.cr.execute("ALTER TABLE client_update DISABLE TRIGGER USER")
        self.cr.execute("UPDATE client_update SET date = '2020-01-01'")  # the fixture's are older
        self.cr.execute("ALTER TABLE client_update ENABLE TRIGGER USER")
        self.env.invalidate_all()
        self.assertEqual(self.new("viewer_a", monday), {}, "nothing came since")
        self.tell(self.task_a_one, "job_completed", at=monday + timedelta(hours=20))
        tuesday = monday + timedelta(days=1)
        self.assertEqual(self.new("viewer_a", tuesday), {"jobs": 1}, "before the page has said so")
        self.visit("viewer_a", tuesday)
        self.assertEqual(self.new("viewer_a", tuesday + timedelta(minutes=5)), {"jobs": 1}, "during the whole visit")
        self.visit("viewer_a", tuesday + timedelta(minutes=20))
        self.assertEqual(self.new("viewer_a", tuesday + timedelta(minutes=25)), {"jobs": 1}, "on another device too")
        self.assertEqual(self.new("viewer_a", tuesday + timedelta(hours=3)), {}, "the next visit")
        self.assertEqual(self.new("administrator_b", tuesday), {})

    def test_own_acts_are_not_new(self):
        self.visit("requester_a", LONG_AGO - timedelta(days=900))
        told = self.updates.with_user(self.users["requester_a"]).sudo().with_context(client_update_date=LONG_AGO)
        told._append([self.task_a_one._client_update_vals("job_published")])
        self.env.flush_all()
        later = LONG_AGO + timedelta(days=1)
        lines = {line["id"]: line["fresh"] for line in self.feed("requester_a")["lines"]}
        with patch.object(fields.Datetime, "now", lambda: later):
            mine = [line for line in self.feed("requester_a")["lines"] if line["date"] == LONG_AGO]
        self.assertEqual([line["fresh"] for line in mine], [False])
        self.assertTrue(any(lines.values()))


@tagged("post_install", "-at_install")
class TestUpdatesPage(FeedCase, PagesCase):
    def test_page_with_filters(self):
        self.tell([self.task_a_one, self.task_a_two], "job_completed")
        shown = {
            "": ("task-a-one", "task-a-two"),
            f"?site={self.site_a_one.id}": ("task-a-one",),
            "?about=jobs": ("task-a-one", "task-a-two"),
            "?about=sites": (),
            "?from=2021-03-04&to=2021-03-04": ("task-a-one", "task-a-two"),
            "?before=2021-03-04 09:00:00": (),
            "?new=1": (),
        }
        for query, jobs in shown.items():
            text = self.page("viewer_a", f"/my/updates{query}").text
            for job in ("task-a-one", "task-a-two"):
                self.assertEqual(f"{job}. completed" in text, job in jobs, f"{query} {job}")
        for query in ("?before=x", "?about=nothing", "?site=abc", "?from=1&to=99", "?before=9999-99-99", "?new="):
            self.assertEqual(self.page("viewer_a", f"/my/updates{query}").status_code, 200, query)
        self.assertNotIn("billing", html.fromstring(self.page("viewer_a", "/my/updates").text).xpath("//option/@value"))

    def test_seen_is_a_request_of_its_own(self):
        page = html.fromstring(self.page("viewer_a", "/my").text)
        rows = self.env["client.seen"].search([("member_id", "=", self.members["viewer_a"].id)])
        rows.seen_on = LONG_AGO
        self.env.flush_all()
        self.url_open("/my/updates")
        rows.invalidate_recordset()
        self.assertEqual(rows.seen_on, LONG_AGO)
        address = page.xpath("//div[contains(@class, 'o_cp_seen')]/@data-url")[0]
        answer = self.url_open(address, data={"csrf_token": http.Request.csrf_token(self)})
        self.assertEqual(answer.status_code, 204)
        rows.invalidate_recordset()
        self.assertGreater(rows.seen_on, LONG_AGO)
        self.assertEqual(rows.before_on, LONG_AGO)
