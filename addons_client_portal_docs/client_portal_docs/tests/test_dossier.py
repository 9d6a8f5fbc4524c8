"""Prove this job: what is in the zip, for whom, and that the page in it finds what was changed."""

import base64
import hashlib
import io
import json
import zipfile

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.client_portal.models.client_decision_certificate import VERIFIER
from odoo.addons.client_portal.models.client_door import MEMBERS_SUBTYPE
from odoo.addons.client_portal.tests.approval_common import LedgerCase

from .boundary import hand_in

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_FEED = """
{
    const bytes = Uint8Array.from(atob("%s"), (letter) => letter.charCodeAt(0));
    const input = document.getElementById("file"), files = new DataTransfer();
    files.items.add(new File([bytes], "proof.zip", {type: "application/zip"}));
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
    const wanted = %s;
    const timer = setInterval(() => {
        const text = document.getElementById("result").innerText;
        if (!text || text.includes("Checking")) return;
        clearInterval(timer);
        const missing = wanted.filter((words) => !text.includes(words));
        if (missing.length) console.error("not said: " + missing.join(", ") + " in: " + text.slice(0, 900));
        else console.log("test successful");
    }, 50);
}
"""


class DossierCase(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.task_a_one
        cls.job._client_complete({"client_done_note": "Hung the gate.", "client_readings": "Height: 2 m"})
        cls.kind = cls.env["client.certificate.kind"].create({"name": "Lifting gear"})
        done = cls.job.client_done_on
        cls.report = cls.shared("Gate report", b"all sound", record_ref=f"project.task,{cls.job.id}")
        cls.photo = cls.shared("Gate photo", _PNG, "gate.png", record_ref=f"project.task,{cls.job.id}")
        place = {"client_id": cls.client_a.id, "client_site_id": cls.site_a_one.id, "certificate_kind_id": cls.kind.id}
        cls.valid = cls.shared("Lifting 1", b"valid", valid_from=done, valid_until=done, **place)
        cls.lapsed = cls.shared("Lifting 0", b"lapsed", valid_until=done.replace(year=done.year - 1), **place)
        cls.draft = cls.shared("Gate costs", b"SECRET", publish=False, record_ref=f"project.task,{cls.job.id}")
        if "client.photo" in cls.env:  # copies of pictures are made outside the request
            cls.env["client.photo"].search([])._make()
        cls.order_a_sent.variation_task_id = cls.job
        cls.env.flush_all()

    @classmethod
    def shared(cls, name, content, file="paper.txt", publish=True, **vals):
        document = cls.env["client.document"].create({"name": name, **vals})
        hand_in(document, file, content)
        if publish:
            document.action_client_publish()
        return document

    def fetch(self, actor, url=None):
        self.authenticate(actor, actor)
        with mute_logger("odoo.http"):
            return self.url_open(url or f"/my/jobs/{self.job.id}/proof", timeout=60)

    def unpacked(self, actor, url=None):
        """(ZipFile, manifest)"""
        reply = self.fetch(actor, url)
        self.assertEqual(reply.status_code, 200)
        archive = zipfile.ZipFile(io.BytesIO(reply.content))
        return archive, json.loads(archive.read("manifest.json"))

    def names(self, actor):
        archive, _manifest = self.unpacked(actor)
        return set(archive.namelist())


@tagged("post_install", "-at_install", "client_portal")
class TestDossier(DossierCase):
    def test_everything_with_its_digest(self):
        self.fill()
        self.job.message_post(body="Which gate?", message_type="comment", subtype_xmlid=MEMBERS_SUBTYPE)
        self.job.message_post(body="SECRET margin", message_type="comment", subtype_xmlid="mail.mt_note")
        self.env.flush_all()
        archive, manifest = self.unpacked("administrator_a")
        rows = {row["file"]: row for row in manifest["files"]}
        self.assertEqual({*rows, "manifest.json"}, set(archive.namelist()))
        for name, row in rows.items():
            content = archive.read(name)
            self.assertEqual(hashlib.sha256(content).hexdigest(), row["sha256"], name)
            self.assertEqual(len(content), row["size"], name)
            self.assertNotIn(b"SECRET", content, name)
        for name in ("completion/record v1.pdf", "documents/paper.txt", "photos/gate.png", "certificates/paper.txt"):
            self.assertIn(name, rows)
        self.assertEqual(archive.read("certificates/paper.txt"), b"valid", "the one of that day, and no other")
        self.assertEqual(sum(row["part"] == "certificates" for row in manifest["files"]), 1)
        self.assertEqual(sum(row["part"] == "evidence" for row in manifest["files"]), 1)
        self.assertIn(b"Which gate?", archive.read("conversation.html"))
        self.assertIn("verify.html", rows)
        self.assertEqual(manifest["job"]["done"], str(self.job.client_done_on))
        self.assertEqual(manifest["left_out"], [])

    def test_who_gets_what(self):
        self.fill()
        mine = {name.partition("/")[0] for name in self.names("viewer_a")}
        self.assertTrue({"completion", "documents", "photos", "certificates", "conversation.html"} <= mine)
        self.assertFalse({"approvals", "access.csv"} & mine)
        self.assertTrue(any(name.startswith("approvals/") for name in self.names("approver_a")))
        self.assertNotIn("access.csv", self.names("approver_a"))
        self.assertIn("access.csv", self.names("administrator_a"))
        for actor, status in (("viewer_b", 404), ("billing_a", 404), ("revoked", 403)):
            with self.subTest(actor=actor):
                self.assertEqual(self.fetch(actor).status_code, status)
        self.roles["viewer"].can_see_documents = False
        self.env.flush_all()
        self.assertEqual(self.fetch("viewer_a").status_code, 404)

    def test_only_of_a_completed_job(self):
        open_job = self.task_a_two
        self.assertEqual(self.fetch("administrator_a", f"/my/jobs/{open_job.id}/proof").status_code, 404)
        self.assertNotIn("/proof", self.fetch("administrator_a", open_job._client_url()).text)
        self.assertIn(f"/my/jobs/{self.job.id}/proof", self.fetch("administrator_a", self.job._client_url()).text)

    def test_staff(self):
        self.users["manager"].group_ids += self.env.ref("project.group_project_user")
        self.env.flush_all()
        url = self.job.with_user(self.users["manager"]).action_client_proof()["url"]
        rows = self.env["client.access"].search_count([])
        archive, _manifest = self.unpacked("manager", url)
        self.assertIn("access.csv", archive.namelist())
        self.assertNotIn(b"SECRET", b"".join(archive.read(name) for name in archive.namelist()))
        self.assertEqual(self.env["client.access"].search_count([]), rows, "staff are not in the client's journal")
        for actor in ("administrator_a", "stock"):
            self.assertEqual(self.fetch(actor, url).status_code, 404)

    def test_a_missing_file_is_named_and_the_rest_is_there(self):
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = 'aa/none', db_datas = NULL WHERE id = %s",
            [self.report.current_id.sudo().attachment_id.id],
        )
        self.env.invalidate_all()
        with mute_logger("odoo.addons.client_portal_docs.models.client_document_send"):
            archive, manifest = self.unpacked("viewer_a")
        self.assertEqual([row["title"] for row in manifest["left_out"]], ["Gate report"])
        self.assertIn("photos/gate.png", archive.namelist())

    def test_the_cells_of_the_journal_are_no_formulas(self):
        self.report.name = "=cmd()"
        self.env["client.access"]._append(
            [
                {
                    "kind": "download",
                    "user_id": self.users["viewer_a"].id,
                    "res_model": "client.document",
                    "res_id": self.report.id,
                    "staff_id": 0,
                }
            ]
        )
        self.env.flush_all()
        archive, _manifest = self.unpacked("administrator_a")
        text = archive.read("access.csv").decode("utf-8-sig")
        self.assertIn("'=cmd()", text)
        self.assertIn(self.users["viewer_a"].name, text)
        self.assertNotIn(",'", text.replace(",'=cmd()", ""), "what is empty stays so")


