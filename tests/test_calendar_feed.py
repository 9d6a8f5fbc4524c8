"""The secret address of a member's calendar: what it gives, to whom, and how it ends."""

import re
from datetime import timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_calendar import CalendarCase


class FeedCase(CalendarCase):
    def make(self, actor):
        """A new address of ``actor``, as the page shows it."""
        reply = self.send(actor, "/my/calendar/feed")
        self.assertEqual(reply.status_code, 200)
        self.assertEqual(reply.headers["Cache-Control"], "no-store")
        return re.search(r'value="[^"]*(/my/calendar/feed/[^"]+\.ics)"', reply.text)[1]

    def fetch(self, address, **options):
        """What a calendar program gets, which is signed in nowhere; journal and counters are caught."""
        self.authenticate(None, None)
        self.opener.cookies.clear()
        self.noted, self.counted = [], []
        registry = self.registry
        with (
            patch.object(registry["client.access"], "_later", lambda _self, row: self.noted.append(row)),
            patch.object(registry["client.throttle"], "_hit_later", lambda _self, *hit: self.counted.append(hit)),
            mute_logger("odoo.http"),
        ):
            return self.url_open(address, allow_redirects=False, **options)

    def summaries(self, address):
        reply = self.fetch(address)
        self.assertEqual(reply.status_code, 200)
        return set(self.events(reply.content.decode()))

    def dead(self, address):
        """An address that gives nothing looks like one that never was."""
        reply, never = self.fetch(address), self.fetch("/my/calendar/feed/never.ics")
        self.assertEqual(never.status_code, 404)
        self.assertEqual((reply.status_code, reply.content), (404, never.content))
        alike = {"Content-Type", "Content-Length", "Cache-Control"}
        self.assertEqual(*({k: v for k, v in r.headers.items() if k in alike} for r in (reply, never)))


