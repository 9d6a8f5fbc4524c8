"""Files staff drop on a record or the documents screen, and one click on an attachment."""

import json

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.client_portal.tests.common import ClientPortalCommon
from odoo.addons.mail.tools.discuss import Store

from .boundary import PNG, hand_in


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentDrop(ClientPortalCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls.users["staff"]
        cls.worker.group_ids += cls.env.ref("project.group_project_user")
        cls.documents = cls.env["client.document"].with_user(cls.worker)
        cls.report = cls.env.ref("client_portal_docs.category_report")

    def _of(self, record):
        return self.env["client.document"].search([("res_model", "=", record._name), ("res_id", "=", record.id)])

    # ---------------------------------------------------------------------- dropping

    def test_on_a_job(self):
        before = self._of(self.task_a_one)
        answer = self.documents._drop([("a.pdf", b"%PDF-1.4"), ("b.txt", b"b")], "project.task", self.task_a_one.id)
        made = self._of(self.task_a_one) - before
        self.assertEqual((answer["count"], sorted(answer["ids"])), (2, sorted(made.ids)))
        self.assertEqual(sorted(made.mapped("name")), ["a", "b"])
        self.assertEqual(set(made.mapped("state")), {"draft"})
        self.assertFalse(self.sees("administrator_a", made[0]))
        self.documents._drop([("a.pdf", b"%PDF-1.4 new")], "project.task", self.task_a_one.id)
        self.assertEqual(self._of(self.task_a_one), before | made, "a file of the same name is the next version")

    def test_pictures_are_photos(self):
        answer = self.documents._drop([("gate.png", PNG), ("a.pdf", b"%PDF-1.4")], "project.task", self.task_a_one.id)
        photos, report = self.env["client.document"].browse(answer["ids"])
        self.assertEqual(photos.category_id, self.env.ref("client_portal_docs.category_photos"))
        self.assertEqual((photos.look_mimetype, report.look_mimetype), ("image/png", "application/pdf"))
        photos.version_ids.photo_ids._make()
        self.assertEqual(photos.look_photo_id, photos.version_ids.photo_ids, "a draft shows what it is")
        self.assertFalse(report.look_photo_id)

    def test_on_a_document(self):
        document = self.documents.create({"name": "Plan", "record_ref": f"project.task,{self.task_a_one.id}"})
        for number in (1, 2):
            self.documents._drop([("plan.pdf", b"%%PDF-1.4 %d" % number)], "client.document", document.id)
            self.assertEqual(document.version_count, number)
        with self.assertRaises(UserError):
            self.documents._drop([("a.pdf", b"%PDF-1.4"), ("b.pdf", b"%PDF-1.4")], "client.document", document.id)
        photos = self.documents._capture_set(self.task_a_one)
        photos._add_photo(self.env["ir.attachment"].sudo().create({"name": "x.png", "raw": PNG}))
        self.documents._drop([("y.png", PNG), ("z.png", PNG)], "client.document", photos.id)
        self.assertEqual(photos.photo_count, 3)
        with self.assertRaises(AccessError):
            members = self.env["client.document"].with_user(self.users["administrator_a"])
            members._drop([("plan.pdf", b"%PDF-1.4")], "client.document", document.id)

    def test_on_the_documents_screen_it_is_asked_whose(self):
        answer = self.documents._drop([("a.pdf", b"%PDF-1.4")], "", 0)
        wizard = self.env["client.share.wizard"].with_user(self.worker).with_context(**answer["action"]["context"])
        wizard = wizard.create({"category_id": self.report.id})
        with self.assertRaises(UserError):
            wizard.action_share()
        wizard.write({"client_id": self.client_a.id, "client_site_id": self.site_a_one.id})
        wizard.action_share()
        made = self.env["client.document"].search([("name", "=", "a"), ("client_site_id", "=", self.site_a_one.id)])
        self.assertEqual((made.client_id, made.state), (self.client_a, "draft"))

    def test_only_staff_who_may(self):
        file = [("a.pdf", b"%PDF-1.4")]
        members = self.env["client.document"].with_user(self.users["administrator_a"])
        for documents, model, record in (
            (members, "project.task", self.task_a_one),
            (self.documents, "sale.order", self.order_a_sent),
            (self.documents, "account.move", self.invoice_a_one),
        ):
            with self.subTest(model=model, user=documents.env.user.login), self.assertRaises(AccessError):
                documents._drop(file, model, record.id)
        for model, record_id in (("res.partner", self.client_a.id), ("nothing.here", 1)):
            with self.assertRaises(UserError):
                self.documents._drop(file, model, record_id)
        with self.assertRaises(UserError):
            self.documents._drop([], "project.task", self.task_a_one.id)

    def test_over_http(self):
        self.authenticate("staff", "staff")
        form = {"csrf_token": http.Request.csrf_token(self), "res_model": "project.task", "res_id": self.task_a_one.id}
        files = [("ufile", ("a.pdf", b"%PDF-1.4", "application/pdf")), ("ufile", ("b.txt", b"b", "text/plain"))]
        reply = self.url_open("/client_portal/documents/drop", data=form, files=files)
        self.assertEqual(reply.json()["count"], 2)
        reply = self.url_open("/client_portal/documents/drop", data={**form, "res_model": "sale.order"}, files=files)
        self.assertEqual(reply.status_code, 422)
        self.assertIn("message", reply.json()["error"])

    # ----------------------------------------------------------------------- sharing

    def _file_of(self, record, name="Report.txt"):
        return self.env["ir.attachment"].create(
            {"name": name, "raw": b"words", "res_model": record._name, "res_id": record.id}
        )

    def _wizard(self, file, **values):
        action = self.task_a_one.with_user(self.worker).action_client_share()
        wizard = self.env["client.share.wizard"].with_user(self.worker).with_context(**action["context"])
        return wizard.create({"category_id": self.report.id, "attachment_ids": file.ids, **values})

    def test_the_category_says_how_long(self):
        wizard = self._wizard(self._file_of(self.task_a_one))
        self.assertFalse(wizard.valid_until)
        wizard.category_id = self.env.ref("client_portal_docs.category_certificate")
        self.assertTrue(wizard.valid_from)
        wizard.valid_from = "2026-03-01"
        wizard.action_share()
        document = self._of(self.task_a_one).filtered(lambda d: d.name == "Report")
        self.assertEqual((str(document.valid_from), str(document.valid_until)), ("2026-03-01", "2027-02-28"))

    def test_a_file_of_a_reply_by_mail(self):
        """What came in with a mail lies on the job, and is shared as any file."""
        message = self.task_a_one.message_post(
            body="See attached", attachments=[("Soil.txt", b"from a reply")], message_type="email"
        )
        self._wizard(message.attachment_ids).action_share()
        document = self._of(self.task_a_one).filtered(lambda d: d.name == "Soil")
        self.assertTrue(self.sees("viewer_a", document))

    def test_which_of_both(self):
        file = self._file_of(self.task_a_one)
        document = self.env["client.document"].create(
            {"name": "Last year's", "record_ref": f"project.task,{self.task_a_one.id}"}
        )
        hand_in(document, "Report.txt", b"old words")
        wizard = self._wizard(file)
        self.assertEqual(wizard.same_names, "Last year's")
        self._wizard(file, how="new").action_share()
        self.assertEqual(len(document.version_ids), 1)
        self.assertEqual(len(self._of(self.task_a_one).filtered(lambda d: d.name == "Report")), 1)
        document.name = "Before all others"
        other = self._wizard(self._file_of(self.task_a_one, "Else.txt"))
        self.assertFalse(other.same_names)

    def test_the_chatter_offers_it(self):
        def offers(record, user):
            store = Store()
            record.with_user(user)._thread_to_store(store, [], request_list=["display_name"])
            threads = store.get_result().get("mail.thread", [])
            return any(thread.get("clientShares") for thread in json.loads(json.dumps(threads, default=str)))

        self.assertTrue(offers(self.task_a_one, self.worker))
        self.assertFalse(offers(self.records["task_stock"], self.worker))
        self.assertFalse(offers(self.task_a_one, self.users["administrator_a"]))
