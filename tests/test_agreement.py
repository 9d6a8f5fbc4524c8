"""Agreements: what they cover and when we come, per client and site; never a price to who may not see it."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command, Datetime
from odoo.tests import Form, tagged

from .test_lists_size import SizeCase
from .test_portal_pages import PagesCase


class AgreementCase(PagesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreement = cls.agreement_a_one
        cls.order = cls.order_a_confirmed
        cls.stages.client_status = "scheduled"
        cls.start = (Datetime.now() + timedelta(days=4)).replace(microsecond=0)
        jobs = cls.task_a_one + cls.task_a_two + cls.task_a_unpublished + cls.task_b_in_project_of_a
        jobs.write({"client_visit_start": cls.start, "client_visit_end": cls.start + timedelta(hours=1)})

    def open(self, actor, agreement=None):
        reply = self.page(actor, (agreement or self.agreement)._client_url())
        self.assertEqual(reply.status_code, 200)
        return reply.text


@tagged("post_install", "-at_install", "client_portal")
class TestAgreementPage(AgreementCase):
    def test_a_period_into_another_year_names_both(self):
        """'Jan 9 – Jan 11, 2027' would be three days."""
        for dates, words in (
            (("2026-01-09", "2027-01-11"), "Jan 9, 2026 – Jan 11, 2027"),
            (("2026-01-09", "2026-12-31"), "Jan 9 – Dec 31"),
            (("2025-01-09", "2025-12-31"), "Jan 9, 2025 – Dec 31, 2025"),
        ):
            self.agreement.write(dict(zip(("date_start", "date_end"), dates)))
            with freeze_time("2026-06-01 12:00:00"):
                self.assertEqual(self.agreement.with_context(lang="en_US")._client_period(), words)

    def test_what_it_shows(self):
        self.agreement.write({"client_summary": "Every <second> week.", "date_end": "2036-12-31"})
        text = self.open("viewer_a")
        for words in ("Running", "Every &lt;second&gt; week.", "2036", "Alder Harbour", self.agreement.line_ids.name):
            self.assertIn(words, text)
        self.assertIn(self.task_a_one.client_name, text)
        for job in (self.task_a_two, self.task_a_unpublished, self.task_b_in_project_of_a):
            self.assertNotIn(job.client_name, text, "of another site, hidden, another client's")

    def test_visits_are_those_the_member_sees(self):
        text = self.open("viewer_a", self.agreement_a_both)
        self.assertTrue(self.task_a_one.client_name in text and self.task_a_two.client_name in text)
        text = self.open("site_viewer_a", self.agreement_a_both)
        self.assertIn(self.task_a_one.client_name, text)
        self.assertNotIn(self.task_a_two.client_name, text)
        self.assertNotIn("Alder Hill", text, "nor the name of a site that is not theirs")

    def test_lines_of_another_site(self):
        self.agreement_a_both.line_ids = [
            Command.create({"name": "Hedges at the hill", "site_id": self.site_a_two.id}),
            Command.create({"name": "Quay sweeping", "site_id": self.site_a_one.id, "quantity": 26}),
        ]
        text = self.open("site_viewer_a", self.agreement_a_both)
        self.assertIn("Quay sweeping", text)
        self.assertNotIn("Hedges at the hill", text)
        self.assertIn("Hedges at the hill", self.open("viewer_a", self.agreement_a_both))

    def test_prices(self):
        """Only where staff tick it, and only for who sees the order."""
        line = self.order.order_line
        line.price_unit = 4321
        self.agreement.line_ids = [Command.clear()]
        self.agreement.action_client_take_lines()
        for ticked in (False, True):
            self.agreement.show_prices = ticked
            for actor, sees in (("viewer_a", False), ("requester_a", False), ("approver_a", True)):
                with self.subTest(ticked=ticked, actor=actor):
                    text = self.open(actor)
                    self.assertIn(line.name.split("\n")[0], text)
                    self.assertEqual("4,321.00" in text, ticked and sees)
                    self.assertEqual(self.order._client_url() in text, sees)
        self.order.client_publish = "no"
        self.agreement.client_publish = "yes"
        self.assertNotIn("4,321.00", self.open("administrator_a"), "the order is hidden")

    def test_state_by_the_calendar(self):
        self.agreement.write({"date_start": "2026-03-01", "date_end": "2026-03-31"})
        badges = (("02-20", "Not begun yet"), ("03-31", "Running"), ("04-01", "Ended"))
        agreement = self.agreement.with_context(tz="UTC")
        for day, label in badges:
            with self.subTest(day), freeze_time(f"2026-{day} 12:00:00"):
                self.assertEqual(agreement._client_badge()["label"], label)

    def test_list_workspace_and_job_lead_to_it(self):
        url = self.agreement._client_url()
        self.assertIn(url, self.page("viewer_a", "/my/agreements").text)
        self.assertIn("next visit", self.page("viewer_a", "/my/agreements").text)
        self.assertIn(url, self.page("viewer_a", self.task_a_one._client_url()).text)
        home = self.page("site_viewer_a", "/my").text
        self.assertIn(url, home)
        self.assertIn('href="/my/agreements"', home)
        self.assertNotIn(self.agreement_a_two.name, home)
        self.agreement.write({"date_start": "2020-01-01", "date_end": "2020-12-31"})
        self.assertNotIn(f'{url}"', self.page("viewer_a", "/my/agreements").text)
        self.assertIn(f'{url}"', self.page("viewer_a", "/my/agreements?filterby=ended").text)
        shown = self.as_user("viewer_a")["client.workspace"]._values(self.client_a)["agreements"]
        self.assertNotIn(url, [row["url"] for row in shown])

    def test_lists_narrow(self):
        at_hill = self.page("viewer_a", f"/my/agreements?site={self.site_a_two.id}").text
        self.assertNotIn(f'{self.agreement._client_url()}"', at_hill)
        for agreement in (self.agreement_a_two, self.agreement_a_both, self.agreement_a_whole):
            self.assertIn(agreement._client_url(), at_hill)
        jobs = self.page("viewer_a", f"/my/jobs?agreement={self.agreement.id}").text
        self.assertIn(f'{self.task_a_one._client_url()}"', jobs)
        self.assertNotIn(f'{self.task_a_two._client_url()}"', jobs)
        foreign = self.page("viewer_a", f"/my/jobs?agreement={self.agreement_b_one.id}").text
        self.assertIn(f'{self.task_a_two._client_url()}"', foreign, "an agreement one does not see narrows nothing")

    def test_who_can_see_this(self):
        audience = {person["name"] for person in self.agreement_a_both._client_audience()[self.agreement_a_both.id]}
        self.assertIn("Contact site_viewer_a", audience)
        self.assertNotIn("Contact billing_a", audience)
        reasons = {p["name"]: p["reason"] for p in self.agreement_a_both._client_audience()[self.agreement_a_both.id]}
        self.assertEqual(reasons["Contact site_viewer_a"], "Viewer, site Alder Harbour")
        self.assertTrue(self.members["site_viewer_a"]._covers(self.agreement_a_both))
        self.assertFalse(self.members["site_viewer_a"]._covers(self.agreement_a_two))
        self.assertFalse(self.members["site_viewer_a"]._covers(self.agreement_a_whole))

    def test_update_when_it_is_shown(self):
        self.assertNotIn(self.agreement_a_hidden.name, self.page("viewer_a", "/my/updates").text)
        self.agreement_a_hidden.action_client_publish()  # one line with those that were shared a moment before
        self.assertIn(self.agreement_a_hidden.name, self.page("viewer_a", "/my/updates").text)


@tagged("post_install", "-at_install", "client_portal")
class TestAgreementScope(AgreementCase):
    """What changes around an agreement never widens who sees it."""

    def test_an_order_that_is_cancelled_takes_it_away(self):
        self.assertTrue(self.agreement.client_published)
        self.order.state = "cancel"
        self.assertFalse(self.agreement.client_published)
        self.agreement.client_publish = "yes"
        self.assertFalse(self.agreement.client_published)

    def test_a_site_that_changes_hands(self):
        self.site_a_one.parent_id = self.client_b
        self.env.flush_all()
        for agreement in (self.agreement_a_one, self.agreement_a_both):
            self.assertNotIn(self.site_a_one, agreement.site_ids)
            self.assertFalse(self.sees("site_viewer_b", agreement))
            self.assertFalse(self.sees("administrator_b", agreement))
        self.assertEqual(self.agreement_a_both.client_site_id, self.site_a_two)

    def test_whatever_stands_in_the_table(self):
        """Even a foreign site in the rows opens nothing: the client counts too."""
        self.env.flush_all()
        self.env.cr.execute(
            "INSERT INTO client_agreement_site_rel (agreement_id, site_id) VALUES (%s, %s)",
            [self.agreement_a_two.id, self.site_b_one.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self.sees("site_viewer_b", self.agreement_a_two))

    def test_another_customer(self):
        self.agreement_a_two.write({"partner_id": self.client_b.id, "project_id": False})
        self.assertEqual(self.agreement_a_two.client_id, self.client_b)
        self.assertFalse(self.agreement_a_two.site_ids)

    def test_only_the_clients_own_parts(self):
        for vals in (
            {"site_ids": [Command.link(self.site_b_one.id)]},
            {"order_id": self.order_b_confirmed.id},
            {"project_id": self.project_b_one.id},
            {"site_ids": [Command.link(self.client_a.id)]},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.agreement.write(vals)

    def test_an_order_of_somebody_else_shows_nothing(self):
        """The order's customer changes later: its lines keep their names, its prices and jobs are looked up anew."""
        self.agreement.show_prices = True
        self.agreement.action_client_take_lines()
        self.order.write({"state": "draft"})
        self.order.write({"partner_id": self.client_b.id})
        self.order.write({"state": "sale"})
        self.agreement.client_publish = "yes"
        self.assertNotIn("100.00", self.open("administrator_a"))


