"""Mails about updates: what happens, time that passes, the job that runs."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests.common import freeze_time

from .test_doors_mail import MailCase

MONDAY = "2027-06-07 09:00:00"  # UTC, nobody's quiet hours; later than all the fixture made happen


class NotificationCase(MailCase):
    """``mailed`` gives what goes out when the job has run after a while."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outbox = cls.env["client.notification"]
        cls.companies.write({"email": "office@oakline.example"})
        cls.env["client.member"].search([]).user_id.tz = "UTC"
        cls.env.flush_all()
        cls.env.cr.execute("DELETE FROM client_notification_queue")  # what the fixture itself made happen

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time(MONDAY))
        cron = type(self.env["ir.cron"])
        self.enterContext(patch.object(cron, "_commit_progress", return_value=60.0))

    def rows(self, *actors):
        members = self.env["client.member"].union(*[self.members[actor] for actor in actors])
        return self.outbox.search([("member_id", "in", members.ids)], order="id")

    def pass_time(self, **delta):
        self.clock.tick(timedelta(**delta))

    def run_job(self):
        """The job, and Odoo's mail queue behind it; {actor's address: [mail]} of what went out."""
        with self.mock_mail_gateway():
            self.outbox._cron_notify()
            self.env["mail.mail"].search([("state", "=", "outgoing")]).send()
            self.env.flush_all()
        found = {}
        for mail in self._mails:
            for address in mail["email_to"]:
                found.setdefault(address.rpartition("<")[2].rstrip(">").partition("@")[0], []).append(mail)
        return found

    def mailed(self, **delta):
        """What goes out once some time has passed; by default the time for collecting."""
        self.env.flush_all()
        self.run_job()
        self.pass_time(**(delta or {"minutes": 6}))
        return self.run_job()

    def states(self, *actors):
        return [(row.update_id.kind, row.state, row.reason) for row in self.rows(*actors)]

    def now(self):
        return fields.Datetime.now()

    def work(self, job="task_a_one"):
        return self.records[job].with_env(self.staff)
