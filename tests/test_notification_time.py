"""When a mail is due: time zones at both ends of the world, days on which the clocks change, quiet hours."""

from datetime import datetime

from odoo.tests import tagged

from .common import ClientPortalCommon

# time zone, pace, when it happened (UTC), when the mail is due (UTC)
SUMMARIES = (
    ("UTC", "daily", "2026-06-01 07:59", "2026-06-01 08:00"),
    ("UTC", "daily", "2026-06-01 08:00", "2026-06-02 08:00"),
    ("Etc/GMT+12", "daily", "2026-06-01 19:00", "2026-06-01 20:00"),  # 12 hours behind: 8:00 there
    ("Etc/GMT+12", "daily", "2026-06-01 21:00", "2026-06-02 20:00"),
    ("Pacific/Auckland", "daily", "2026-06-01 19:00", "2026-06-01 20:00"),  # 12 ahead in winter
    ("Pacific/Kiritimati", "daily", "2026-06-01 17:00", "2026-06-01 18:00"),  # 14 ahead
    ("UTC", "weekly", "2026-06-01 07:00", "2026-06-01 08:00"),  # a Monday
    ("UTC", "weekly", "2026-06-01 09:00", "2026-06-08 08:00"),
    ("Pacific/Auckland", "weekly", "2026-06-01 09:00", "2026-06-07 20:00"),  # Monday there begins on Sunday here
    ("Etc/GMT+12", "weekly", "2026-06-01 09:00", "2026-06-01 20:00"),  # Sunday evening there
    # the clocks go forward in the night to 29 March: 8:00 is 7:00 UTC before, 6:00 after
    ("Europe/Berlin", "daily", "2026-03-27 12:00", "2026-03-28 07:00"),
    ("Europe/Berlin", "daily", "2026-03-28 12:00", "2026-03-29 06:00"),
    # and back in the night to 25 October
    ("Europe/Berlin", "daily", "2026-10-24 12:00", "2026-10-25 07:00"),
    ("America/New_York", "daily", "2026-03-07 20:00", "2026-03-08 12:00"),
    ("America/New_York", "daily", "2026-10-31 20:00", "2026-11-01 13:00"),
    ("Australia/Lord_Howe", "daily", "2026-04-04 12:00", "2026-04-04 21:30"),  # half an hour, to 10:30 ahead
)
# a summary at an hour that a night has twice, or not at all
ODD_HOURS = (
    ("Europe/Berlin", 2, "2026-03-28 12:00", "2026-03-29 01:00"),  # 2:00 is skipped: 3:00, the same moment
    ("Europe/Berlin", 2, "2026-03-29 02:00", "2026-03-30 00:00"),
    ("Europe/Berlin", 2, "2026-10-24 12:00", "2026-10-25 00:00"),  # the first of the two
    ("Europe/Berlin", 2, "2026-10-25 00:00", "2026-10-25 01:00"),  # only the second is left
    ("Europe/Berlin", 2, "2026-10-25 01:30", "2026-10-26 01:00"),
)
# time zone, quiet from, until, when, when the mail at once goes out; five minutes are for collecting
QUIET = (
    ("UTC", 20, 7, "2026-06-01 12:00", "2026-06-01 12:05"),
    ("UTC", 20, 7, "2026-06-01 19:54", "2026-06-01 19:59"),
    ("UTC", 20, 7, "2026-06-01 19:55", "2026-06-02 07:00"),
    ("UTC", 20, 7, "2026-06-01 23:00", "2026-06-02 07:00"),
    ("UTC", 20, 7, "2026-06-02 02:00", "2026-06-02 07:00"),
    ("UTC", 20, 7, "2026-06-02 06:54", "2026-06-02 07:00"),
    ("UTC", 20, 7, "2026-06-02 06:55", "2026-06-02 07:00"),
    ("UTC", 20, 7, "2026-06-02 07:00", "2026-06-02 07:05"),
    ("UTC", 12, 13.5, "2026-06-01 12:30", "2026-06-01 13:30"),
    ("UTC", 0, 0, "2026-06-01 03:00", "2026-06-01 03:05"),
    ("UTC", 9, 9, "2026-06-01 09:00", "2026-06-01 09:05"),
    ("Pacific/Auckland", 20, 7, "2026-06-01 09:00", "2026-06-01 19:00"),
    ("Europe/Berlin", 20, 7, "2026-03-28 22:00", "2026-03-29 05:00"),
    ("Europe/Berlin", 20, 7, "2026-10-24 22:00", "2026-10-25 06:00"),
    ("Europe/Berlin", 1, 2.5, "2026-03-29 00:30", "2026-03-29 01:30"),  # 2:30 is skipped
    ("Europe/Berlin", 1, 2.5, "2026-10-25 00:40", "2026-10-25 00:45"),  # 2:45 for the first time
    ("Europe/Berlin", 1, 2.5, "2026-10-25 00:57", "2026-10-25 01:30"),  # 2:02 for the second time
)


def at(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


@tagged("post_install", "-at_install", "client_portal")
class TestNotificationTime(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.members["viewer_a"]
        cls.member.write({"quiet_from": 0, "quiet_until": 0})
        cls.set_param = staticmethod(cls.env["ir.config_parameter"].sudo().set_param)

    def test_summaries(self):
        for zone, pace, moment, due in SUMMARIES:
            self.member.tz = zone
            with self.subTest(zone=zone, pace=pace, moment=moment):
                self.assertEqual(self.member._due(pace, at(moment)), at(due))

    def test_hours_that_come_twice_or_never(self):
        for zone, hour, moment, due in ODD_HOURS:
            self.member.tz = zone
            self.set_param("client_portal.digest_hour", hour)
            with self.subTest(moment=moment):
                self.assertEqual(self.member._due("daily", at(moment)), at(due))

    def test_quiet_hours(self):
        for zone, start, end, moment, due in QUIET:
            self.member.write({"tz": zone, "quiet_from": start, "quiet_until": end})
            with self.subTest(zone=zone, quiet=(start, end), moment=moment):
                self.assertEqual(self.member._due("now", at(moment)), at(due))

    def test_what_is_urgent_does_not_wait(self):
        self.member.write({"tz": "UTC", "quiet_from": 20, "quiet_until": 7})
        self.assertEqual(self.member._due("now", at("2026-06-01 23:00"), urgent=True), at("2026-06-01 23:05"))

    def test_a_summary_in_quiet_hours_waits(self):
        self.member.write({"tz": "UTC", "quiet_from": 20, "quiet_until": 9})
        self.assertEqual(self.member._due("daily", at("2026-06-01 12:00")), at("2026-06-02 09:00"))

    def test_settings(self):
        self.member.tz = "UTC"
        self.set_param("client_portal.notification_minutes", 20)
        self.set_param("client_portal.digest_hour", 17)
        self.set_param("client_portal.digest_weekday", 4)
        self.assertEqual(self.member._due("now", at("2026-06-01 12:00")), at("2026-06-01 12:20"))
        self.assertEqual(self.member._due("daily", at("2026-06-01 12:00")), at("2026-06-01 17:00"))
        self.assertEqual(self.member._due("weekly", at("2026-06-01 12:00")), at("2026-06-05 17:00"))

    def test_without_a_time_zone_the_companys_counts(self):
        self.member.tz = False
        self.company_one.partner_id.tz = "Asia/Tokyo"
        self.client_a.client_company_ids = self.company_one
        self.assertEqual(self.member._zone().zone, "Asia/Tokyo")
