"""Conversations follow their record; internal words never leave, whoever wrote or received them."""

from odoo.tests import tagged

from .common import ClientPortalCommon
from .truth import truth

PLACES = {
    "project.task": ("task_a_one", "task_a_unpublished", "task_b_one"),
    "sale.order": ("order_a_sent", "order_a_draft", "order_b_sent"),
    "account.move": ("invoice_a_one", "invoice_a_draft", "invoice_b_one"),
    "project.project": ("project_a_one", "project_a_hidden", "project_b_one"),
}


@tagged("post_install", "-at_install", "client_portal")
class TestBoundaryMessages(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.me = cls.users["administrator_a"].partner_id
        comment, note = cls.env.ref("mail.mt_comment").id, cls.env.ref("mail.mt_note").id
        visible_subtype = cls.env.ref("project.mt_task_stage").id
        addressed = {"partner_ids": [(6, 0, cls.me.ids)]}
        cls.kinds = {
            "comment": {"message_type": "comment", "subtype_id": comment},
            "comment written by the member": {"message_type": "comment", "subtype_id": comment, "author_id": cls.me.id},
            "comment addressed to the member": {"message_type": "comment", "subtype_id": comment, **addressed},
            "note": {"message_type": "comment", "subtype_id": note},
            "comment flagged internal": {"message_type": "comment", "subtype_id": comment, "is_internal": True},
            "logged note": {"message_type": "notification", "subtype_id": note},
            "stage change": {"message_type": "notification", "subtype_id": visible_subtype},
            "notification to the member": {"message_type": "user_notification", "subtype_id": note, **addressed},
            "note addressed to the member": {"message_type": "comment", "subtype_id": note, **addressed},
        }
        author = cls.users["staff"].partner_id.id
        cls.messages = {}
        for model, keys in PLACES.items():
            for place, key in zip(("own", "unpublished", "foreign"), keys):
                made = cls.env["mail.message"].create(
                    [
                        {
                            "author_id": author,
                            "body": f"{kind} body",
                            "model": model,
                            "res_id": cls.records[key].id,
                            **values,
                        }
                        for kind, values in cls.kinds.items()
                    ]
                )
                cls.messages.update({(model, place, kind): one for kind, one in zip(cls.kinds, made)})
        cls.env.flush_all()

    def test_table_names_every_kind(self):
        self.assertEqual(set().union(*truth("messages", "message").values()) - set(self.kinds), set())

    def test_messages_follow_their_record(self):
        for place, allowed in truth("messages", "message").items():
            for model in PLACES:
                for kind in self.kinds:
                    with self.subTest(model=model, place=place, kind=kind):
                        message = self.messages[model, place, kind]
                        self.assertEqual(self.sees("administrator_a", message), kind in allowed)

    def test_body_is_not_read_where_the_message_is_not(self):
        for kind in ("note", "logged note", "stage change"):
            with self.subTest(kind=kind):
                self.assertFalse(self.reads("administrator_a", self.messages["project.task", "own", kind], ["body"]))

    def test_role_without_the_capability_reads_no_conversation(self):
        self.assertFalse(self.sees("billing_a", self.messages["project.task", "own", "comment"]))
        self.assertFalse(self.sees("viewer_a", self.messages["sale.order", "own", "comment"]))

    def test_nobody_rewrites_or_deletes_a_message(self):
        for kind in ("comment", "comment written by the member", "comment addressed to the member"):
            message = self.messages["project.task", "own", kind].with_env(self.as_user("administrator_a"))
            for act in (lambda m: m.write({"body": "changed"}), lambda m: m.unlink()):
                with self.subTest(kind=kind), self.refused():
                    act(message)
