"""A job with a visit some days ahead, and the page on which it is answered."""

from datetime import timedelta

import pytz
from freezegun import freeze_time

from odoo import http
from odoo.fields import Datetime

from .test_portal_pages import PagesCase

LATER = timedelta(hours=2)


class VisitCase(PagesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start = (Datetime.now() + timedelta(days=5)).replace(hour=8, minute=0, second=0, microsecond=0)
        cls.window = {"client_visit_start": cls.start, "client_visit_end": cls.start + LATER}
        cls.job = cls.task_a_one
        cls.stages.client_status = "scheduled"
        cls.job.write(cls.window)
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.told = self.updates()

    def updates(self, job=None):
        """Kinds of what the client was told about the visit, oldest first."""
        job = job or self.job
        rows = self.env["client.update"].search(
            [("res_model", "=", job._name), ("res_id", "=", job.id), ("kind", "=like", "job\\_visit%")], order="id"
        )
        return rows.mapped("kind")

    def news(self):
        """What was told since the test began."""
        return self.updates()[len(self.told) :]

    def moved(self, days=1):
        start = self.start + timedelta(days=days)
        return {"client_visit_start": start, "client_visit_end": start + LATER}

    @staticmethod
    def row(start, end=None, zone="UTC"):
        """A window as somebody types it by the clock of ``zone``."""
        begins, ends = (
            pytz.utc.localize(moment).astimezone(pytz.timezone(zone)) for moment in (start, end or start + LATER)
        )
        return {"day": begins.strftime("%Y-%m-%d"), "begins": begins.strftime("%H:%M"), "ends": ends.strftime("%H:%M")}

    def form(self, *rows, comment=""):
        """The form as a browser sends it."""
        sent = {"comment": comment}
        for number, row in enumerate(rows, 1):
            sent.update({f"{name}_{number}": value for name, value in row.items()})
        return sent

    def send(self, actor, address, data=None, **options):
        """Reply to a form sent by ``actor``."""
        self.authenticate(actor, actor)
        data = {**(data or {}), "csrf_token": http.Request.csrf_token(self)}
        reply = self.url_open(address, data=data, allow_redirects=False, **options)
        self.env.invalidate_all()
        return reply

    def confirm(self, actor, job=None):
        job = job or self.job
        return self.send(actor, f"{job._client_visit_url()}/confirmation", {"visit": job._client_visit_key()})

    def propose(self, actor, *rows, comment="", job=None):
        return self.send(actor, (job or self.job)._client_visit_url(), self.form(*rows, comment=comment))

    def withdraw(self, actor):
        return self.send(actor, f"{self.job._client_visit_url()}/proposal/end")

    def proposals(self, job=None):
        return self.env["client.visit.proposal"].search([("task_id", "=", (job or self.job).id)])

    def at(self, moment):
        return freeze_time(moment)
