"""Certificate, frozen document and evidence: who gets them, what they hold, and the verifier in a browser."""

import importlib.util
import io
import json
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from ..models.client_canonical import digest
from ..models.client_decision_certificate import VERIFIER
from .approval_common import LedgerCase

_FEED = """
{
    const input = document.getElementById("file"), files = new DataTransfer();
    files.items.add(new File([%s], "evidence.json", {type: "application/json"}));
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
    const wanted = %s;
    const timer = setInterval(() => {
        const text = document.getElementById("result").innerText;
        if (!text || text.includes("Checking")) return;
        clearInterval(timer);
        const missing = wanted.filter((words) => !text.includes(words));
        if (missing.length) console.error("not said: " + missing.join(", ") + " in: " + text.slice(0, 500));
        else console.log("test successful");
    }, 50);
}
"""


def text_of(pdf):
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    return "\n".join(page.extract_text() for page in reader.pages)


@tagged("post_install", "-at_install", "client_portal")
class TestPapers(LedgerCase):
    def paper(self, actor, row, paper):
        self.authenticate(actor, actor)
        with mute_logger("odoo.http"):
            return self.url_open(f"/my/approvals/{row.approval_id}/decisions/{row.id}/{paper}")

    def test_who_gets_them(self):
        row = self.fill()[0]
        expected = {
            "approver_a": 200,
            "administrator_a": 200,
            "billing_a": 404,
            "viewer_a": 404,
            "approver_b": 404,
            "site_viewer_a": 404,
            "revoked": 403,
            "colleague": 403,
        }
        for actor, status in expected.items():
            for paper in ("certificate", "document", "evidence"):
                with self.subTest(actor=actor, paper=paper):
                    self.assertEqual(self.paper(actor, row, paper).status_code, status)
        self.assertEqual(self.paper("approver_a", row, "nothing").status_code, 404)
        other = self.decisions(self.order_b_sent.client_approval_id)
        url = f"/my/approvals/{row.approval_id}/decisions/{other.id}/evidence"
        self.assertEqual(self.page("approver_a", url).status_code, 404, "of another approval")

    def test_staff_get_them_where_they_may_read_decisions(self):
        row = self.fill()[0]
        urls = [f"/client_portal/decisions/{row.id}/{paper}" for paper in ("certificate", "document", "evidence")]
        for actor, status in (("manager", 200), ("staff", 404), ("approver_a", 404), ("stock", 404)):
            for url in (*urls, f"/client_portal/ledgers/{self.ledger.id}/evidence"):
                with self.subTest(actor=actor, url=url), mute_logger("odoo.http"):
                    self.assertEqual(self.page(actor, url).status_code, status)

    def test_the_page_links_them_for_those_who_may_answer(self):
        row = self.fill()[0]
        url = self.order_a_sent.client_approval_id._client_url()
        self.assertIn(f"decisions/{row.id}/certificate", self.page("approver_a", url).text)
        self.assertNotIn(f"decisions/{row.id}/certificate", self.page("billing_a", url).text)

    def test_the_certificate_says_what_who_when_and_how(self):
        row = self.fill()[0]
        reply = self.paper("approver_a", row, "certificate")
        self.assertEqual(reply.headers["Content-Type"], "application/pdf")
        text = " ".join(text_of(reply.content).split())
        for words in (
            f"Approved by {row.user_name} on behalf of Alder Estates",
            "PO 7",
            "100.00 USD",
            "Approver, all sites",
            "UTC",
            "127.0.0.1",
            row.consent[:40],
            "quote.1.en_US",
            "Ada",
            row.digest,
            row.snapshot_sha256,
            row.document_sha256,
            "fitted their digests",
            "simple electronic signatures",
            VERIFIER,
        ):
            self.assertIn(words, text)
        refused = self.paper("approver_a", self.rows[2], "certificate")
        self.assertIn("Declined by", text_of(refused.content))

    def test_the_document_is_the_frozen_one(self):
        row = self.fill()[0]
        self.assertEqual(digest(self.paper("approver_a", row, "document").content), row.document_sha256)
        emptied = "UPDATE ir_attachment SET db_datas = NULL, store_fname = NULL WHERE id = %s"
        self.env.cr.execute(emptied, [row.document_id])
        self.env.invalidate_all()
        self.assertEqual(self.paper("approver_a", row, "document").status_code, 404)
        self.assertIn("did NOT fit", text_of(self.paper("approver_a", row, "certificate").content))

    def test_evidence_holds_all_that_the_digests_cover(self):
        row = self.fill()[0]
        file = json.loads(self.paper("approver_a", row, "evidence").text)
        found = file["decisions"][0]
        self.assertEqual(digest(found["sealed"]), row.digest)
        self.assertEqual(digest(found["snapshot"]), json.loads(found["sealed"])["snapshot_sha256"])
        self.assertEqual(json.loads(found["sealed"])["login"], "approver_a")
        chain = json.loads(self.page("manager", f"/client_portal/ledgers/{self.ledger.id}/evidence").text)
        self.assertEqual(len(chain["decisions"]), 3)


@tagged("post_install", "-at_install", "client_portal")
class TestVerifier(LedgerCase):
    """The stand-alone page, fed with real exports and with tampered ones."""

    def verify(self, evidence, *words):
        """Feed the page in a browser that is not signed in; ``words`` have to stand in its answer."""
        code = _FEED % (json.dumps(json.dumps(evidence)), json.dumps(words))
        self.browser_js(VERIFIER, code, "", login=None, timeout=60)

    def test_sound_and_tampered(self):
        self.fill()
        chain = json.loads(self.rows._evidence_json())
        with self.subTest("one"):
            self.verify(json.loads(self.rows[0]._evidence_json()), "The decision is as made", "PO 7", "All digests fit")
        with self.subTest("chain"):
            self.verify(chain, "All 3 decisions are as made")
        changed = json.loads(json.dumps(chain))
        first = changed["decisions"][0]
        first["sealed"] = first["sealed"].replace("PO 7", "PO 8")
        first["snapshot"] = first["snapshot"].replace("100.00", "900.00")
        first["signature"], first["document"] = None, first["signature"]
        del changed["decisions"][1]
        with self.subTest("tampered"):
            self.verify(
                changed,
                "Something is not as it was made",
                "a field was changed",
                "the record of what was shown is not the one",
                "the signature is missing",
                "the document is not the one",
                "decision 2 is missing before it",
            )
        with self.subTest("nonsense"):
            self.verify({"format": "other"}, "This is no evidence file")


@tagged("post_install", "-at_install", "client_portal")
class TestCommand(LedgerCase):
    def test_the_command_reports_every_chain(self):
        self.fill()
        path = Path(__file__).parents[1] / "cli" / "client_verify.py"
        spec = importlib.util.spec_from_file_location("odoo.cli.client_verify", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        command, lines = module.ClientVerify(), []
        self.assertTrue(command.report(self.env, lines.append))
        self.assertIn("Alder Estates: 3 decisions", "\n".join(lines))
        self.env.cr.execute("ALTER TABLE client_decision DISABLE TRIGGER USER")
        self.env.cr.execute("UPDATE client_decision SET comment = 'x' WHERE id = %s", [self.rows[1].id])
        self.env.cr.execute("ALTER TABLE client_decision ENABLE TRIGGER USER")
        self.env.invalidate_all(flush=False)
        self.assertFalse(command.report(self.env, lines.append))
        self.assertIn(f"decision 2 (id {self.rows[1].id}): a field was changed", "\n".join(lines))
