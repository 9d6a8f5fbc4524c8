"""Times as people type and read them: three time zones, the days the clocks change, and what cannot be meant."""

from datetime import datetime, timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from ..models.client_times import TimesRefused
from .visit_common import LATER, VisitCase

MEMBER, SITE, STAFF = "America/New_York", "Europe/Lisbon", "Asia/Tokyo"


@tagged("post_install", "-at_install", "client_portal")
class TestTypedTimes(VisitCase):
    """``client.times``: from a clock to a moment."""

    def windows(self, *rows, zone="UTC", now="2026-02-01 12:00:00"):
        times = self.env["client.times"].with_context(tz=zone)
        with self.at(now):
            return times._windows([dict(zip(("day", "begins", "ends"), row)) for row in rows])

    def refused_with(self, *rows, **options):
        with self.assertRaises(TimesRefused) as caught:
            self.windows(*rows, **options)
        return caught.exception.rows or str(caught.exception.args[0])

    def test_the_same_clock_in_other_zones(self):
        typed = ("2026-06-01", "08:00", "10:00")
        for zone, hour in (("UTC", 8), (MEMBER, 12), (SITE, 7), ("Asia/Kolkata", 2.5), ("Pacific/Kiritimati", -6)):
            start = datetime(2026, 6, 1) + timedelta(hours=hour)
            self.assertEqual(self.windows(typed, zone=zone), [(start, start + LATER)], zone)

    def test_clocks_go_forward(self):
        """New York, 8 March 2026: 02:00 becomes 03:00."""
        day = "2026-03-08"
        self.assertIn("skip this time", self.refused_with((day, "02:30", "04:00"), zone=MEMBER)[0])
        self.assertIn("skip this time", self.refused_with((day, "01:30", "02:30"), zone=MEMBER)[0])
        (start, end), *_more = self.windows((day, "01:30", "03:30"), zone=MEMBER)
        self.assertEqual((start, end - start), (datetime(2026, 3, 8, 6, 30), timedelta(hours=1)))

    def test_clocks_go_back(self):
        """New York, 1 November 2026: the hour from 01:00 comes twice; the first is meant where it can be."""
        windows = self.windows(
            ("2026-11-01", "01:15", "01:45"), ("2026-11-01", "00:30", "03:00"), zone=MEMBER
        )
        self.assertEqual(windows[0], (datetime(2026, 11, 1, 5, 15), datetime(2026, 11, 1, 5, 45)))
        self.assertEqual(windows[1][1] - windows[1][0], timedelta(hours=3.5))

    def test_what_cannot_be_meant(self):
        for row, words in (
            (("2026-06-01", "10:00", "08:00"), "after the beginning"),
            (("2026-06-01", "10:00", "10:00"), "after the beginning"),
            (("2026-06-01", "", "10:00"), "A day, a beginning and an end"),
            (("", "08:00", "10:00"), "A day, a beginning and an end"),
            (("tomorrow", "08:00", "10:00"), "A day, a beginning and an end"),
            (("2026-13-01", "08:00", "10:00"), "A day, a beginning and an end"),
            (("0001-01-01", "00:00", "00:30"), "A day, a beginning and an end|passed"),
            (("9999-12-31", "22:00", "23:59"), "more than a year|A day"),
            (("2026-06-01", "25:00", "26:00"), "A day, a beginning and an end"),
            (("2026-01-31", "08:00", "10:00"), "passed"),
            (("2026-02-01", "11:59", "13:00"), "passed"),
            (("2062-06-01", "08:00", "10:00"), "more than a year"),
            (("2026-06-01", "８:00x", "10:00"), "A day, a beginning and an end"),
        ):
            for zone in ("UTC", "Pacific/Kiritimati"):
                with self.subTest(row=row, zone=zone):
                    if row[0] == "2026-02-01" and zone != "UTC":
                        continue
                    self.assertRegex(self.refused_with(row, zone=zone)[0], words)

    def test_rows(self):
        good, bad = ("2026-06-01", "08:00", "10:00"), ("2026-06-02", "08:00", "07:00")
        self.assertEqual(len(self.windows(good, ("", "", ""), good)), 1, "empty rows and doubles do not count")
        self.assertEqual(set(self.refused_with(good, bad)), {1}, "one wrong row refuses all, and says which")
        self.assertIn("at least one", self.refused_with(("", "", "")))
        self.assertEqual(len(self.windows(*[(f"2026-06-0{n}", "08:00", "10:00") for n in range(1, 7)])), 3)


