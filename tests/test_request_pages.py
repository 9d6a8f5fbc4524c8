"""The pages of requests over HTTP: who gets which, the form and its files, and one request per form."""

from odoo import fields
from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from .common import SECRET
from .doors_common import LOUD
from .requests_common import PNG, RequestHttpCase
from .test_portal_pages import ALL

ABLE = ("requester", "approver", "administrator")
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><script>alert(1)</script></html>"


def photo(name):
    """Bytes of a real camera file."""
    with file_open(f"client_portal/static/tests/photos/{name}", "rb") as file:
        return file.read()


@tagged("post_install", "-at_install", "client_portal")
class TestRequestPages(RequestHttpCase):
    def get(self, actor, url):
        self.sign_in(actor)
        with mute_logger(*LOUD):
            return self.url_open(url, allow_redirects=False)

    def test_sections_by_role(self):
        pages = ("/my/requests", "/my/requests/new", f"/my/requests/new/{self.repair.id}")
        for role in ALL:
            for page in pages:
                with self.subTest(role=role, page=page):
                    reply = self.get(f"{role}_a", page)
                    self.assertEqual(reply.status_code, 200 if role in ABLE else 404)
                    for word in (SECRET, "Birch"):
                        self.assertNotIn(word, reply.text)
            offered = 'href="/my/requests/new"' in self.get(f"{role}_a", "/my").text
            self.assertEqual(offered, role in ABLE, role)
        for actor, status in (("revoked", 403), ("suspended", 403), ("colleague", 403), ("stock", 303)):
            self.assertEqual(self.get(actor, "/my/requests/new").status_code, status, actor)

    def test_without_kinds_the_page_says_whom_to_call(self):
        (self.repair + self.quick).active = False
        self.company_one.write({"phone": "+1 555 0199", "email": "desk@example.com"})
        text = self.get("requester_a", "/my/requests/new").text
        self.assertIn("+1 555 0199", text)
        self.assertIn("desk@example.com", text)
        self.assertNotIn('href="/my/requests/new"', self.get("requester_a", "/my").text)

    def test_a_kind_for_others_is_not_found(self):
        self.repair.client_ids = self.client_b
        for page in (self.repair.id, 999999999):
            self.assertEqual(self.get("requester_a", f"/my/requests/new/{page}").status_code, 404)

    def test_member_of_two_clients(self):
        """The address says whose request it becomes; the role there decides."""
        text = self.get("both", "/my/requests/new").text
        self.assertIn(f"/my/requests/new?client={self.client_b.id}", text)
        query = f"?client={self.client_b.id}"
        page = self.get("both", f"/my/requests/new/{self.repair.id}{query}").text
        self.assertIn("Birch Harbour", page)
        self.assertNotIn("Alder Harbour", page)
        task = self.made(self.send(query=query, site=str(self.site_b_one.id)))
        self.assertEqual(task.client_id, self.client_b)
        self.members["both_b"].role_id = self.roles["viewer"]
        self.assertEqual(self.get("both", f"/my/requests/new{query}").status_code, 404)
        self.assertEqual(self.get("both", "/my/requests/new").status_code, 200)

    def test_send_and_thanks(self):
        self.sign_in("requester_a")
        task = self.made(self.send())
        text = self.url_open(f"/my/requests/{task.id}/received").text
        self.assertIn(task.client_request_number, text)
        self.assertIn("Loose railing", text)
        page = self.url_open(f"/my/jobs/{task.id}").text
        for words in (task.client_request_number, "The third panel.", "Repair", "Urgent", "Cancel this request"):
            self.assertIn(words, page)
        self.assertNotIn(SECRET, page)
        listed = self.url_open("/my/requests").text
        self.assertIn(task.client_request_number, listed)
        for actor, status in (("viewer_a", 200), ("administrator_b", 404), ("billing_a", 404)):
            self.assertEqual(self.get(actor, f"/my/requests/{task.id}/received").status_code, status, actor)
        self.assertEqual(self.get("viewer_a", f"/my/requests/{self.task_a_one.id}/received").status_code, 404)
        self.assertNotIn("Cancel this request", self.get("viewer_a", f"/my/jobs/{task.id}").text)

    def test_nothing_typed_is_lost(self):
        self.sign_in("requester_a")
        reply = self.send(site="", urgency="low", only="me", dates=["2099-01-02"], files=[("a.png", PNG)])
        self.assertEqual(reply.status_code, 422)
        for words in ("Please choose the site.", "Loose railing", "The third panel.", 'value="2099-01-02"', "a.png"):
            self.assertIn(words, reply.text)
        self.assertRegex(reply.text, r'value="low"\s+checked="checked"')
        self.assertRegex(reply.text, r'value="me"[^>]+checked="checked"')
        self.assertEqual(self.requests_made(), 0)
        waiting = self.env["ir.attachment"].search([("res_model", "=", "mail.compose.message"), ("name", "=", "a.png")])
        task = self.made(self.send(staged=[str(waiting.id)]))
        self.assertEqual(waiting.res_id, task.id)

    def test_sent_twice_is_one(self):
        self.sign_in("requester_a")
        sent = {"key": "a" * 32, "files": [("a.png", PNG)]}
        first, second = self.made(self.send(**sent)), self.made(self.send(**sent))
        self.assertEqual(first, second)
        self.assertEqual(self.requests_made(), 1)
        self.assertEqual(len(first.message_ids.attachment_ids), 1)
        changed = self.send(**{**sent, "text": "Something else."})
        self.assertEqual(changed.status_code, 409)
        self.assertIn("Something else.", changed.text)
        self.assertNotIn("a" * 32, changed.text)
        self.sign_in("approver_a")
        self.assertNotEqual(self.made(self.send(**sent)), first, "somebody else's form with the same key")

    def test_too_often(self):
        self.env["ir.config_parameter"].set_param("client_portal.requests_per_hour", "2")
        self.sign_in("requester_a")
        for _time in range(2):
            self.made(self.send())
        reply = self.send()
        self.assertEqual(reply.status_code, 429)
        self.assertIn("The third panel.", reply.text)
        self.assertEqual(self.requests_made(), 2)

    def test_odd_forms(self):
        self.sign_in("requester_a")
        for odd in (
            {"site": "²", "asset": "9" * 40},
            {"staged": ["x", "-1", "9" * 40, "1"]},
            {"dates": ["\x00", "9999-99-99"]},
            {"title": "\x00"},
            {"urgency": "\x00", "only": "everybody"},
        ):
            with self.subTest(odd):
                self.assertLess(self.send(**odd).status_code, 500)
        task = self.made(self.send(key=""))
        self.assertFalse(task.client_request_key)
        for address in (
            f"/my/requests/new/{self.repair.id}?site=x&asset=²",
            "/my/requests?search=%00&from=x&sortby=id",
        ):
            self.assertEqual(self.url_open(address).status_code, 200)


