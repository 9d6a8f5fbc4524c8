"""What the tests of requests share: kinds of request, sending a form, and what came of it."""

import base64
import uuid

from odoo import http
from odoo.tests import HttpCase

from .common import ClientPortalCommon

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class RequestCase(ClientPortalCommon):
    """Two kinds of request landing in a project that shows its client nothing by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.client_a + cls.client_b).client_company_ids = cls.companies
        cls.desk = cls.env["project.project"].create(
            {
                "name": "SECRET desk",
                "privacy_visibility": "followers",
                "allow_billable": True,
                "company_id": cls.company_one.id,
                "type_ids": [(6, 0, cls.stages.ids)],
                "user_id": cls.users["manager"].id,
            }
        )
        cls.repair, cls.quick = cls.env["client.request.type"].create(
            [
                {
                    "name": "Repair",
                    "note": "Something is broken.",
                    "project_id": cls.desk.id,
                    "stage_id": cls.stages[1].id,
                    "user_id": cls.users["staff"].id,
                    "promise_hours": 4,
                },
                {
                    "name": "Quick word",
                    "project_id": cls.desk.id,
                    "ask_site": "no",
                    "ask_asset": "no",
                    "ask_description": "optional",
                    "ask_dates": "no",
                    "ask_urgency": "no",
                    "ask_files": "no",
                },
            ]
        )
        cls.env.flush_all()

    def typed(self, **changes):
        """What a form sends."""
        return {
            "title": "Loose railing",
            "text": "The third panel.\nPlease look.",
            "site": str(self.site_a_one.id),
            "asset": "",
            "urgency": "urgent",
            "only": "all",
            "key": uuid.uuid4().hex,
            "dates": [],
            "staged": [],
            "names": [],
            **changes,
        }

    def requester(self, actor="requester_a"):
        """The membership of ``actor`` as a request page has it."""
        return self.as_user(actor)["client.member"]._client_requester()

    def raise_request(self, actor="requester_a", kind=None, files=None, **typed):
        """A request of ``actor``, as the superuser sees it."""
        member = self.requester(actor)
        kind = (kind or self.repair).with_env(member.env)
        files = files if files is not None else member.env["ir.attachment"].sudo()
        task = member._client_raise(kind, self.typed(**typed), files)
        self.env.flush_all()
        return self.env["project.task"].browse(task.id)

    def told(self, task):
        """Kinds of the updates about a job, oldest first."""
        domain = [("res_model", "=", "project.task"), ("res_id", "=", task.id)]
        return self.env["client.update"].search(domain, order="id").mapped("kind")

    def requests_made(self):
        return self.env["project.task"].search_count([("client_request_number", "!=", False)])


class RequestHttpCase(RequestCase, HttpCase):
    """The same through the pages."""

    def sign_in(self, actor):
        self.authenticate(actor, actor)

    def send(self, kind=None, files=(), query="", **typed):
        """Post the form without scripts.

        :param files: [(name, bytes)]
        """
        kind = kind or self.repair
        values = self.typed(**typed)
        values.pop("names")
        data = {**values, "csrf_token": http.Request.csrf_token(self)}
        parts = [("files", (name, content)) for name, content in files]
        return self.url_open(
            f"/my/requests/new/{kind.id}{query}", data=data, files=parts or None, allow_redirects=False, timeout=60
        )

    def stage(self, name, content):
        """Send one file as the script does: (status, answer)."""
        data = {"csrf_token": http.Request.csrf_token(self)}
        reply = self.url_open("/my/requests/files", data=data, files=[("files", (name, content))], timeout=60)
        return reply.status_code, reply.json()

    def made(self, reply):
        """The request a form led to."""
        self.assertEqual(reply.status_code, 303, reply.text[:2000])
        self.env.invalidate_all()
        return self.env["project.task"].browse(int(reply.headers["Location"].split("/")[-2]))
