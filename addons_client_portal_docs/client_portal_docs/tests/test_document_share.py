"""Staff share what lies on a record."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .share_common import ShareCase


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentShare(ShareCase):
    def _wizard(self, **values):
        action = self.task.action_client_share()
        wizard = self.env["client.share.wizard"].with_user(self.worker).with_context(**action["context"])
        return wizard.create({"category_id": self.env.ref("client_portal_docs.category_report").id, **values})

    def _documents(self):
        return self.env["client.document"].search(
            [("res_model", "=", "project.task"), ("res_id", "=", self.task_a_one.id), ("name", "=", "Report")]
        )

    def test_a_file_dropped_on_a_job_stays_inside_until_shared(self):
        self.assertFalse(self._documents())
        wizard = self._wizard()
        self.assertEqual(wizard.attachment_ids, self.file, "the only file is chosen")
        wizard.action_share()
        document = self._documents()
        self.assertTrue(self.sees("viewer_a", document))
        self.assertEqual(document.current_id.sha256, document.current_id._facts_of(self.file.sudo())["sha256"])
        self.assertTrue(self.file.exists(), "it still lies on the job")

    def test_a_file_of_the_same_name_is_the_next_version(self):
        self._wizard().action_share()
        self.file.raw = b"other words"
        self._wizard().action_share()
        self.assertEqual(len(self._documents()), 1)
        self.assertEqual(self._documents().current_id.number, 2)

    def test_what_was_withdrawn_does_not_come_back_with_the_next_version(self):
        self._wizard().action_share()
        document = self._documents()
        document.show_history = True
        document.action_client_unpublish()
        self.file.raw = b"instead"
        self._wizard().action_share()
        self.assertTrue(self.sees("viewer_a", document))
        self.assertEqual(document._client_version().number, 2)
        self.assertFalse(document._client_version(1))

    def test_an_only_file_is_chosen(self):
        self.assertEqual(self._wizard().attachment_ids, self.file)
        self.file.copy({"name": "Other.txt", "res_model": "project.task", "res_id": self.task_a_one.id})
        self.assertFalse(self._wizard().attachment_ids, "of several nobody knows which")

    def test_filed_as_a_draft(self):
        self._wizard(publish=False).action_share()
        self.assertEqual(self._documents().state, "draft")

    def test_only_who_may_write_the_record(self):
        wizard = self._wizard()
        wizard.res_model, wizard.res_id = "sale.order", self.order_a_sent.id
        with self.assertRaises(AccessError):
            wizard.action_share()

    def test_only_files_one_may_read(self):
        wizard = self._wizard()
        foreign = {"res_model": "account.move", "res_id": self.invoice_a_one.id}
        file = self.env["ir.attachment"].create({"name": "x.txt", "raw": b"x", **foreign})
        with self.assertRaises(AccessError):
            wizard.attachment_ids = file
        with self.assertRaises(AccessError):
            documents = self.env["client.document"].with_user(self.worker)
            documents._share(file.with_user(self.worker), self.task_a_one, wizard.category_id)

    def test_the_form_of_a_document(self):
        with Form(self.env["client.document"].with_user(self.worker)) as form:
            form.name = "Drawing"
            form.client_id = self.client_a
            form.client_site_id = self.site_a_one
        document = form.record
        document.write({"file_name": "plan.txt", "file": "d29yZHM="})
        self.assertEqual(document.version_ids.mapped("name"), ["plan.txt"])
        document.action_client_publish()
        self.assertTrue(self.sees("site_viewer_a", document))

    def test_staff_of_other_work_see_none_of_it(self):
        quote = self.records["document_a_quote"]
        self.assertFalse(self.sees("staff", quote))
        self.assertTrue(self.sees("staff", self.records["document_a_job"]))
        with self.refused():
            self.env["client.document.version"].with_user(self.worker).browse(quote.version_ids.ids).read(["name"])