@tagged("post_install", "-at_install", "client_portal")
class TestRequestFiles(RequestHttpCase):
    def setUp(self):
        super().setUp()
        self.sign_in("requester_a")

    def test_photos_are_seen_where_the_request_is_seen(self):
        task = self.made(self.send(files=[("canon.jpg", photo("Canon_40D.jpg")), ("plan.png", PNG)]))
        files = task.message_ids.attachment_ids.sorted("name")
        self.assertEqual(files.mapped("name"), ["canon.jpg", "plan.png"])
        self.assertEqual(set(files.mapped("res_model")), {"project.task"})
        self.assertEqual(set(files.mapped("res_id")), {task.id})
        page = self.url_open(f"/my/jobs/{task.id}").text
        for file in files:
            self.assertIn(f"/web/content/{file.id}", page)
        seeing = {"requester_a": 200, "viewer_a": 200, "site_viewer_a": 200, "billing_a": 404, "administrator_b": 404}
        for actor, status in {**seeing, "revoked": 404, "stock": 404}.items():
            self.sign_in(actor)
            for address in (f"/web/content/{files[0].id}", f"/web/image/{files[0].id}/320x240"):
                with self.subTest(actor=actor, address=address), mute_logger(*LOUD):
                    reply = self.url_open(address, allow_redirects=False)
                    shown = reply.status_code == 200 and reply.headers["Content-Type"] == "image/jpeg"
                    self.assertEqual(shown, status == 200)

    def test_files_of_a_private_request(self):
        task = self.made(self.send(only="me", files=[("plan.png", PNG)]))
        file = task.message_ids.attachment_ids
        for actor, seen in (("requester_a", True), ("administrator_a", False), ("viewer_a", False)):
            self.sign_in(actor)
            with mute_logger(*LOUD):
                self.assertEqual(self.url_open(f"/web/content/{file.id}").content == PNG, seen, actor)

    def test_bad_files_are_told_one_by_one(self):
        self.env["ir.config_parameter"].set_param("client_portal.upload_megabytes", "0.001")
        files = [
            ("good.png", PNG),
            ("run.jpg", EXE),
            ("page.png", HTML),
            ("drawing.svg", SVG),
            ("lying.pdf", PNG),
            ("big.png", PNG + b"0" * 2000),
            ("empty.png", b""),
        ]
        reply = self.send(files=files)
        self.assertIn(reply.status_code, (413, 415))
        self.assertEqual(self.requests_made(), 0)
        for name, _content in files[1:]:
            self.assertIn(f"“{name}”", reply.text)
        self.assertNotIn("“good.png”", reply.text)
        self.assertIn("good.png", reply.text)
        waiting = self.env["ir.attachment"].search([("res_model", "=", "mail.compose.message"), ("res_id", "=", 0)])
        self.assertEqual(
            waiting.filtered(lambda f: f.create_uid == self.users["requester_a"]).mapped("name"), ["good.png"]
        )

    def test_a_broken_picture_is_kept_as_it_is(self):
        """A camera file that some programs call invalid is a picture all the same."""
        task = self.made(self.send(files=[("odd.jpg", photo("image01551.jpg"))]))
        self.assertEqual(task.message_ids.attachment_ids.raw, photo("image01551.jpg"))
        self.assertEqual(self.url_open(f"/my/jobs/{task.id}").status_code, 200)

    def test_one_by_one_before_the_form(self):
        status, answer = self.stage("a.png", PNG)
        self.assertEqual(status, 200)
        self.assertEqual(answer["files"][0]["name"], "a.png")
        for name, content, wanted in (("run.png", EXE, 415), ("lying.pdf", PNG, 415), ("empty.png", b"", 415)):
            with self.subTest(name):
                status, answer = self.stage(name, content)
                self.assertEqual(status, wanted)
                self.assertIn(name, answer["error"])
        self.sign_in("viewer_a")
        with mute_logger(*LOUD):
            data = {"csrf_token": "", "x": "y"}
            self.assertGreaterEqual(
                self.url_open("/my/requests/files", data=data, files=[("files", ("a.png", PNG))]).status_code, 400
            )

    def test_only_ones_own_files_go_along(self):
        _status, answer = self.stage("mine.png", PNG)
        mine = answer["files"][0]["id"]
        said = self.task_a_one.message_post(body="x", attachments=[("theirs.png", PNG)])
        self.sign_in("approver_a")
        task = self.made(self.send(staged=[str(mine), str(said.attachment_ids.id)]))
        self.assertFalse(task.message_ids.attachment_ids)
        self.assertEqual(said.attachment_ids.res_id, self.task_a_one.id)
        self.sign_in("requester_a")
        one = self.made(self.send(staged=[str(mine)]))
        other = self.made(self.send(staged=[str(mine)]))
        self.assertEqual(one.message_ids.attachment_ids.ids, [mine])
        self.assertFalse(other.message_ids.attachment_ids, "a file goes with one request")

    def test_names_are_made_safe(self):
        for sent, kept in (
            ("../../etc/passwd.png", "passwd.png"),
            ("C:\\temp\\a.png", "a.png"),
            ("a\u202egnp.png", "agnp.png"),
            ("line\nbreak.png", "linebreak.png"),
            ("x" * 300 + ".png", "x" * 116 + ".png"),
        ):
            clean = self.env["client.upload"]._clean_name(sent)
            self.assertEqual(clean, kept)

    def test_how_many(self):
        self.env["ir.config_parameter"].set_param("client_portal.files_per_request", "2")
        reply = self.send(files=[(f"{n}.png", PNG) for n in range(3)])
        self.assertEqual(reply.status_code, 413)
        self.assertIn("“2.png” is one too many", reply.text)
        self.assertEqual(self.requests_made(), 0)

    def test_how_often(self):
        self.env["ir.config_parameter"].set_param("client_portal.uploads_per_ten_minutes", "1")
        self.assertEqual(self.stage("a.png", PNG)[0], 200)
        self.assertEqual(self.stage("b.png", PNG)[0], 429)

    def test_lost_files_are_swept(self):
        """What was sent and never used goes with Odoo's own clean-up after a day."""
        _status, answer = self.stage("a.png", PNG)
        file = self.env["ir.attachment"].browse(answer["files"][0]["id"])
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = %s, write_date = %s WHERE id = %s",
            [fields.Datetime.subtract(fields.Datetime.now(), days=2)] * 2 + [file.id],
        )
        file.invalidate_recordset()
        self.env["mail.compose.message"]._gc_lost_attachments()
        self.assertFalse(file.exists())
