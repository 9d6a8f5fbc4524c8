"""Visits by day, as a file, on the workspace."""

from datetime import date, datetime, timedelta

import vobject

from odoo.fields import Datetime
from odoo.tests import tagged

from .test_lists_size import SizeCase
from .visit_common import LATER, VisitCase

AWKWARD = "Hedge, cut; \"both\" sides \\ north\r\nATTENDEE:mailto:x@example.com " + "größer " * 20 + "!"


class CalendarCase(VisitCase):
    def events(self, text):
        """{summary: event} of a calendar file, read by a parser."""
        self.assertTrue(text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n"))
        self.assertNotRegex(text, "(?<!\r)\n|\r(?!\n)")
        calendar = vobject.readOne(text)
        return {event.summary.value: event for event in getattr(calendar, "vevent_list", [])}

    def download(self, actor, address="/my/calendar.ics"):
        reply = self.page(actor, address)
        self.assertEqual(reply.status_code, 200)
        self.assertEqual(reply.headers["Content-Type"], "text/calendar; charset=utf-8")
        return self.events(reply.content.decode())


@tagged("post_install", "-at_install", "client_portal")
class TestCalendarFile(CalendarCase):
    def test_one_visit(self):
        event = self.download("viewer_a", f"{self.job._client_visit_url()}.ics")[self.job.client_name]
        self.assertEqual(event.dtstart.value, self.start.astimezone().replace(tzinfo=event.dtstart.value.tzinfo))
        self.assertEqual(event.dtend.value - event.dtstart.value, LATER)
        self.assertIsInstance(event.dtstart.value, datetime, "a time, never a whole day")
        self.assertEqual(event.status.value, "CONFIRMED")
        self.assertIn("Alder Harbour, 1 Harbour Road", event.location.value)
        self.assertTrue(event.url.value.endswith(self.job._client_url()))
        for actor in ("billing_a", "administrator_b", "revoked"):
            self.assertIn(self.page(actor, f"{self.job._client_visit_url()}.ics").status_code, (403, 404), actor)
        unplanned = self.page("viewer_a", f"{self.task_a_two._client_visit_url()}.ics")
        self.assertTrue(unplanned.url.endswith(self.task_a_two._client_url()))

    def test_changes_are_told_to_calendars(self):
        url = f"{self.job._client_visit_url()}.ics"
        seen = [self.download("viewer_a", url)[self.job.client_name]]
        for change in (
            lambda: self.job.write({"client_visit_confirm": True}),
            lambda: self.confirm("approver_a"),
            lambda: self.job.write(self.moved()),
            lambda: self.propose("approver_a", self.row(self.start + timedelta(days=9))),
            lambda: self.stages.write({"client_status": "cancelled"}),
        ):
            change()
            seen.append(self.download("viewer_a", url)[self.job.client_name])
        self.assertEqual(len({event.uid.value for event in seen}), 1)
        numbers = [int(event.sequence.value) for event in seen]
        self.assertEqual(numbers, sorted(set(numbers)), "each change is newer than the one before")
        states = ["CONFIRMED", "TENTATIVE", "CONFIRMED", "TENTATIVE", "TENTATIVE", "CANCELLED"]
        self.assertEqual([event.status.value for event in seen], states)
        stamps = [event.last_modified.value for event in seen]
        self.assertEqual(stamps, sorted(stamps))

    def test_whatever_stands_in_a_title(self):
        self.job.write({"client_title": AWKWARD, "client_summary": "One\nTwo; three,\r\n\r\nEND:VEVENT"})
        self.site_a_one.name = "Alder; Harbour,\\n"
        text = self.page("viewer_a", "/my/calendar.ics").content.decode()
        events = self.events(text)
        title = AWKWARD.replace("\r\n", "\n")
        self.assertEqual(list(events), [title])
        self.assertIn("Two; three,\n\nEND:VEVENT", events[title].description.value)
        self.assertFalse(any(line.startswith(("ATTENDEE", " ATTENDEE")) for line in text.split("\r\n")))
        self.assertLess(max(len(line.encode()) for line in text.split("\r\n")), 160, "long lines are folded")

    def test_clocks_change(self):
        """08:00 stays 08:00 by the clock before and after: what is written is the moment."""
        zone, jobs = "America/New_York", self.task_a_one + self.task_a_two
        self.users["viewer_a"].tz = zone
        with self.at("2026-03-01 12:00:00"):
            times = self.env["client.times"].with_context(tz=zone)
            for job, day in zip(jobs, (date(2026, 3, 7), date(2026, 3, 9))):
                ((start, end),) = times._windows([{"day": day.isoformat(), "begins": "08:00", "ends": "09:00"}])
                job.write({"client_visit_start": start, "client_visit_end": end})
            events = self.download("viewer_a")
            text = self.page("viewer_a", "/my/calendar").text
        starts = [events[job.client_name].dtstart.value for job in jobs]
        self.assertEqual([start.strftime("%H:%M %Z") for start in starts], ["13:00 UTC", "12:00 UTC"])
        self.assertEqual(text.count("8:00"), 2, "both at eight on the page")

    def test_what_is_in_it(self):
        """Visits of the last weeks and to come, of jobs the member sees; cancelled ones say so."""
        jobs = self.task_a_two + self.task_a_whole + self.task_a_unpublished + self.task_b_one
        jobs.write(self.moved())
        self.task_a_whole.write({"client_visit_start": "2020-01-01 08:00:00", "client_visit_end": False})
        self.assertEqual(set(self.download("viewer_a")), {self.job.client_name, self.task_a_two.client_name})
        self.assertEqual(set(self.download("site_viewer_a")), {self.job.client_name})
        self.assertEqual(len(self.download("both")), 3)
        self.job.write({"client_visit_end": False})
        self.assertFalse(hasattr(self.download("site_viewer_a")[self.job.client_name], "dtend"))
        self.assertEqual(self.page("billing_a", "/my/calendar.ics").status_code, 404)


@tagged("post_install", "-at_install", "client_portal")
class TestCalendarPage(CalendarCase):
    def test_who_sees_it(self):
        for actor, code in (("viewer_a", 200), ("billing_a", 404), ("revoked", 403), ("colleague", 403)):
            self.assertEqual(self.page(actor, "/my/calendar").status_code, code, actor)
        self.assertIn(self.job.client_name, self.page("site_viewer_a", "/my/calendar").text)
        self.task_b_one.write(self.moved())
        text = self.page("administrator_a", "/my/calendar").text
        self.assertIn(self.job.client_name, text)
        self.assertNotIn("Birch", text)

    def test_coming_and_past(self):
        coming, past = "/my/calendar", "/my/calendar?when=past"
        self.assertIn(self.job.client_name, self.page("viewer_a", coming).text)
        self.assertNotIn(self.job.client_name, self.page("viewer_a", past).text)
        with self.at(self.start + timedelta(hours=3)):
            self.assertIn(self.job.client_name, self.page("viewer_a", coming).text, "until the day is over")
        with self.at(self.start + timedelta(days=1)):
            self.assertNotIn(self.job.client_name, self.page("viewer_a", coming).text)
            self.assertIn(self.job.client_name, self.page("viewer_a", past).text)
        self.stages.client_status = "cancelled"
        for address in (coming, past):
            self.assertNotIn(self.job.client_name, self.page("viewer_a", address).text)

    def test_workspace(self):
        """The tile counts this week's visits, the card names the next ones."""
        self.users["viewer_a"].tz = "UTC"
        self.env["res.lang"]._lang_get("en_US").week_start = "1"
        wednesday = datetime(2026, 6, 3, 9, 0)
        for job, days in ((self.task_a_one, 0), (self.task_a_two, 4), (self.task_a_whole, 5)):
            start = wednesday + timedelta(days=days)
            job.write({"client_visit_start": start, "client_visit_end": start + LATER})
        for now, note in (
            ("2026-06-01 08:00:00", "2 visits this week"),
            ("2026-06-03 18:00:00", "2 visits this week"),
            ("2026-06-04 08:00:00", "1 visit this week"),
            ("2026-06-30 08:00:00", "under way"),
        ):
            with self.at(now), self.subTest(now):
                self.assertIn(note, self.page("viewer_a", "/my").text)
        with self.at("2026-06-01 08:00:00"):
            text = self.page("viewer_a", "/my").text
            self.assertLess(text.index("Next visits"), text.index('href="/my/calendar"', text.index("Next visits")))
            self.assertNotIn("Next visits", self.page("billing_a", "/my").text)


@tagged("post_install", "-at_install", "client_portal")
class TestCalendarSize(SizeCase):
    def test_visits(self):
        start = (Datetime.now() + timedelta(days=2)).replace(microsecond=0)
        self.stages.client_status = "scheduled"
        self.task_a_one.write({"client_visit_start": start, "client_visit_end": start + LATER})
        self.walk(self.task_a_one, "/my", "/my/calendar", "/my/calendar/page/2", "/my/calendar.ics")
