"""Who reads it, said before staff send it: held to what members really read afterwards."""

from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from .common import MEMBERS
from .test_doors_mail import MailCase

PLACES = (
    "task_a_one",
    "task_a_two",
    "task_a_whole",
    "task_a_unpublished",
    "task_a_only_requester",
    "project_a_one",
    "project_a_hidden",
    "order_a_sent",
    "order_a_draft",
    "invoice_a_one",
    "task_b_one",
)


@tagged("post_install", "-at_install", "client_portal")
class TestReaders(MailCase):
    def told(self, record):
        """What staff are told about ``record``: (the line, names of actors)."""
        words = record.with_env(self.staff).client_readers()
        return words["line"], {name.split(" (")[0].removeprefix("Contact ") for name in words["names"]}

    def composer(self, record, **values):
        return self.staff["mail.compose.message"].create(
            {"model": record._name, "res_ids": record.ids, "composition_mode": "comment", "body": "Hello", **values}
        )

    def test_readers_are_those_who_read_it_then(self):
        for place in PLACES:
            record = self.records[place]
            message = self.comment(record.with_env(self.staff).sudo())
            self.env.flush_all()
            read = {actor for actor in (*MEMBERS, "both") if self.reads(actor, message)}
            with self.subTest(place=place):
                line, names = self.told(record)
                self.assertEqual(names, {self.users[actor].name.removeprefix("Contact ") for actor in read})
                if len(read) > 1:
                    self.assertIn(f"{len(read)} members of {record.client_id.name}", line)

    def test_words(self):
        for place, words in (
            ("task_a_only_requester", "1 member of Alder Estates reads this"),
            ("task_a_unpublished", "Nobody at Alder Estates reads this yet: the record is not shown to them"),
            ("order_a_draft", "Nobody at Alder Estates reads this yet: the record is not shown to them"),
        ):
            with self.subTest(place=place):
                self.assertEqual(self.told(self.records[place])[0], words)
        self.assertEqual(self.task_stock.with_env(self.staff).client_readers(), {})

    def test_revoking_and_roles_count_at_once(self):
        before = self.told(self.task_a_one)[1]
        self.members["viewer_a"].active = False
        self.assertEqual(self.told(self.task_a_one)[1], before - {"viewer_a"})
        self.roles["requester"].can_see_jobs = False
        self.assertNotIn("requester_a", self.told(self.task_a_one)[1])

    def test_for_staff_who_may_read_the_record(self):
        for actor in ("administrator_a", "requester_a", "stock"):
            with self.subTest(actor=actor), self.refused():
                self.task_a_one.with_env(self.as_user(actor)).client_readers()

    def test_composer(self):
        ann = self.env["res.partner"].create({"name": "Ann", "email": "ann@example.com"})
        people = ann + self.person("viewer_a") + self.users["manager"].partner_id
        composer = self.composer(self.order_a_sent, partner_ids=[(6, 0, people.ids)])
        self.assertIn("members of Alder Estates read this", composer.client_readers)
        self.assertIn("Ann (by mail", composer.client_reader_names)
        self.assertIn("Contact viewer_a (by mail", composer.client_reader_names, "no role for quotes")
        self.assertNotIn("Mara", composer.client_reader_names)
        note = self.composer(self.task_a_one, subtype_id=self.env.ref("mail.mt_note").id)
        self.assertIn("Internal", note.client_readers)
        self.assertFalse(note.client_reader_names)
        self.assertFalse(self.composer(self.task_stock).client_readers)
        mass = self.composer(self.task_a_one + self.task_a_two, composition_mode="mass_mail")
        self.assertFalse(mass.client_readers)

    def test_composer_while_it_is_open(self):
        """In the form the recipients are not saved yet: a reader is no stranger there either."""
        people = self.person("viewer_a") + self.client_a
        defaults = {
            "default_model": "project.task",
            "default_res_ids": self.task_a_one.ids,
            "default_composition_mode": "comment",
            "default_partner_ids": people.ids,
        }
        form = Form(self.staff["mail.compose.message"].with_context(**defaults))
        self.assertIn("Alder Estates (by mail", form.client_reader_names)
        self.assertNotIn("Contact viewer_a (by mail", form.client_reader_names)

    def test_nobody_else_composes_their_way_to_names(self):
        with self.assertRaises(AccessError):
            self.as_user("administrator_a")["mail.compose.message"].create(
                {"model": "project.task", "res_ids": self.task_a_one.ids, "composition_mode": "comment"}
            )


@tagged("post_install", "-at_install", "client_portal")
class TestReadersInTheChatter(MailCase, HttpCase):
    def test_before_sending(self):
        self.users["manager"].company_id = self.company_one
        self.task_a_one.client_site_id = False
        self.env.flush_all()
        self.start_tour(f"/odoo/project.task/{self.task_a_one.id}", "client_portal_readers", login="manager")
        note = self.task_a_one.message_ids[:1]
        self.assertEqual((note.subtype_id, "Ladder first" in note.body), (self.env.ref("mail.mt_note"), True))
