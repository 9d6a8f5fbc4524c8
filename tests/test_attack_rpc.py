"""What stock's public methods tell of records one may not read, and of people one does not know."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ClientPortalCommon

OUTSIDE = ("viewer_b", "site_viewer_b", "revoked", "stock", "public")


@tagged("post_install", "-at_install", "client_portal")
class TestAttackRpc(ClientPortalCommon):
    def test_where_a_message_hangs_is_for_its_readers(self):
        message = self.task_a_one.message_post(body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment")
        note = self.task_a_one.message_post(body="SECRET", subtype_xmlid="mail.mt_note")
        self.env.flush_all()
        for actor in OUTSIDE:
            for one in message, note:
                one.invalidate_recordset(flush=False)
                with self.subTest(actor=actor), self.assertRaises(AccessError):
                    one.with_env(self.as_user(actor)).action_open_document()
        action = message.with_env(self.as_user("viewer_a")).action_open_document()
        self.assertEqual(action["res_id"], self.task_a_one.id)

    def test_addresses_are_for_readers(self):
        for actor in OUTSIDE:
            for record in self.task_a_one, self.order_a_sent, self.invoice_a_one, self.project_a_one:
                record.invalidate_recordset(flush=False)
                with self.subTest(actor=actor, record=record), self.assertRaises(AccessError):
                    record.with_env(self.as_user(actor)).get_portal_url()
        self.assertIn(str(self.task_a_one.id), self.task_a_one.with_env(self.as_user("viewer_a")).get_portal_url())

    def test_names_of_imports_are_for_readers(self):
        self.env["ir.model.data"].create(
            {"module": "__import__", "name": "SECRET_name", "model": "project.task", "res_id": self.task_a_one.id}
        )
        for actor, told in {**dict.fromkeys(OUTSIDE, False), "viewer_a": True, "staff": True}.items():
            with self.subTest(actor=actor):
                names = self.task_a_one.with_env(self.as_user(actor)).get_external_id()
                self.assertEqual(names, {self.task_a_one.id: "__import__.SECRET_name" if told else ""})

    def test_the_card_of_a_member_from_elsewhere_stays_elsewhere(self):
        """Administrators of B manage ``viewer_a`` too; what A's books say of that person is not B's."""
        self.env["client.member"].create(
            {
                "user_id": self.users["viewer_a"].id,
                "client_id": self.client_b.id,
                "role_id": self.roles["requester"].id,
            }
        )
        partner = self.users["viewer_a"].partner_id
        self.assertFalse(self.sees("administrator_b", partner))
        self.assertTrue(self.sees("administrator_a", partner))

    def test_an_author_from_elsewhere_is_named_without_the_employer(self):
        partner = self.users["viewer_a"].partner_id
        self.task_b_one.message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", author_id=partner.id
        )
        self.env.flush_all()
        names = {}
        for actor in ("viewer_b", "both"):
            self.env.invalidate_all()
            domain = [("model", "=", "project.task"), ("author_id", "=", partner.id)]
            rows = self.as_user(actor)["mail.message"].search_read(domain, ["author_id"])
            names[actor] = {row["author_id"][1] for row in rows}
        self.assertEqual(names["viewer_b"], {partner.name})
        self.assertEqual(names["both"], {f"{self.client_a.name}, {partner.name}"})

    def test_a_name_is_a_name_whatever_the_context_asks_for(self):
        """Stock appends the e-mail of staff, or a colleague's address, to a name that comes along."""
        manager = self.users["manager"].partner_id
        manager.write({"phone": "SECRET phone", "vat": "SECRET", "street": "SECRET street"})
        for task in (self.task_a_one, self.task_stock):
            task.message_post(
                body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", author_id=manager.id
            )
        self.env.flush_all()
        for actor, told in (("stock", True), ("viewer_a", False), ("administrator_a", False), ("both", False)):
            names = {row["author_id"][1] for row in self._authors(actor, manager)}
            self.assertEqual(names == {manager.name}, not told, (actor, names))

    def _authors(self, actor, author):
        """What a member gets of an author's name, by every option Odoo knows, alone and together."""
        Messages = self.as_user(actor)["mail.message"]
        options = self.env["res.partner"]._client_name_options()
        self.assertIn("show_email", options)
        domain = [("model", "=", "project.task"), ("author_id", "=", author.id)]
        for chosen in (*([option] for option in options), options):
            self.env.invalidate_all()
            yield from Messages.with_context(**dict.fromkeys(chosen, True)).search_read(domain, ["author_id"])