@tagged("post_install", "-at_install", "client_portal")
class TestVerifyDossier(DossierCase):
    """The page of the zip in a browser that is not signed in, fed with real proofs and with tampered ones."""

    def verify(self, content, *words):
        code = _FEED % (base64.b64encode(content).decode(), json.dumps(words))
        self.browser_js(VERIFIER, code, "", login=None, timeout=60)

    def test_sound_and_tampered(self):
        self.fill()
        content = self.fetch("administrator_a").content
        with self.subTest("sound"):
            self.verify(content, "files are as they were when this proof was made", "All digests fit", "PO 7")
        with self.subTest("one byte"):
            changed = content.replace(b"all sound", b"all wrong")
            self.verify(changed, "Something is not as it was", "paper.txt was changed")
        with self.subTest("lost and added"):
            self.verify(_again(content), "photos/gate.png is missing", "extra.txt was added")
        with self.subTest("an answer that was changed, with a list that fits"):
            self.verify(_forged(content), "Something is not as it was", "a field was changed")
        with self.subTest("another zip"):
            self.verify(_other(), "This is no proof of a job")


def _again(content):
    """The same zip without a photo and with something else."""
    out, archive = io.BytesIO(), zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(out, "w") as copy:
        for name in archive.namelist():
            if name != "photos/gate.png":
                copy.writestr(name, archive.read(name))
        copy.writestr("extra.txt", "extra")
    return out.getvalue()


def _forged(content):
    """An answer changed, and the digests of the list made again."""
    out, archive = io.BytesIO(), zipfile.ZipFile(io.BytesIO(content))
    files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    for row in manifest["files"]:
        if row["part"] == "evidence":
            files[row["file"]] = files[row["file"]].replace(b"PO 7", b"PO 8")
            row.update(sha256=hashlib.sha256(files[row["file"]]).hexdigest(), size=len(files[row["file"]]))
    with zipfile.ZipFile(out, "w") as copy:
        for name, data in {**files, "manifest.json": json.dumps(manifest)}.items():
            copy.writestr(name, data)
    return out.getvalue()


def _other():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.json", "{}")
    return out.getvalue()
