"""Odd addresses and odd parameters are answered like any other, never with an error of the server."""

from odoo import http
from odoo.tests import tagged

from .rpc_common import RpcCase


@tagged("post_install", "-at_install", "client_portal")
class TestAttackPages(RpcCase):
    def test_odd_addresses(self):
        self.sign_in("administrator_a")
        for address, status in {
            "/my/jobs?site=²": 200,
            "/my/jobs?project=٣": 200,
            "/my/jobs?site=" + "9" * 30: 200,
            "/my/jobs?search=%00": 200,
            "/my/quotes?sortby=__class__&filterby=__doc__&search=%27%25_%5C": 200,
            "/my/jobs/" + "9" * 30: 404,
            "/my/jobs/page/" + "9" * 30: 200,
            "/my/team/" + "9" * 30: 404,
            "/my/jobs/" + "9" * 5000: 404,
            "/my/jobs?page=²": 200,
            "/my/access?page=x": 200,
            "/my/calendar?page=" + "9" * 5000: 200,
            "/my/statement/history?page=-1": 200,
            "/my/search?self=1&search=x": 200,
            "/my/stop/%00": 404,
            "/my/jobs%00": 404,
        }.items():
            with self.subTest(address):
                self.assertEqual(self.url_open(address).status_code, status)

    def test_pages_are_kept_by_nobody(self):
        """*Back* after signing out shows none; in a form it finds what was typed."""
        pages = dict.fromkeys(
            ("/my", "/my/jobs", f"/my/jobs/{self.task_a_one.id}", "/my/search?search=x"), "private, no-store"
        )
        for actor in ("administrator_a", "revoked"):
            self.sign_in(actor)
            for address, kept in {**pages, "/my/preferences": "private, no-cache"}.items():
                with self.subTest(actor=actor, address=address):
                    headers = self.url_open(address).headers
                    self.assertEqual(headers["Cache-Control"], kept)
                    self.assertEqual(headers["Content-Security-Policy"], "frame-ancestors 'self'")

    def test_approvals_without_an_amount_as_a_file(self):
        self.order_a_sent.client_approval_id.currency_id = False
        self.sign_in("administrator_a")
        for kind in ("csv", "xlsx"):
            with self.subTest(kind):
                self.assertEqual(self.url_open(f"/my/approvals?download={kind}").status_code, 200)

    def test_a_file_in_the_place_of_words(self):
        self.sign_in("administrator_a")
        for address in ("/my/jobs", "/my/search"):
            with self.subTest(address):
                sent = {"data": {"csrf_token": http.Request.csrf_token(self)}, "files": {"search": ("a.txt", b"x")}}
                self.assertEqual(self.url_open(address, **sent).status_code, 200)

    def test_odd_requests_for_a_conversation(self):
        self.sign_in("administrator_a")
        for odd in ({"limit": -1}, {"limit": "x"}, {"before": "x"}, {"around": []}, [], "x", {"search_term": ["a"]}):
            with self.subTest(odd):
                self.assertIn("messages", self._fetch(self.task_a_one.id, odd)["result"])
        for odd in ("x", None, [1], {}, -1, "9" * 30):
            with self.subTest(thread=odd):
                self.assertIn("ClientNotFound", self._fetch(odd, {})["error"]["data"]["name"])

    def test_a_message_of_nothing_is_refused(self):
        self.sign_in("administrator_a")
        count = len(self.task_a_one.message_ids)
        for odd in ("x", {}, {"body": ""}, {"body": "<p><br></p>"}, {"attachment_ids": []}):
            with self.subTest(odd):
                asked = {"thread_model": "project.task", "thread_id": self.task_a_one.id, "post_data": odd}
                reply = self.url_open("/mail/message/post", json=self.build_rpc_payload(asked)).json()
                self.assertIn("UserError", reply["error"]["data"]["name"])
        self.task_a_one.invalidate_recordset()
        self.assertEqual(len(self.task_a_one.message_ids), count)

    def _fetch(self, thread_id, fetch_params):
        return self.url_open(
            "/mail/chatter_fetch",
            json=self.build_rpc_payload(
                {"thread_model": "project.task", "thread_id": thread_id, "fetch_params": fetch_params}
            ),
        ).json()