@tagged("post_install", "-at_install", "client_portal")
class TestFeed(FeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        jobs = cls.task_a_two + cls.task_a_whole + cls.task_a_unpublished + cls.task_b_one + cls.task_a_company_two
        jobs.write(cls.window)

    def test_it_gives_what_the_rules_give_now(self):
        addresses = {actor: self.make(actor) for actor in ("viewer_a", "site_viewer_a", "both")}
        for actor, address in addresses.items():
            seen = self.as_user(actor)["project.task"].with_context(
                allowed_company_ids=self.users[actor].company_ids.ids
            )
            names = seen.search([("client_visit_start", "!=", False)]).mapped("client_name")
            self.assertTrue(names)
            self.assertEqual(self.summaries(address), set(names), actor)
        self.assertNotIn(self.task_a_two.client_name, self.summaries(addresses["site_viewer_a"]))
        self.task_a_one.client_publish = "no"
        self.assertEqual(self.summaries(addresses["site_viewer_a"]), {self.task_a_company_two.client_name})
        self.task_a_company_two.client_only_user_id = self.users["viewer_a"]
        self.assertEqual(self.summaries(addresses["site_viewer_a"]), set())
        self.members["site_viewer_a"].site_ids = self.site_a_two
        self.assertEqual(self.summaries(addresses["site_viewer_a"]), {self.task_a_two.client_name})

    def test_three_zones_and_the_day_the_clocks_change(self):
        """Whoever typed it where, the feed holds the moment. New York moves its clocks on 8 March."""
        member, site, staff = "America/New_York", "Europe/Lisbon", "Asia/Tokyo"
        self.users["viewer_a"].tz, self.site_a_one.tz = member, site
        address = self.make("viewer_a")
        for zone, day, begins, hour in (
            (staff, "2026-03-07", "22:00", 8),
            (staff, "2026-03-08", "22:00", 9),
            (site, "2026-03-29", "09:00", 4),  # Lisbon moves on the 29th
            (member, "2026-03-07", "08:00", 8),
            (member, "2026-03-08", "08:00", 8),
        ):
            with self.subTest(zone=zone, day=day), self.at("2026-03-01 12:00:00"):
                row = {"day": day, "begins": begins, "ends": "23:30"}
                ((start, end),) = self.env["client.times"].with_context(tz=zone)._windows([row])
                self.job.write({"client_visit_start": start, "client_visit_end": end})
                event = self.events(self.fetch(address).content.decode())[self.job.client_name]
                self.assertEqual(event.dtstart.value.replace(tzinfo=None), start)
                self.assertEqual(event.dtend.value - event.dtstart.value, end - start)
                self.assertEqual(event.dtstart.value.utcoffset(), timedelta(0))
                self.assertEqual(event.dtstart.value.astimezone(ZoneInfo(member)).hour, hour)

    def test_cancelled_visits_say_so(self):
        address = self.make("viewer_a")
        self.job.stage_id = False
        self.job.state = "1_canceled"
        event = self.events(self.fetch(address).content.decode())[self.job.client_name]
        self.assertEqual(event.status.value, "CANCELLED")
        self.job.write({"client_visit_start": False, "client_visit_end": False})
        self.assertNotIn(self.job.client_name, self.summaries(address))

    def test_it_dies_with_the_membership(self):
        role = self.members["viewer_a"].role_id
        for end, back in (
            (lambda m: m.write({"suspended": True}), lambda m: m.write({"suspended": False})),
            (lambda m: m.write({"active": False}), lambda m: m.write({"active": True})),
        ):
            address = self.make("viewer_a")
            self.assertTrue(self.summaries(address))
            end(self.members["viewer_a"])
            self.dead(address)
            back(self.members["viewer_a"])
            self.dead(address)
        address = self.make("viewer_a")
        self.members["viewer_a"].role_id = self.roles["billing"]
        self.dead(address)
        self.members["viewer_a"].role_id = role
        self.assertTrue(self.summaries(address), "another role is no end")
        self.client_a.is_client = False
        self.dead(address)

    def test_it_dies_with_the_login(self):
        address = self.make("viewer_a")
        self.users["viewer_a"].active = False
        self.dead(address)

    def test_a_member_of_two_loses_one(self):
        address = self.make("both")
        self.assertIn(self.task_b_one.client_name, self.summaries(address))
        self.members["both_b"].active = False
        self.assertNotIn(self.task_b_one.client_name, self.summaries(address))
        self.assertIn(self.job.client_name, self.summaries(address))

    def test_renewing_and_ending(self):
        first = self.make("viewer_a")
        second = self.make("viewer_a")
        self.assertNotEqual(first, second)
        self.dead(first)
        self.assertTrue(self.summaries(second))
        other = self.make("approver_a")
        self.assertEqual(self.send("viewer_a", "/my/calendar/feed/end").status_code, 303)
        self.dead(second)
        self.assertTrue(self.summaries(other))

    def test_it_is_shown_once_and_kept_as_a_digest(self):
        address = self.make("viewer_a")
        key = address.split("/")[-1].removesuffix(".ics")
        self.assertGreater(len(key), 40)
        text = self.page("viewer_a", "/my/calendar").text
        self.assertNotIn(key, text)
        self.assertIn("Make a new address", text)
        self.env.cr.execute("SELECT t::text FROM client_calendar_feed t")
        self.assertNotIn(key, str(self.env.cr.fetchall()))
        self.assertFalse(self.env["client.calendar.feed"].search([("digest", "=", key)]))
        for actor in ("viewer_a", "administrator_a"):
            with self.refused(actor):
                self.as_user(actor)["client.calendar.feed"].search_count([])

    def test_who_gets_one(self):
        for actor, code in (("billing_a", 404), ("revoked", 403), ("colleague", 403)):
            self.assertEqual(self.send(actor, "/my/calendar/feed").status_code, code, actor)
        self.assertEqual(self.send("stock", "/my/calendar/feed").status_code, 303)
        self.assertFalse(self.env["client.calendar.feed"].search([("user_id", "!=", self.users["viewer_a"].id)]))
        self.authenticate("viewer_a", "viewer_a")
        self.assertEqual(self.url_open("/my/calendar/feed", allow_redirects=False).status_code, 405, "never by a link")

    def test_no_session_is_made_and_none_counts(self):
        address = self.make("viewer_a")
        reply = self.fetch(address)
        self.assertNotIn("Set-Cookie", reply.headers)
        self.authenticate("administrator_b", "administrator_b")
        self.assertEqual(set(self.events(self.url_open(address).content.decode())), self.summaries(address))

    def test_it_is_asked_anew_each_time(self):
        address = self.make("viewer_a")
        reply = self.fetch(address)
        self.assertEqual(reply.headers["Cache-Control"], "private, no-cache")
        known = {"If-None-Match": reply.headers["ETag"]}
        again = self.fetch(address, headers=known)
        self.assertEqual((again.status_code, again.content), (304, b""))
        self.job.write(self.moved())
        self.assertEqual(self.fetch(address, headers=known).status_code, 200)

    def test_it_is_journalled_once_an_hour_and_place(self):
        address = self.make("viewer_a")
        self.fetch(address)
        (row,) = self.noted
        self.assertEqual((row["kind"], row["user_id"], row["staff_id"]), ("feed", self.users["viewer_a"].id, 0))
        self.env["client.access"]._append([row])
        noted = self.env["client.access"].search([("kind", "=", "feed")])
        self.assertEqual((noted.client_id, noted.member_id), (self.client_a.id, self.members["viewer_a"].id))
        self.fetch(address)
        self.assertFalse(self.noted)
        self.fetch("/my/calendar/feed/never.ics")
        self.assertFalse(self.noted)

    def test_not_any_number_of_times(self):
        address = self.make("viewer_a")
        self.env["ir.config_parameter"].set_param("client_portal.calendar_reads_per_hour", "2")
        self.env["ir.config_parameter"].set_param("client_portal.calendar_misses_per_hour", "1")
        throttle = self.env["client.throttle"]
        for _time in range(2):
            self.assertEqual(self.fetch(address).status_code, 200)
            throttle._hit(*self.counted[0])
        reply = self.fetch(address)
        self.assertEqual((reply.status_code, reply.headers["Retry-After"]), (429, "3600"))
        self.assertEqual(self.fetch("/my/calendar/feed/never.ics").status_code, 404)
        throttle._hit(*self.counted[0])
        self.assertEqual(self.fetch("/my/calendar/feed/never.ics").status_code, 429)
