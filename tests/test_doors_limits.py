"""What comes in from outside: kinds of files, sizes, how often; and signing in."""

import io
import re
import zipfile

from odoo.tests import tagged
from odoo.tools import mute_logger

from .doors_common import LOUD, OUTSIDERS, PNG, DoorsCase


def archive(*names, **contents):
    """A zip with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name in names:
            packed.writestr(name, b"x")
        for name, content in contents.items():
            packed.writestr(name, content)
    return stream.getvalue()


EXE = b"MZ\x90\x00\x03" + b"\x00" * 200 + b"PE\x00\x00" + b"\x00" * 300
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
DOCX = archive("[Content_Types].xml", "word/document.xml")
REFUSED = {
    "setup.exe": EXE,
    "photo.png": EXE,
    "drawing.svg": SVG,
    "drawing.png": SVG,
    "page.html": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "notes.txt": b"  \n<html><body onload=alert(1)></body></html>",
    "run.sh": b"#!/bin/sh\nrm -rf /",
    "page.pdf": b"<script>alert(1)</script>",
    "photo.exe": PNG,
    "photo": PNG,
    "stuff.zip": archive("a.txt"),
    "macro.docx": archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "broken.docx": b"PK\x03\x04 nothing",
    "empty.png": b"",
    "list.csv": b"\x00\x01\x02\x03",
}
TAKEN = {
    "photo.png": PNG,
    "PHOTO.PNG": PNG,
    "photo.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 64,
    "photo.heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64,
    "film.mp4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42" + b"\x00" * 64,
    "plan.pdf": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF",
    "letter.docx": DOCX,
    "list.csv": "Ort;Größe\nHafen;3\n".encode(),
}


@tagged("post_install", "-at_install", "client_portal")
class TestDoorsUploads(DoorsCase):
    def test_hole_14_any_file_straight_onto_the_task(self):
        reply = self.upload("stock", self.task_stock, "setup.exe", EXE, is_pending="false")
        self.assertIn("data", reply.json(), "stock takes it")
        self.assertTrue(
            self.env["ir.attachment"].search([("res_model", "=", "project.task"), ("res_id", "=", self.task_stock.id)])
        )
        reply = self.upload("requester_a", self.task_a_one, "photo.png", PNG, is_pending="false")
        attachment = self.env["ir.attachment"].browse(reply.json()["data"]["attachment_id"])
        self.assertEqual(
            (attachment.res_model, attachment.res_id), ("mail.compose.message", 0), "it waits for its message"
        )

    def test_kinds(self):
        """Told by what they are; the answer names the file and no traceback."""
        for name, content in REFUSED.items():
            with self.subTest(refused=name):
                reply = self.upload("requester_a", self.task_a_one, name, content)
                self.assertEqual(reply.status_code, 415)
                self.assertIn(name, reply.json()["error"])
        for name, content in TAKEN.items():
            with self.subTest(taken=name):
                self.assertIn("data", self.upload("requester_a", self.task_a_one, name, content).json())

    def test_size(self):
        self.env["ir.config_parameter"].set_param("client_portal.upload_megabytes", "0.5")
        reply = self.upload("requester_a", self.task_a_one, "photo.png", PNG + b"\x00" * 600_000)
        self.assertEqual(reply.status_code, 413)
        self.assertIn("0.5 MB", reply.json()["error"])
        for nonsense in ("much", ""):
            self.env["ir.config_parameter"].set_param("client_portal.upload_megabytes", nonsense)
            self.assertIn("data", self.upload("requester_a", self.task_a_one, "photo.png", PNG).json())

    def test_only_who_may_write_uploads(self):
        for actor in ("viewer_a", *OUTSIDERS):
            with self.subTest(actor=actor):
                reply = self.upload(actor, self.task_a_one, "photo.png", PNG, token=self.key(self.task_a_one))
                self.assertEqual(reply.status_code, 404)

    def test_uploads_are_counted(self):
        self.env["ir.config_parameter"].set_param("client_portal.uploads_per_ten_minutes", "2")
        codes = [self.upload("requester_a", self.task_a_one, "photo.png", PNG).status_code for _turn in range(3)]
        self.assertEqual(codes, [200, 200, 429])
        self.assertEqual(
            self.upload("approver_a", self.task_a_one, "photo.png", PNG).status_code, 200, "each for themselves"
        )
        for _turn in range(3):
            self.assertEqual(
                self.upload("stock", self.task_stock, "photo.png", PNG).status_code, 200, "stock counts nothing"
            )


@tagged("post_install", "-at_install", "client_portal")
class TestDoorsThrottle(DoorsCase):
    def test_hole_15_posting_without_end(self):
        self.env["ir.config_parameter"].set_param("client_portal.messages_per_minute", "3")

        def post(actor, task):
            return self.rpc(
                actor, "/mail/message/post", thread_model="project.task", thread_id=task.id, post_data={"body": "Hi"}
            )

        for _turn in range(5):
            self.assertIn("result", post("stock", self.task_stock), "stock has no limit")
        replies = [post("requester_a", self.task_a_one) for _turn in range(4)]
        self.assertEqual(["result" in reply for reply in replies], [True, True, True, False])
        self.assertIn("Nothing is lost", replies[-1]["error"]["data"]["message"])
        self.assertIn("result", post("approver_a", self.task_a_one), "each for themselves")

    def test_counted_in_the_database(self):
        throttle = self.env["client.throttle"]
        self.env["ir.config_parameter"].set_param("client_portal.messages_per_minute", "2")
        self.assertEqual([throttle._hit("post", "x") for _turn in range(3)], [True, True, False])
        self.assertTrue(throttle._full("post", "x"))
        self.assertFalse(throttle._full("post", "y"))
        self.env["ir.config_parameter"].set_param("client_portal.messages_per_minute", "0")
        self.assertTrue(throttle._hit("post", "x"), "0 is no limit")
        self.env["ir.config_parameter"].set_param("client_portal.messages_per_minute", "x")
        self.assertEqual(throttle._limit("post"), (10, 60))
        self.env.cr.execute("UPDATE client_throttle SET until = now() - interval '1 day'")
        throttle._forget()
        self.assertFalse(throttle.search([]))

    def test_nobody_reads_or_resets_the_counters(self):
        for actor in ("requester_a", "stock", "staff", "manager"):
            for method, args in (("search_read", [[]]), ("create", [[{"key": "x", "bucket": 1}]])):
                self.assertIn("error", self.call(actor, "client.throttle", method, *args), actor)


@tagged("post_install", "-at_install", "client_portal")
class TestDoorsSignIn(DoorsCase):
    def reset(self, login):
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        page = self.get("public", "/web/reset_password")
        token = re.search(r'name="csrf_token" value="(.*?)"', page.text)[1]
        with mute_logger(*LOUD, "odoo.addons.client_portal.models.res_users_sign_in"):
            return self.url_open("/web/reset_password", data={"login": login, "csrf_token": token}).text

    def test_hole_16_asking_for_a_password_tells_nothing(self):
        texts = {
            login: self.reset(login).replace(login, "") for login in ("requester_a", "nobody@example.com", "stock")
        }
        for login, text in texts.items():
            with self.subTest(login=login):
                self.assertIn("instructions sent", text)
                self.assertNotIn("No account found", text)

    def test_hole_16_asking_is_throttled_alike(self):
        self.env["ir.config_parameter"].set_param("client_portal.password_resets_per_hour", "1")
        for login in ("requester_a", "nobody@example.com"):
            self.reset(login)
            self.assertIn("Please wait an hour", self.reset(login))

    def test_an_address_in_the_url_is_not_looked_up(self):
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        email = self.users["requester_a"].email
        self.assertEqual(self.get("public", f"/web/reset_password?signup_email={email}").status_code, 200)

    def test_hole_16_failures_count_across_workers(self):
        """The memory of a worker is not asked: the counter stands in the database."""
        self.env["ir.config_parameter"].set_param("client_portal.failed_logins_per_ten_minutes", "2")
        self.env.flush_all()
        key = "rpc:requester_a"
        self.assertTrue(self.signs_in("requester_a"))
        for _turn in range(2):
            self.env["res.users"]._client_login_failed(key)
        self.env.flush_all()
        self.assertFalse(self.signs_in("requester_a"), "the right password comes too late")
        self.assertTrue(self.signs_in("approver_a"))

    def signs_in(self, login):
        with mute_logger(*LOUD):
            return bool(self.xmlrpc_common.authenticate(self.env.cr.dbname, login, login, {"interactive": False}))