@tagged("post_install", "-at_install", "client_portal")
class TestZones(VisitCase):
    """Member, site and staff in three zones: everybody reads the same moment by their own clock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["approver_a"].tz = MEMBER
        cls.site_a_one.tz = SITE
        cls.users["manager"].tz = STAFF
        cls.day = Datetime.now().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=10)

    def clock(self, moment, zone):
        return self.env["client.words"].with_context(tz=zone, lang="en_US")._time(moment)

    def test_a_wish_goes_round_the_world(self):
        start, end = self.day, self.day + LATER
        self.propose("approver_a", self.row(start, zone=MEMBER), comment="by my clock")
        self.assertEqual(self.proposals()._windows(), [(start, end)])
        note = self.job.message_ids.sorted("id")[-1].body
        self.assertIn(self.clock(start, STAFF), note)
        self.assertNotIn(self.clock(start, MEMBER), note)
        job = self.job.with_user(self.users["manager"]).with_context(tz=STAFF)
        self.assertIn(self.clock(start, STAFF), job.client_visit_option_1)
        self.users["manager"].group_ids |= self.env.ref("project.group_project_user")
        job.action_client_visit_accept()
        text = self.page("approver_a", self.job._client_url()).text
        self.assertIn(f"{self.clock(start, MEMBER)}–{self.clock(end, MEMBER)}", text)
        self.assertIn(f"{self.clock(start, SITE)}–{self.clock(end, SITE)} by the clock at the site", text)
        self.assertNotIn(self.clock(start, STAFF), text)

    def test_the_day_is_the_readers(self):
        """23:00 UTC is today in Lisbon and tomorrow in Tokyo."""
        start = self.day.replace(hour=23)
        self.job.write({"client_visit_start": start, "client_visit_end": start + timedelta(minutes=30)})
        words = self.env["client.words"]
        for zone, offset in ((MEMBER, 0), (STAFF, 1)):
            self.users["approver_a"].tz = zone
            day = (start + timedelta(days=offset)).date()
            self.assertIn(words._heading(day), self.page("approver_a", "/my/calendar").text, zone)
            at_once = words.with_context(tz=zone)._short_days([start, False, start])
            self.assertEqual(at_once, {start: words._short(day), False: ""})

    def test_nothing_is_said_of_the_same_clock(self):
        self.site_a_one.tz = MEMBER
        self.assertNotIn("by the clock at the site", self.page("approver_a", self.job._client_url()).text)
        self.site_a_one.tz = False
        self.assertNotIn("by the clock at the site", self.page("approver_a", self.job._client_url()).text)

    def test_what_was_typed_is_not_lost(self):
        good, bad = self.row(self.day, zone=MEMBER), {"day": "2026-02-30", "begins": "08:00", "ends": "09:00"}
        reply = self.propose("approver_a", good, bad, comment="Keep <this>\nplease")
        self.assertEqual(reply.status_code, 422)
        for typed in (good["day"], good["begins"], good["ends"], "2026-02-30", "Keep &lt;this&gt;\nplease"):
            self.assertIn(typed, reply.text)
        self.assertIn("A day, a beginning and an end", reply.text)
        self.assertIn("New York", reply.text)
        self.assertFalse(self.proposals())
        self.assertEqual(self.propose("approver_a", good, comment="x" * 1001).status_code, 422)
        self.assertFalse(self.proposals())
