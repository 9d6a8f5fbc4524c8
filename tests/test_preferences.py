"""What a member wants to hear of: what is usual for each role, what they choose, the link that stops it."""

import re

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..models.client_member_preferences import PACES, PREFERENCES
from ..models.client_notification_kinds import FAMILIES
from .common import ROLES, ClientPortalCommon
from .test_portal_pages import PagesCase

# what is usual: now, daily, or - where the role does not open the family
USUAL = """
family     viewer requester approver billing administrator
answer     daily  now       now      daily   now
visits     daily  now       now      -       now
progress   daily  daily     daily    -       daily
requests   daily  now       now      -       now
decisions  daily  daily     daily    daily   daily
money      -      -         -        daily   daily
documents  daily  daily     daily    daily   daily
team       -      -         -        -       daily
"""
FAMILY_OF = {
    "approval_requested": "answer",
    "quote_sent": "answer",
    "job_question": "answer",
    "job_visit_asked": "answer",
    "approval_approved": "decisions",
    "quote_declined": "decisions",
    "job_visit_moved": "visits",
    "job_completed": "progress",
    "milestone_reached": "progress",
    "project_published": "progress",
    "job_requested": "requests",
    "request_answered": "requests",
    "invoice_posted": "money",
    "credit_note_posted": "money",
    "agreement_published": "documents",
    "member_joined": "team",
    "something_new": "progress",
}


@tagged("post_install", "-at_install", "client_portal")
class TestPreferences(ClientPortalCommon):
    def test_what_is_usual_for_each_role(self):
        head, *rows = (line.split() for line in USUAL.strip().splitlines())
        self.assertEqual(tuple(head[1:]), ROLES)
        self.assertEqual([row[0] for row in rows], list(FAMILIES))
        for family, *cells in rows:
            for role, expected in zip(ROLES, cells, strict=True):
                member = self.members[f"{role}_a"]
                found = member._pace(family) if family in member._families() else "-"
                self.assertEqual(found, expected, f"{role}: {family}")

    def test_what_is_chosen_counts(self):
        for role in ROLES:
            member = self.members[f"{role}_a"]
            for pace, _label in PACES:
                for name in PREFERENCES:
                    member[name] = pace
                    self.assertEqual(member._pace(name.removeprefix("notify_")), pace)

    def test_families_of_kinds(self):
        kinds = self.env["client.update"]
        for kind, family in FAMILY_OF.items():
            self.assertEqual(kinds._kind(kind).family, family, kind)
        self.assertLessEqual({told.family for told in kinds._kinds().values()}, FAMILIES.keys())

    def test_quiet_hours_are_times_of_day(self):
        for hours in (-1, 24, 30):
            with self.assertRaises(ValidationError):
                self.members["viewer_a"].quiet_from = hours

    def test_staff_without_rights_on_logins_set_the_time_zone(self):
        member = self.members["viewer_a"].with_user(self.users["manager"])
        member.tz = "Asia/Tokyo"
        self.assertEqual(self.users["viewer_a"].tz, "Asia/Tokyo")


