"""Members say what is wrong about a site; nothing of it changes before staff accept."""

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ClientPortalCommon
from .common_sites import CORRECTIONS
from .test_portal_pages import PagesCase
from .truth import truth

MAY = ("requester_a", "approver_a", "administrator_a", "both")


@tagged("post_install", "-at_install", "client_portal")
class TestCorrection(ClientPortalCommon):
    def propose(self, actor="requester_a", site=None, **typed):
        site = (site or self.site_a_one).with_env(self.as_user(actor))
        made = site._client_correct(typed or {"street": "1 New Street"})
        self.env.flush_all()
        return made.with_env(self.env)

    def test_who_finds_and_reads_which(self):
        keys = {getattr(self, key).id: key for key in CORRECTIONS}
        for actor, allowed in truth("client.site.correction").items():
            with self.subTest(actor=actor):
                found = self.seen(actor, "client.site.correction", [("id", "in", list(keys))])
                self.assertEqual({keys[number] for number in found}, allowed)
                for key in CORRECTIONS:
                    self.assertEqual(self.reads(actor, getattr(self, key)), key in allowed, key)

    def test_members_write_none_by_remote_calls(self):
        for actor in MAY:
            model = self.as_user(actor)["client.site.correction"]
            with self.subTest(actor=actor):
                for act in (
                    lambda model=model: model.create({"name": "x", "site_id": self.site_a_one.id}),
                    lambda model=model: model.browse(self.correction_a_one.id).write({"state": "accepted"}),
                    lambda model=model: model.browse(self.correction_a_one.id).action_client_accept(),
                ):
                    with self.assertRaises(AccessError):
                        act()
        self.assertEqual(self.correction_a_one.state, "proposed")

    def test_proposing_changes_nothing_and_asks_staff(self):
        before = self.site_a_one.street
        made = self.propose(street="1 New Street", client_access_notes="Ring twice", note="Moved in May")
        self.assertEqual((self.site_a_one.street, self.site_a_one.client_access_notes), (before, False))
        self.assertEqual(made.new_values, {"street": "1 New Street", "client_access_notes": "Ring twice"})
        self.assertEqual(made.proposer_id, self.users["requester_a"])
        self.assertEqual((made.state, made.client_court), ("proposed", "operator"))
        self.assertEqual(len(made.activity_ids), 1, "somebody of the staff is asked")
        self.assertFalse(made.activity_ids.user_id.share)

    def test_accepting_writes_and_says_so(self):
        made = self.propose(street="1 New Street", client_contact_name="Kim")
        made.with_user(self.users["manager"]).action_client_accept()
        self.assertEqual((self.site_a_one.street, self.site_a_one.client_contact_name), ("1 New Street", "Kim"))
        self.assertEqual((made.state, made.decided_by_id), ("accepted", self.users["manager"]))
        self.assertFalse(made.activity_ids)
        self.assertIn("1 New Street", self.site_a_one.message_ids[0].body)
        news = self.env["client.update"].search([("res_model", "=", made._name), ("res_id", "=", made.id)])
        self.assertCountEqual(news.mapped("kind"), ["correction_proposed", "correction_accepted"])
        place = f"/my/sites/{self.site_a_one.id}#correction-{made.id}"
        self.assertEqual({update._client_url() for update in news}, {place})
        with self.assertRaisesRegex(UserError, "decided"):
            made.with_user(self.users["manager"])._client_refuse("too late")

    def test_refusing_leaves_the_site_and_gives_the_reason(self):
        before = self.site_a_one.street
        made = self.propose()
        made.with_user(self.users["manager"])._client_refuse("The street was renamed back.")
        self.assertEqual((made.state, self.site_a_one.street), ("refused", before))
        shown = self.as_user("viewer_a")["client.site.correction"]._client_of_site(self.site_a_one)
        self.assertIn("The street was renamed back.", [one["reason"] for one in shown])

    def test_a_site_that_changed_meanwhile_is_not_overwritten_silently(self):
        made = self.propose(street="1 New Street")
        self.site_a_one.street = "2 Other Street"
        with self.assertRaisesRegex(UserError, "changed after"):
            made.with_user(self.users["manager"]).action_client_accept()
        made.with_user(self.users["manager"]).action_client_accept_over()
        self.assertEqual(self.site_a_one.street, "1 New Street")

    def test_sent_twice_is_one(self):
        self.assertEqual(self.propose(), self.propose())
        self.assertNotEqual(self.propose(), self.propose(street="3 Another Street"))

    def test_what_is_refused_at_once(self):
        for typed, words in (
            ({"street": self.site_a_one.street or ""}, "have already"),
            ({"street": "x" * 121}, "letters"),
            ({"partner_latitude": "north", "partner_longitude": "1"}, "two numbers"),
            ({"partner_latitude": "nan", "partner_longitude": "1"}, "two numbers"),
            ({"partner_latitude": "91", "partner_longitude": "1"}, "two numbers"),
            ({"state_id": "999999"}, "from the list"),
            ({"street": "1 New Street", "note": "x" * 501}, "note"),
        ):
            with self.subTest(typed=str(typed)[:40]), self.assertRaisesRegex(UserError, words):
                self.propose(**typed)

    def test_too_many_are_stopped(self):
        self.env["ir.config_parameter"].sudo().set_param("client_portal.corrections_per_hour", "2")
        for number in range(2):
            self.propose(street=f"{number} New Street")
        with self.assertRaises(UserError):
            self.propose(street="9 New Street")

    def test_what_was_sent_stays_as_it_was_sent(self):
        with self.assertRaises(UserError):
            self.correction_a_one.new_values = {"street": "forged"}

    def test_a_site_that_changed_hands(self):
        made = self.propose()
        self.site_a_one.parent_id = self.client_b
        self.env.flush_all()
        with self.assertRaises(UserError):
            made.with_user(self.users["manager"]).action_client_accept_over()
        self.assertFalse(self.seen("administrator_b", made._name, [("id", "=", made.id)]))


@tagged("post_install", "-at_install")
class TestCorrectionPage(PagesCase):
    def send(self, actor, site, **typed):
        self.authenticate(actor, actor)
        data = {"csrf_token": http.Request.csrf_token(self), **typed}
        return self.url_open(f"/my/sites/{site.id}/correction", data=data, allow_redirects=False)

    def test_form_by_role(self):
        url = f"/my/sites/{self.site_a_one.id}/correction"
        for actor in ("viewer_a", "requester_a", "approver_a", "billing_a", "administrator_a", "administrator_b"):
            with self.subTest(actor=actor):
                allowed = actor in MAY
                self.assertEqual(self.page(actor, url).status_code, 200 if allowed else 404)
                self.assertEqual(self.send(actor, self.site_a_one, city=actor).status_code, 303 if allowed else 404)

    def test_refused_keeps_what_was_typed(self):
        response = self.send("requester_a", self.site_a_one, street="<b>New</b>", partner_latitude="north")
        self.assertEqual(response.status_code, 422)
        self.assertIn("two numbers", response.text)
        self.assertIn("&lt;b&gt;New&lt;/b&gt;", response.text)
        self.assertNotIn("<b>New</b>", response.text)

    def test_sent_and_shown_on_the_site(self):
        response = self.send("requester_a", self.site_a_one, client_access_notes="Ring <twice>", note="New bell")
        self.assertIn(f"/my/sites/{self.site_a_one.id}?done=proposed", response.headers["Location"])
        text = self.page("viewer_a", f"/my/sites/{self.site_a_one.id}").text
        self.assertIn("Ring &lt;twice&gt;", text)
        self.assertIn("Proposed", text)
