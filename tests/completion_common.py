"""What the tests of finished jobs share: a crew, and what it writes."""

import base64
import io

import pypdf

from odoo.tests import Form

from .common import ClientPortalCommon

NOTE = "42 trees pruned.\nTwo limbs <b>left</b> & noted."
READINGS = "Height: 12.5 m\nWind: 20 km/h: gusts\nall clear"


class CompletionCase(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.task_a_one
        cls.users["manager"].group_ids += cls.env.ref("project.group_project_user")
        cls.crew = cls.users["manager"]
        cls.job.project_id.message_subscribe(cls.crew.partner_id.ids)

    def staff(self, record):
        """The record as somebody of the crew has it."""
        return record.with_env(self.env(user=self.crew.id, su=False, context={"lang": "en_US", "tz": "UTC"}))

    def versions(self, job):
        """Its versions, newest first."""
        return self.env["client.completion"].search([("task_id", "=", job.id)])

    def kinds(self, job):
        """What the client was told of a job, oldest first."""
        updates = self.env["client.update"].search([("res_model", "=", job._name), ("res_id", "=", job.id)], order="id")
        return updates.mapped("kind")

    def wizard(self, job, **values):
        """Complete a job the way the crew does."""
        with Form(self.staff(self.env["client.complete.wizard"]).with_context(default_task_id=job.id)) as form:
            for name, value in values.items():
                form[name] = value
        form.record.action_complete()

    @staticmethod
    def text(record):
        """Words on the paper."""
        pages = pypdf.PdfReader(io.BytesIO(base64.b64decode(record.pdf))).pages
        return "\n".join(page.extract_text() for page in pages)