@tagged("post_install", "-at_install", "client_portal")
class TestPreferencesPage(PagesCase):
    def save(self, actor, **typed):
        self.authenticate(actor, actor)
        page = self.url_open("/my/preferences").text
        data = {
            "csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', page)[1],
            **{name: self.members[actor]._pace(name) for name in FAMILIES},
            "quiet_from": "20:00",
            "quiet_until": "07:00",
            "tz": "UTC",
            **typed,
        }
        return self.url_open("/my/preferences", data=data, allow_redirects=False)

    def test_only_what_the_role_opens(self):
        for actor in ("viewer_a", "billing_a", "administrator_a"):
            page = self.page(actor, "/my/preferences").text
            offered = set(re.findall(r'<select[^>]*name="(\w+)"', page)) - {"tz"}
            self.assertEqual(offered, set(self.members[actor]._families()), actor)

    def test_save(self):
        member = self.members["approver_a"]
        reply = self.save("approver_a", progress="weekly", visits="never", quiet_from="22:30", tz="Pacific/Auckland")
        self.assertEqual(reply.status_code, 303)
        self.assertEqual((member.notify_progress, member.notify_visits), ("weekly", "never"))
        self.assertFalse(member.notify_answer, "what is usual stays so, and follows the role")
        self.assertEqual((member.quiet_from, member.quiet_until, member.tz), (22.5, 7, "Pacific/Auckland"))
        page = self.url_open("/my/preferences").text
        self.assertIn('value="22:30"', page)
        self.save("approver_a", quiet_from="", quiet_until="", progress="daily")
        self.assertEqual((member.quiet_from, member.quiet_until, member.notify_progress), (0, 0, False))
        self.assertFalse(self.members["viewer_a"].notify_visits)

    def test_what_cannot_be_meant(self):
        before = self.members["approver_a"].read(PREFERENCES)
        for typed in (
            {"visits": "hourly"},
            {"visits": ""},
            {"quiet_from": "25:00"},
            {"quiet_until": ""},
            {"tz": "Moon/Sea"},
            {"tz": ""},
        ):
            reply = self.save("approver_a", progress="weekly", **typed)
            self.assertEqual(reply.status_code, 422, typed)
            self.assertIn('value="weekly" selected="selected"', reply.text, "what was typed is still there")
        self.assertEqual(self.members["approver_a"].read(PREFERENCES), before)

    def test_a_family_the_role_does_not_open_is_not_taken(self):
        self.save("viewer_a", team="now", money="now")
        self.assertFalse(self.members["viewer_a"].notify_team or self.members["viewer_a"].notify_money)

    def test_of_two_clients_the_one_that_is_looked_at(self):
        self.authenticate("both", "both")
        page = self.url_open(f"/my/preferences?client={self.client_b.id}").text
        self.assertIn("Birch Estates", page)

    # ----------------------------------------------------------------- the link in mails

    def stop(self, key, method="POST"):
        self.authenticate(None, None)
        data = {"List-Unsubscribe": "One-Click"} if method == "POST" else None
        return self.url_open(f"/my/stop/{key}", data=data, method=method, allow_redirects=False)

    def key(self, actor, channel):
        return self.members[actor]._stop_url(channel).rpartition("/")[2]

    def test_opening_the_link_changes_nothing(self):
        for method in ("GET", "HEAD"):
            reply = self.stop(self.key("approver_a", "now"), method)
            self.assertEqual(reply.status_code, 200)
        text = self.stop(self.key("approver_a", "now"), "GET").text
        self.assertIn("Stop these mails?", text)
        self.client_a.client_company_ids = self.company_two
        footer = self.stop(self.key("approver_a", "now"), "GET").text.rpartition("<footer")[2]
        self.assertIn(self.company_two.name, footer, "whose clients they are, and not the company of visitors")
        self.assertFalse(any(self.members["approver_a"][name] for name in PREFERENCES))

    def test_one_click_stops_this_sort_of_mail(self):
        member = self.members["approver_a"]
        reply = self.stop(self.key("approver_a", "now"))
        self.assertEqual(reply.status_code, 200)
        stopped = {name for name in FAMILIES if member._pace(name) == "never"}
        self.assertEqual(stopped, {"answer", "visits", "requests"})
        self.assertFalse(any(self.members["requester_a"][name] for name in PREFERENCES))
        self.stop(self.key("approver_a", "digest"))
        self.assertEqual({member._pace(name) for name in FAMILIES}, {"never"})

    def test_a_link_for_nothing_else(self):
        good = self.key("approver_a", "now")
        other = self.key("requester_a", "now")
        forged = (
            good.replace("-now-", "-digest-"),
            f"{self.members['requester_a'].id}-{good.partition('-')[2]}",
            f"{good.rpartition('-')[0]}-{other.rpartition('-')[2]}",
            f"{good}0",
            f"999999999-now-{'0' * 64}",
            "1",
            "١-now-" + "0" * 64,
        )
        for key in forged:
            for method in ("GET", "POST"):
                self.assertEqual(self.stop(key, method).status_code, 404, key)
        for actor in ("approver_a", "requester_a"):
            self.assertFalse(any(self.members[actor][name] for name in PREFERENCES))
