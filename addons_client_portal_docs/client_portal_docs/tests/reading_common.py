"""What the tests of questions about documents share: a document, and an answer as the page sends it."""

from odoo.addons.client_portal.tests.common import ClientPortalCommon

from .boundary import hand_in

ORIGIN = {"ip": "203.0.113.9", "user_agent": "Test", "session": "session"}
EMPTY = dict.fromkeys(("comment", "order_number", "signer", "signature", "written"), "")


class ReadingCase(ClientPortalCommon):
    """Documents of client A; ``answer`` answers what is asked about one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env.ref("client_portal_docs.category_form")

    def document(self, record=None, **values):
        """A shared document of client A, or of a record."""
        scope = {"client_id": self.client_a.id} if record is None else {"record_ref": f"{record._name},{record.id}"}
        document = self.env["client.document"].create(
            {"name": "Alder site rules", "category_id": self.category.id, **scope, **values}
        )
        hand_in(document, "rules.txt", b"Wear a helmet")
        document.action_client_publish()
        self.settle()
        return document

    def renew(self, document, content=b"Wear a helmet and boots"):
        hand_in(document, "rules.txt", content)
        document.action_client_publish()
        self.settle()

    def settle(self):
        """What Odoo does at the end of a transaction."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()

    def asked(self, document, kind="document_read"):
        """The newest question of a kind about a document."""
        return document._client_approvals().filtered(lambda approval: approval.kind == kind)[:1]

    def waits_for(self, document):
        """Who has yet to read it."""
        pending = document._client_approvals().filtered(lambda approval: approval.state == "pending")
        return pending.approver_ids.filtered("turn").member_id.user_id

    def answer(self, actor, approval, verdict="approve", **typed):
        """Answer as the page does, without the browser."""
        asked = approval.with_user(self.users[actor])
        engine = asked.sudo()
        _text, shown = engine._kind()._seal(engine._kind()._snapshot(engine, engine._subject()))
        form = {"verdict": verdict, "consent": "1", "shown": shown, "request": engine._request_id(ORIGIN["session"])}
        decision = asked._client_decide({**EMPTY, **form, **typed}, ORIGIN)
        self.settle()
        return decision

    def open_file(self, actor, document):
        """As the journal notes that somebody had the file."""
        row = {
            "kind": "download",
            "user_id": self.users[actor].id,
            "res_model": document._name,
            "res_id": document.id,
            "version": document.current_id.number,
        }
        self.env["client.access"]._append([row])
