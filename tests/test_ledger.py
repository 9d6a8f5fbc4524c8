"""The chain of decisions: tampering below Odoo is found, and the first bad row named."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .approval_common import LedgerCase, drawing


@tagged("post_install", "-at_install", "client_portal")
class TestVerify(LedgerCase):
    """Each kind of tampering by SQL, with the trigger out of the way."""

    def tamper(self, statement, *values):
        cr = self.env.cr
        self.env.flush_all()
        cr.execute("ALTER TABLE client_decision DISABLE TRIGGER USER")
        cr.execute(statement, values or None)
        cr.execute("ALTER TABLE client_decision ENABLE TRIGGER USER")
        self.env.invalidate_all(flush=False)
        return self.ledger._verify() if self.ledger.exists() else {}

    def test_untouched(self):
        self.fill()
        self.assertEqual(self.ledger._verify(), {})
        self.assertEqual(self.env["client.ledger"]._verify_orphans(), [])

    def test_a_changed_field_of_every_kind(self):
        self.fill()
        for name, value in (
            ("comment", "Yes"),
            ("verdict", "approve"),
            ("date", "2020-01-01"),
            ("user_id", 1),
            ("order_number", "8"),
            ("ip", None),
            ("behalf_member_id", 5),
            ("document_id", 1),
            ("amount", "1.00"),
        ):
            with self.subTest(field=name), self.env.cr.savepoint() as savepoint:
                column = SQL.identifier(name)
                found = self.tamper(
                    SQL("UPDATE client_decision SET %s = %s WHERE id = %s", column, value, self.rows[1].id)
                )
                self.assertEqual((found.get("position"), found.get("decision_id")), (2, self.rows[1].id))
                savepoint.rollback()
                self.env.invalidate_all(flush=False)

    def test_snapshot_and_signature(self):
        self.fill()
        row = self.rows[0]
        for statement, words in (
            ("UPDATE client_decision SET snapshot = replace(snapshot, '100.00', '900.00') WHERE id = %s", "shown"),
            ("UPDATE client_decision SET signature = (SELECT %s::text::bytea)", "signature"),
            ("UPDATE client_decision SET signature = NULL WHERE id = %s", "signature"),
        ):
            with self.subTest(statement), self.env.cr.savepoint() as savepoint:
                value = drawing(200) if "text" in statement else row.id
                found = self.tamper(statement, value)
                self.assertEqual(found["position"], 1)
                self.assertIn(words, found["problem"])
                savepoint.rollback()
                self.env.invalidate_all(flush=False)

    def test_removed_inserted_moved_swapped(self):
        self.fill()
        first, second, third = self.rows.ids
        columns = [name for name, field in self.rows._fields.items() if field.store and field.column_type]
        values = ", ".join("9999" if name == "id" else "4" if name == "position" else name for name in columns)
        values = values.replace("user_id", "0", 1).replace("request_id", "'x'")
        into = f"client_decision ({', '.join(columns)})"
        copy = f"INSERT INTO {into} SELECT {values} FROM client_decision WHERE id = {third}"
        stories = {
            "first removed": (f"DELETE FROM client_decision WHERE id = {first}", 1),
            "middle removed": (f"DELETE FROM client_decision WHERE id = {second}", 2),
            "last removed": (f"DELETE FROM client_decision WHERE id = {third}", 3),
            "gap closed": (
                f"DELETE FROM client_decision WHERE id = {second};"
                f"UPDATE client_decision SET position = 2 WHERE id = {third}",
                2,
            ),
            "one added": (copy, 4),
            "two swapped": (
                f"UPDATE client_decision SET position = 9 WHERE id = {first};"
                f"UPDATE client_decision SET position = 1 WHERE id = {second};"
                f"UPDATE client_decision SET position = 2 WHERE id = {first}",
                1,
            ),
        }
        for story, (statement, position) in stories.items():
            with self.subTest(story), self.env.cr.savepoint() as savepoint:
                self.assertEqual(self.tamper(statement)["position"], position)
                savepoint.rollback()
                self.env.invalidate_all(flush=False)

    def test_documents(self):
        self.fill()
        row, other = self.rows[0], self.rows[1]
        theirs = f"SELECT store_fname FROM ir_attachment WHERE id = {other.document_id}"
        for statement, words in (
            (f"DELETE FROM ir_attachment WHERE id = {row.document_id}", "gone"),
            (f"UPDATE ir_attachment SET store_fname = ({theirs}) WHERE id = {row.document_id}", "replaced"),
        ):
            with self.subTest(words), self.env.cr.savepoint() as savepoint:
                found = self.tamper(statement)
                self.assertEqual(found["position"], 1)
                self.assertIn(words, found["problem"])
                savepoint.rollback()
                self.env.invalidate_all(flush=False)

    def test_whole_ledgers(self):
        self.fill()
        with self.env.cr.savepoint() as savepoint:
            self.tamper(f"DELETE FROM client_ledger WHERE id = {self.ledger.id}")
            self.assertIn("belongs to no ledger", self.env["client.ledger"]._verify_orphans()[0])
            self.tamper(f"DELETE FROM client_decision WHERE ledger_id = {self.ledger.id}")
            self.assertIn("The decision of approval", self.env["client.ledger"]._verify_orphans()[0])
            savepoint.rollback()
            self.env.invalidate_all(flush=False)

    def test_the_button(self):
        self.fill()
        ledger = self.ledger.with_user(self.users["manager"])
        ledger.action_client_verify()
        self.assertTrue(ledger.sound)
        self.assertIn("3 decisions", ledger.verdict)
        self.tamper(f"UPDATE client_decision SET comment = 'x' WHERE id = {self.rows[2].id}")
        ledger.action_client_verify()
        self.assertFalse(ledger.sound)
        self.assertIn(f"decision 3 (id {self.rows[2].id}): a field was changed", ledger.verdict)
        with self.assertRaises(AccessError):
            self.ledger.with_user(self.users["staff"]).action_client_verify()
