"""Each kind of update about documents, from what is done to feed and mail; see ``tables/document_updates.md``."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.client_portal.tests.update_acts_approval import ApprovalActs
from odoo.addons.client_portal.tests.update_kinds_common import KindsCase

from .boundary import PNG, hand_in

OWN = ("document_", "file_", "certificate_")


@tagged("post_install", "-at_install", "client_portal")
class TestDocumentUpdates(ApprovalActs, KindsCase):
    """Papers of a job at the second site of client A."""

    table, module = "document_updates", "client_portal_docs"

    @classmethod
    def _make_subjects(cls):
        super()._make_subjects()
        cls.job = cls.task_a_two
        kind = cls.env["client.certificate.kind"].create({"name": "Rods", "client_ids": [(6, 0, cls.client_a.ids)]})
        soon = fields.Date.to_date("2027-06-17")
        cls.papers = {
            "document_published": cls.paper("Plan", share=False),
            "document_version": cls.paper("Report"),
            "document_photos": cls.photos(),
            "document_expires": cls.paper("Permit", valid_until=soon),
            "certificate_lapses": cls.paper("Rods", valid_until=soon, certificate_kind_id=kind.id),
            **{f"document_approval_{event}": cls.paper(f"Method {event}") for event in EVENTS},
            "document_read_requested": cls.paper("Rules"),
        }

    @classmethod
    def paper(cls, name, share=True, **values):
        about = {"record_ref": f"{cls.job._name},{cls.job.id}"}
        document = cls.env["client.document"].create({"name": name, **about, **values})
        hand_in(document, "paper.txt", name.encode())
        if share:
            document.action_client_publish()
        return document

    @classmethod
    def photos(cls):
        category = cls.env.ref("client_portal_docs.category_photos")
        values = {"name": "Photos of Hill", "category_id": category.id}
        document = cls.env["client.document"].create({**values, "record_ref": f"{cls.job._name},{cls.job.id}"})
        cls.add_photo(document)
        document.action_client_publish()
        return document

    @classmethod
    def add_photo(cls, document):
        return document._add_photo(cls.env["ir.attachment"].sudo().create({"name": "x.png", "raw": PNG}))

    def share(self, kind):
        self.papers[kind].with_env(self.staff).action_client_publish()
        return self.named(kind)

    def named(self, kind):
        return {"name": self.papers[kind].name}

    def document_published(self):
        return self.share("document_published")

    def document_version(self):
        hand_in(self.papers["document_version"], "paper.txt", b"Another one")
        return self.share("document_version")

    def document_photos(self):
        self.add_photo(self.papers["document_photos"])
        return self.share("document_photos")

    def lapse(self, kind):
        self.env["client.document"]._cron_certificates()
        days = {"en_US": {"day": "Jun 17"}, "fr_FR": {"day": "17 juin"}}
        return {**self.named(kind), **days}

    def document_expires(self):
        return self.lapse("document_expires")

    def certificate_lapses(self):
        return self.lapse("certificate_lapses")

    def ask_about(self, kind, what="document", **more):
        return self.ask(self.papers[kind], what, **more)

    def document_approval_requested(self):
        self.ask_about("document_approval_requested")
        return self.named("document_approval_requested")

    def document_approval_approved(self):
        self.answer(self.ask_about("document_approval_approved"))
        return self.named("document_approval_approved")

    def document_approval_declined(self):
        self.answer(self.ask_about("document_approval_declined"), "decline", "Not like this.")
        return self.named("document_approval_declined")

    def document_approval_changes(self):
        self.answer(self.ask_about("document_approval_changes"), "changes", "Page two, please.")
        return self.named("document_approval_changes")

    def document_approval_stale(self):
        kind = "document_approval_stale"
        self.answer(self.ask_about(kind))
        hand_in(self.papers[kind], "paper.txt", b"Something else")
        self.share(kind)
        self.env.flush_all()
        self.env.cr.precommit.run()
        return self.named(kind)

    def document_approval_withdrawn(self):
        self.ask_about("document_approval_withdrawn").action_client_withdraw()
        return self.named("document_approval_withdrawn")

    def document_approval_expired(self):
        today = fields.Date.today()
        approval = self.ask_about("document_approval_expired", date_expires=today + timedelta(days=1))
        approval.sudo().date_expires = today - timedelta(days=3)
        self.env["client.approval"]._cron_approvals()
        return self.named("document_approval_expired")

    def document_read_requested(self):
        self.ask_about("document_read_requested", "document_read")
        return self.named("document_read_requested")

    # -- files asked for

    def want(self, name):
        about = {"record_ref": f"{self.job._name},{self.job.id}", "user_id": self.users["manager"].id}
        asked = self.env["client.file.request"].create({"name": name, **about})
        asked.with_env(self.staff).action_ask()
        return asked

    def file_asked(self):
        return {"name": self.want("Insurance").name}

    def file_received(self):
        asked = self.want("Keys plan")
        asked.with_user(self.users["deputy"]).sudo().state = "received"
        return {"name": asked.name}

    def file_done(self):
        asked = self.want("Alarm plan")
        asked.with_env(self.staff).action_done()
        return {"name": asked.name}

    def test_every_kind_has_a_row(self):
        shown = {row["kind"]: row["line"] for row in self.told}
        kinds = self.env["client.update"]._kinds()
        self.assertEqual({kind: str(told.words) for kind, told in kinds.items() if kind.startswith(OWN)}, shown)
        families = {kinds[kind].family for kind in shown}
        self.assertEqual(families, {"documents", "decisions", "answer"})

    def test_feed_mail_and_summary(self):
        self.check_kinds()
        self.env["client.document"]._cron_certificates()
        ended = [("kind", "in", ("document_expires", "certificate_lapses")), ("id", ">", self.first)]
        self.assertEqual(self.env["client.update"].search_count(ended), 2, "told once")
        version = [("kind", "=", "document_version"), ("id", ">", self.first)]
        report = self.papers["document_version"]
        told = self.env["client.update"].search_count([*version, ("res_id", "=", report.id)])
        report.version_ids.sorted("number")[-1].action_withdraw()
        report.action_client_publish()
        self.assertEqual(self.env["client.update"].search_count([*version, ("res_id", "=", report.id)]), told + 1)
        self.assertIn("Permit", self.papers["document_expires"].activity_ids.summary)


EVENTS = ("requested", "approved", "declined", "changes", "stale", "withdrawn", "expired")
