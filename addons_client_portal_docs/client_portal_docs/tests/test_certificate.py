"""Certificates: for how long sites and assets are covered, who is told before a lapse, and the request it becomes."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.client_portal.models.client_gate import ClientNotFound
from odoo.addons.client_portal.tests.common import ClientPortalCommon

from .boundary import hand_in


class CertificateCase(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = date.today()
        kinds = cls.env["client.certificate.kind"]
        cls.kind = kinds.create({"name": "Lightning rods", "client_ids": [(6, 0, cls.client_a.ids)]})
        cls.kind_asset = kinds.create(
            {"name": "Ladders", "per": "asset", "client_ids": [(6, 0, (cls.client_a + cls.client_b).ids)]}
        )
        cls.asset = cls.asset_a_two
        cls.site = cls.site_a_one
        cls.env.flush_all()

    def certificate(self, first=None, last=None, kind=None, record=None, site=None, publish=True):
        """A shared certificate of days counted from today."""
        days = {
            name: self.today + timedelta(days=n) if n is not None else False
            for name, n in (("valid_from", first), ("valid_until", last))
        }
        place = {"client_id": self.client_a.id, "client_site_id": (site or self.site).id}
        if record:
            place = {"record_ref": f"{record._name},{record.id}"}
        kind = kind or self.kind
        document = self.env["client.document"].create(
            {"name": f"Alder {kind.name}", "certificate_kind_id": kind.id, **place, **days}
        )
        hand_in(document, "certificate.txt", b"sound")
        if publish:
            document.action_client_publish()
        self.env.flush_all()
        return document

    def coverage(self, kind=None, site=None, actor=None):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env["client.certificate.coverage"]
        rows = rows.with_env(self.as_user(actor)) if actor else rows
        kind, site = kind or self.kind, site or self.site
        return rows.search([("kind_id", "=", kind.id), ("client_site_id", "=", site.id)])

    def day(self, number):
        return self.today + timedelta(days=number)


@tagged("post_install", "-at_install", "client_portal")
class TestCoverage(CertificateCase):
    def test_states(self):
        """(certificates as days from today) -> (state, last day, gap)."""
        for spans, state, last, gap in (
            ([], "missing", None, None),
            ([(-400, -40)], "lapsed", -40, None),
            ([(-1, -1)], "lapsed", -1, None),
            ([(-10, 0)], "expiring", 0, None),
            ([(-10, 30)], "expiring", 30, None),
            ([(-10, 31)], "current", 31, None),
            ([(None, None)], "current", None, None),
            ([(-10, None)], "current", None, None),
            ([(None, 10)], "expiring", 10, None),
            ([(5, 400)], "missing", None, None),
            ([(-400, -40), (5, 400)], "lapsed", -40, (-39, 4)),
            ([(-300, -200), (-199, 200)], "current", 200, None),
            ([(-300, -200), (-250, 200)], "current", 200, None),
            ([(-300, 300), (-250, 10)], "current", 300, None),
            ([(-300, -100), (-50, 200)], "current", 200, (-99, -51)),
            ([(-300, 10), (20, 300)], "expiring", 10, (11, 19)),
            ([(-300, 10), (11, 300)], "current", 300, None),
            ([(-900, -700), (-600, 200)], "current", 200, None),
            ([(-300, -200), (-150, -100), (-50, 200)], "current", 200, (-99, -51)),
        ):
            with self.subTest(spans=spans), self.env.cr.savepoint() as savepoint:
                for first, last_day in spans:
                    self.certificate(first, last_day)
                row = self.coverage()
                self.assertEqual(row.state, state)
                self.assertEqual(row.valid_until, self.day(last) if last is not None else False)
                self.assertEqual(row.days, last or 0)
                found = (row.gap_from, row.gap_until)
                self.assertEqual(found, (self.day(gap[0]), self.day(gap[1])) if gap else (False, False))
                savepoint.rollback()

    def test_only_what_the_client_sees_counts(self):
        self.certificate(-10, 300, publish=False)
        self.assertEqual(self.coverage().state, "missing")
        document = self.certificate(-10, 300)
        self.assertEqual(self.coverage().state, "current")
        self.assertEqual(self.coverage().document_id, document)
        document.action_client_unpublish()
        self.assertEqual(self.coverage().state, "missing")

    def test_who_needs_one(self):
        self.assertEqual(len(self.coverage()), 1)
        self.assertFalse(self.coverage(site=self.site_b_one), "of another client")
        self.kind.site_ids = self.site_a_two
        self.assertFalse(self.coverage())
        self.assertTrue(self.coverage(site=self.site_a_two))
        self.kind.active = False
        self.assertFalse(self.coverage(site=self.site_a_two))

    def test_each_asset_needs_its_own(self):
        other = self.env["client.asset"].create(
            {"name": "Alder ladder", "client_site_id": self.asset.client_site_id.id, "client_publish": "yes"}
        )
        self.certificate(-10, 300, self.kind_asset, self.asset)
        rows = self.coverage(self.kind_asset, self.asset.client_site_id)
        states = {row.asset_id: row.state for row in rows}
        self.assertEqual(states[self.asset], "current")
        self.assertEqual(states[other], "missing")
        self.assertEqual(len(set(rows.ids)), len(rows))

    def test_what_makes_no_sense_is_refused(self):
        for vals in (
            {"kind": self.kind_asset},
            {"first": 5, "last": 4},
            {"record": self.order_a_sent},
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.certificate(**{"first": -1, "last": 1, **vals})

    def test_the_kind_says_how_long_and_when_it_expires(self):
        self.kind.write({"valid_months": 6, "lead_days": 10})
        document = self.env["client.document"].new(
            {"client_id": self.client_a.id, "certificate_kind_id": self.kind.id, "valid_from": date(2026, 1, 1)}
        )
        document._onchange_valid_from()
        self.assertEqual(document.valid_until, date(2026, 6, 30))
        self.assertEqual(self.certificate(-10, 300).expiring_from, self.day(290))

    def test_staff_only(self):
        for actor in ("administrator_a", "stock", "staff"):
            with self.subTest(actor=actor), self.assertRaises(AccessError):
                self.coverage(actor=actor)
        self.assertTrue(self.coverage(actor="manager"))


@tagged("post_install", "-at_install", "client_portal")
class TestReminders(CertificateCase):
    def run_cron(self):
        cron = type(self.env["ir.cron"])  # which commits after each, and has time left
        with patch.object(cron, "_commit_progress", return_value=60.0):
            self.env["client.document"]._cron_certificates()
        self.env.flush_all()

    def told(self, document):
        updates = self.env["client.update"].search([("kind", "=", "certificate_lapses"), ("res_id", "=", document.id)])
        return len(document.activity_ids), len(updates), bool(self.mails(document))

    def mails(self, document):
        mine = [("model", "=", document._name), ("res_id", "=", document.id)]
        return self.env["mail.message"].search([*mine, ("message_type", "=", "user_notification")])

    def test_told_once_before_the_lapse(self):
        document, later = self.certificate(-300, 30), self.certificate(-300, 31, site=self.site_a_two)
        self.run_cron()
        self.assertEqual(self.told(document), (1, 1, True))
        self.assertEqual(self.told(later), (0, 0, False))
        self.run_cron()
        self.assertEqual(self.told(document), (1, 1, True), "told twice")
        document.valid_until = self.day(29)
        self.run_cron()
        self.assertEqual(self.told(document)[:2], (2, 2), "another last day is news")

    def test_nobody_is_told_of_what_goes_on(self):
        document = self.certificate(-300, 20)
        self.certificate(21, 300)
        self.run_cron()
        self.assertEqual(self.told(document), (0, 0, False))

    def test_a_gap_to_come_is_told(self):
        document = self.certificate(-300, 20)
        self.certificate(25, 300)
        self.run_cron()
        self.assertEqual(self.told(document)[:2], (1, 1))

    def test_words_for_the_client(self):
        document = self.certificate(-300, 20)
        self.run_cron()
        update = self.env["client.update"].search([("kind", "=", "certificate_lapses"), ("res_id", "=", document.id)])
        row = update.with_env(self.as_user("viewer_a"))._client_rows()[0]
        self.assertIn("Alder Lightning rods lapses on", row["title"])
        self.assertTrue(self.sees("site_viewer_a", update))
        self.assertFalse(self.sees("viewer_b", update))

    def test_mail_goes_to_those_who_may_ask(self):
        document = self.certificate(-300, 20)
        self.run_cron()
        logins = set(self.mails(document).partner_ids.user_ids.mapped("login"))
        self.assertLessEqual({"requester_a", "administrator_a"}, logins)
        self.assertFalse(logins & {"viewer_a", "site_viewer_a", "requester_b", "revoked", "suspended", "stock"})


@tagged("post_install", "-at_install", "client_portal")
class TestRenewal(CertificateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request_type = cls.env["client.request.type"].create(
            {"name": "Renewal", "project_id": cls.project_a_whole.id, "ask_description": "required"}
        )
        cls.kind.request_type_id = cls.request_type
        cls.env.flush_all()

    def row(self, actor, site=None):
        env = self.as_user(actor)
        need = f"{self.kind.id}.{(site or self.site).id}.0"
        return env["client.certificate.coverage"]._client_row(need)

    def test_one_request_whoever_asks(self):
        self.certificate(-300, 10)
        job = self.row("requester_a")._client_renew()
        self.assertEqual(job.certificate_kind_id, self.kind)
        self.assertEqual(job.client_site_id, self.site)
        self.assertEqual(job.client_request_type_id, self.request_type)
        self.assertIn("Lightning rods", job.client_title)
        self.assertEqual(self.row("requester_a")._client_renew(), job)
        self.assertEqual(self.row("administrator_a")._client_renew(), job)
        job.state = "1_canceled"
        self.env.flush_all()
        self.assertNotEqual(self.row("administrator_a")._client_renew(), job)

    def test_who_may_not(self):
        for actor in ("viewer_a", "site_viewer_a"):
            with self.subTest(actor=actor), self.assertRaises(ClientNotFound):
                self.row(actor)._client_renew()
        elsewhere = (("site_viewer_a", self.site_a_two), ("administrator_b", self.site), ("billing_a", self.site))
        for actor, site in elsewhere:
            with self.subTest(actor=actor), self.assertRaises(ClientNotFound):
                self.row(actor, site)
        for need in ("", "x", "1.2", "0.0.0", f"{self.kind.id}.{self.site.id}.999999"):
            with self.subTest(need=need), self.assertRaises(ClientNotFound):
                self.env(user=self.users["administrator_a"])["client.certificate.coverage"]._client_row(need)


@tagged("post_install", "-at_install", "client_portal")
class TestPage(CertificateCase, HttpCase):
    def page(self, actor, url="/my/certificates"):
        self.env.flush_all()
        self.authenticate(actor, actor)
        with mute_logger("odoo.http"):
            return self.url_open(url)

    def test_the_matrix(self):
        document = self.certificate(-300, -100)
        self.certificate(-50, 300)
        text = " ".join(self.page("administrator_a").text.split())
        for words in ("Lightning rods", "Alder Harbour", "Alder Hill", "none yet", "valid until", "No valid one from"):
            self.assertIn(words, text)
        self.assertNotIn("Birch", text)
        self.assertNotIn("Alder Hill", self.page("site_viewer_a").text)
        self.assertNotIn("cp-cert-ask", self.page("viewer_a").text)
        self.assertEqual(self.page("billing_a").status_code, 404, "whose jobs one does not see")
        self.assertEqual(self.page("viewer_a", "/my/certificates?page=x").status_code, 200)
        self.assertIn("/my/certificates", self.page("viewer_a", "/my/sites").text)
        self.assertIn("No valid one from", self.page("viewer_a", document.client_site_id._client_url()).text)
        self.assertNotIn("/my/certificates", self.page("stock", "/my/sites").text)

    def test_constant_queries(self):
        def cost():
            for _warm in range(2):
                self.page("administrator_a")
            before = self.cr.sql_log_count
            with self.assertNoLogs("odoo.http", "WARNING"):
                self.url_open("/my/certificates")
            return self.cr.sql_log_count - before

        self.certificate(-300, 10)
        few = cost()
        place = {"parent_id": self.client_a.id, "type": "delivery", "is_client_site": True}
        for site in self.env["res.partner"].create([{**place, "name": f"Alder {n}"} for n in range(9)]):
            self.certificate(-300, 10, site=site)
        self.env["client.certificate.kind"].create([{"name": f"Kind {n}"} for n in range(3)])
        self.assertLessEqual(cost(), few)