@tagged("post_install", "-at_install", "client_portal")
class TestAgreementStaff(AgreementCase):
    """From an order or a project to its agreement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        internal = cls.env.ref("base.group_user") + cls.env.ref("sales_team.group_sale_salesman_all_leads")
        values = cls._login("sam", internal, cls.companies, name="Sam")
        cls.users["sam"] = cls.env["res.users"].create(values)

    def test_from_an_order(self):
        order = self.order_a_company_two.with_user(self.users["sam"]).with_context(
            allowed_company_ids=self.companies[::-1].ids
        )
        self.agreement_a_company_two.unlink()
        action = order.action_client_agreement()
        self.assertEqual(action["view_mode"], "form")
        form = Form(order.env["client.agreement"].with_context(**action["context"]))
        agreement = form.save()
        self.assertEqual((agreement.partner_id, agreement.site_ids), (self.client_a, self.site_a_one))
        self.assertEqual(agreement.line_ids.order_line_id, order.order_line)
        self.assertFalse(agreement.client_published, "shown when staff say so")
        agreement.action_client_publish()
        self.assertTrue(agreement.client_published)
        self.assertEqual(order.client_agreement_count, 1)
        self.assertEqual(order.action_client_agreement()["domain"], [("order_id", "=", order.id)])

    def test_lines_follow_the_order(self):
        self.agreement.line_ids = [Command.clear()]
        self.agreement.action_client_take_lines()
        self.agreement.line_ids.name = "In our words"
        self.order.order_line.product_uom_qty = 9
        self.agreement.action_client_take_lines()
        line = self.agreement.line_ids
        self.assertEqual((len(line), line.name, line.quantity), (1, "In our words", 9))

    def test_from_a_project(self):
        project = self.project_a_one.with_user(self.users["sam"])
        form = Form(project.env["client.agreement"].with_context(**project.action_client_agreement()["context"]))
        agreement = form.save()
        self.assertEqual((agreement.name, agreement.site_ids), (self.project_a_one.client_name, self.site_a_one))

    def test_rights(self):
        self.users["staff"].group_ids |= self.env.ref("project.group_project_user")
        agreement = self.agreement.with_user(self.users["staff"])
        self.assertTrue(agreement.read(["name", "line_ids"]))
        for act in (lambda: agreement.write({"name": "x"}), agreement.unlink, agreement.action_client_take_lines):
            with self.assertRaises(AccessError):
                act()
        with self.refused():
            self.as_user("administrator_a")["client.agreement.line"].search_count([])


@tagged("post_install", "-at_install", "client_portal")
class TestAgreementSize(SizeCase):
    def test_agreements(self):
        self.agreement_a_one.site_ids = False
        self.walk(self.agreement_a_one, "/my/agreements", "/my/agreements/page/2", "/my")

    def test_jobs_of_one(self):
        start = (Datetime.now() + timedelta(days=2)).replace(microsecond=0)
        self.stages.client_status = "scheduled"
        self.task_a_one.client_visit_start = start
        self.walk(self.task_a_one, self.agreement_a_whole._client_url())
