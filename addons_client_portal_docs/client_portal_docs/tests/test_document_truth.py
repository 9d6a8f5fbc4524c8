"""Bytes of a document by every address, in every state it can be in: ``tables/bytes.md`` says who gets them."""

from urllib.parse import quote

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.client_portal.models.ir_http_storage import IrHttp
from odoo.addons.client_portal.tests.common import ClientPortalCommon
from odoo.addons.client_portal.tests.truth import ALLOW, DENY, table

from .boundary import hand_in
from .photo_common import PhotoMixin, picture

LOUD = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
# columns of the table that are no state but somebody who asks for what is shared
ACTORS = ("viewer_b", "revoked", "stock", "public")
COLORS = ("red", "green", "blue", "navy", "teal", "olive", "maroon", "purple", "gray", "orange")


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentTruth(PhotoMixin, ClientPortalCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = table("bytes")
        cls.states = [head for head in cls.rows[0] if head not in ("address", *ACTORS)]
        cls.cases = {state: cls._case(cls, state, color) for state, color in zip(cls.states, COLORS, strict=False)}
        cls.env.flush_all()

    def _case(self, state, color):
        """A document in a state, with the words and the photo that must not leave it: (values of addresses, bytes)."""
        record = self.task_a_unpublished if state == "hidden" else self.task_a_one
        document = self.env["client.document"].create({"name": state, "record_ref": f"project.task,{record.id}"})
        words = f"{state.replace(' ', '')}words are said here".encode()
        photo = self.add(self, document, picture(color))
        first = hand_in(document, "audit.txt", b"other" if state in ("next", "taken back") else words)
        version = first
        if state != "draft":
            document.action_client_publish()
        if state in ("earlier", "kept", "next", "taken back"):
            newer = hand_in(document, "audit.txt", words if state in ("next", "taken back") else b"other")
            version = first if state in ("earlier", "kept") else newer
            document.show_history = state != "earlier"
        if state in ("earlier", "kept", "taken back"):
            document.action_client_publish()
        file = version.sudo().attachment_id
        file._client_text_is("read", f"{words.decode()} inside{state.replace(' ', '')}")
        file._client_text_known(file)
        self._end(self, state, document, version, photo)
        copies = photo.sudo().with_context(bin_size=False)
        files = self.env["ir.attachment"].sudo()
        made = files.search([("res_model", "=", "client.photo"), ("res_id", "=", photo.id), ("res_field", "!=", False)])
        page = self._page(self, version, color)
        secrets = [words, *{file.raw for file in (*made, page)}]
        values = {"page": page.id, "token3": page._get_raw_access_token()}
        return {**self._values(self, document, version, copies, words), **values}, secrets

    def _page(self, version, color):
        """The version as a PDF of which the first page was drawn."""
        version = version.sudo()
        version._page_is(picture(color, size=(30, 42)), "ready")
        here = [("res_model", "=", version._name), ("res_id", "=", version.id), ("res_field", "=", "page")]
        return self.env["ir.attachment"].sudo().search(here)

    def _end(self, state, document, version, photo):
        if state in ("withdrawn", "superseded"):
            document.state = state
        elif state == "archived":
            document.active = False
        elif state == "taken back":
            version.action_withdraw()
        if state in ("earlier", "next", "taken back"):
            photo.state = {"next": "draft"}.get(state, "withdrawn")

    def _values(self, document, version, photo, words):
        file, original = version.sudo().attachment_id, photo.attachment_id
        return {
            "doc": document.id,
            "n": version.number,
            "version": version.id,
            "photo": photo.id,
            "file": file.id,
            "sum": file.checksum,
            "token": file._get_raw_access_token(),
            "key": quote(file._get_ownership_token()),
            "original": original.id,
            "token2": original._get_raw_access_token(),
            "inside": f"inside{words.decode().split('words')[0]}",
            "words": words.decode().split()[0],  # a reply may repeat what was looked for
        }

    def setUp(self):
        super().setUp()
        # the page that says no is looked at elsewhere, and takes longer than the answer itself
        self.patch(IrHttp, "_get_error_html", lambda _env, code, _values: (code, ""))

    def _gets(self, actor, address, case):
        values, secrets = case
        if getattr(self, "_actor", None) != actor:
            self.authenticate(None if actor == "public" else actor, actor)
            self._actor = actor
        path = address.format(**values)
        with mute_logger(*LOUD):
            content = self.url_open(path, allow_redirects=False).content
        if "?search=" in path and "zip" not in path:  # what is found, not what was looked for
            return f"/my/documents/{values['doc']}".encode() in content
        return any(secret in content for secret in secrets)

    def test_bytes(self):
        for column in (*self.states, *ACTORS):
            actor = column if column in ACTORS else "administrator_a"
            case = self.cases["shared" if column in ACTORS else column]
            for row in self.rows:
                gets = self._gets(actor, row["address"].strip("`"), case)
                with self.subTest(column=column, address=row["address"]):
                    self.assertEqual(ALLOW if gets else DENY, row[column])
