"""What a client's administrator sets: limits by amount, kind and site, and who answers while somebody is away."""

import json
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_approval_rules import RulesCase


@tagged("post_install", "-at_install", "client_portal")
class TestMemberLimits(RulesCase):
    def limits(self, *rows, member=None):
        member = member or self.ada
        member.limit_ids.unlink()
        usd = self.env.ref("base.USD").id
        for amount, kind, site in rows:
            vals = {"amount": amount, "kind": kind, "site_id": site and site.id, "currency_id": usd}
            self.env["client.member.limit"].create({**vals, "member_id": member.id})
        self.env.flush_all()

    def test_truth_table(self):
        approval = self.order_a_sent.client_approval_id  # a quote of 100 at site one
        one, two = self.site_a_one, self.site_a_two
        self.assertEqual((approval.amount, approval.client_site_id), (100, one))
        for rows, able in (
            ([], True),
            ([(100, False, False)], True),
            ([(99, False, False)], False),
            ([(99, "milestone", False)], True),
            ([(99, "quote", False)], False),
            ([(99, False, two)], True),
            ([(99, "quote", one)], False),
            ([(500, "quote", False), (50, False, one)], False),
            ([(500, "quote", one), (100, "quote", False), (1, "milestone", False)], True),
        ):
            self.limits(*rows)
            with self.subTest(rows=str(rows)):
                self.assertEqual(self.ada in approval._able_members(), able)
                waiting = approval.sudo().search(approval.with_user(self.ada.user_id)._client_waiting_domain())
                self.assertEqual(approval in waiting, able)

    def test_limits_end_with_their_site(self):
        """Which limits there are is remembered; PostgreSQL deletes those of a site unheard."""
        approval = self.order_a_sent.client_approval_id
        site = self.env["res.partner"].create(
            {"name": "Left", "parent_id": self.client_a.id, "type": "delivery", "is_client_site": True}
        )
        self.limits((1, False, site))
        self.assertIn(self.ada, approval._able_members())
        site.unlink()
        self.env.invalidate_all()
        self.assertIn(self.ada, approval._able_members())

    def test_on_the_server_and_in_the_evidence(self):
        approval = self.order_a_sent.client_approval_id
        self.limits((50, "quote", False))
        self.assertEqual(self.answer("approver_a", approval).status_code, 422)
        self.limits((150, "quote", False), (120, False, self.site_a_one))
        self.limit("approver", 200)
        self.assertEqual(self.answer("approver_a", approval).status_code, 303)
        self.assertEqual(json.loads(self.decisions(approval).authority)["limit"], "120.00")

    def test_a_new_limit_passes_on_what_was_asked(self):
        approval = self.requote(self.ada)
        self.limits((50, "quote", False))
        self.assertEqual(self.turns(approval), self.ann + self.bea)

    def test_another_clients_site_and_the_same_twice_are_refused(self):
        with self.assertRaises(ValidationError):
            self.limits((1, False, self.site_b_one))
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.limits((1, False, False), (2, False, False))


@tagged("post_install", "-at_install", "client_portal")
class TestAbsence(RulesCase):
    def away(self, first=0, last=1, member=None, delegate=None):
        today = self.env["client.words"]._today()
        return self.env["client.member.absence"].create(
            {
                "member_id": (member or self.ann).id,
                "delegate_id": (delegate or self.ada).id,
                "date_from": today + timedelta(days=first),
                "date_to": today + timedelta(days=last),
            }
        )

    def test_the_delegate_answers_in_their_turn_and_by_their_right(self):
        self.limit("approver", 50)
        approval = self.requote(self.ann)
        self.assertEqual(self.answer("approver_a", approval).status_code, 422)
        self.away()
        self.assertIn("You answer for", self.page("approver_a", approval._client_url()).text)
        self.assertIn('<span class="cp-count">', self.url_open("/my/approvals").text)
        self.assertEqual(self.answer("approver_a", approval).status_code, 303)
        row = self.decisions(approval)
        self.assertEqual((row.login, row.behalf_member_id), ("approver_a", self.ann.id))
        self.assertEqual(row.behalf_name, self.ann.user_id.name)
        line = approval.approver_ids
        self.assertEqual((line.member_id, line.user_id), (self.ann, self.ada.user_id))
        self.assertIn(f"{row.user_name}, for {row.behalf_name}", self.page("approver_a", approval._client_url()).text)

    def test_only_while_they_are_away(self):
        approval = self.named(self.ann)
        for first, last, able in ((-3, -1, False), (1, 3, False), (-1, 0, True), (0, 0, True)):
            absence = self.away(first, last)
            pairs = approval._stand_ins(self.ada)
            with self.subTest(first=first, last=last):
                self.assertEqual((self.ada, self.ann) in pairs, able)
            absence.unlink()

    def test_nobody_says_yes_twice(self):
        self.away()
        approval = self.named(self.ada, self.ann, rule="all")
        self.assertEqual(self.answer("approver_a", approval).status_code, 303)
        self.assertEqual(self.answer("approver_a", approval).status_code, 409)
        self.assertEqual(approval.state, "pending")
        self.assertEqual(self.answer("administrator_a", approval).status_code, 303)
        self.assertEqual(approval.state, "approved")

    def test_whoever_is_away_without_access_has_nobody_in_their_place(self):
        self.away()
        approval = self.named(self.ann)
        self.ann.suspended = True
        self.assertNotIn((self.ada, self.ann), approval._stand_ins(self.ada))

    def test_the_delegate_hears_of_it(self):
        self.away()
        self.named(self.ann)
        mails = self.env["mail.message"].search([("subject", "ilike", "Waiting for your answer")])
        self.assertEqual(mails.partner_ids, self.ann.partner_id + self.ada.partner_id)

    def test_who_may_stand_in(self):
        viewer = self.members["requester_a"]
        for member, delegate in ((self.ann, self.ann), (self.ann, viewer), (self.ann, self.members["approver_b"])):
            with self.assertRaises(ValidationError):
                self.away(member=member, delegate=delegate)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.away(2, 1)


@tagged("post_install", "-at_install", "client_portal")
class TestPage(RulesCase):
    """The page on which a client's administrator does it."""

    def url(self, member):
        return f"/my/team/{member.id}/approving"

    def post(self, member, act, **typed):
        data = {"act": act, "csrf_token": self.csrf(), **typed}
        return self.url_open(self.url(member), data=data, allow_redirects=False)

    def test_limits(self):
        self.authenticate("administrator_a", "administrator_a")
        usd = str(self.env.ref("base.USD").id)
        self.assertIn("No limits but those of the role", self.url_open(self.url(self.ada)).text)
        site = str(self.site_a_one.id)
        reply = self.post(self.ada, "limit", kind="quote", site=site, amount="1,250.50", currency=usd)
        self.assertEqual(reply.status_code, 303, reply.text)
        limit = self.ada.limit_ids
        self.assertEqual((limit.kind, limit.site_id, limit.amount), ("quote", self.site_a_one, 1250.5))
        self.assertIn("Quote at Alder Harbour", self.url_open(self.url(self.ada)).text)
        self.post(self.ada, "limit", kind="quote", site=site, amount="7", currency=usd)
        self.assertEqual(self.ada.limit_ids.mapped("amount"), [7], "the same one, changed")
        self.post(self.ada, "unlimit", id=str(limit.id))
        self.assertFalse(self.ada.limit_ids)

    def test_the_team_reads_what_was_set(self):
        self.authenticate("administrator_a", "administrator_a")
        usd = str(self.env.ref("base.USD").id)
        limit = {"kind": "quote", "site": str(self.site_a_one.id), "currency": usd}
        self.post(self.ada, "limit", amount="1250", **limit)
        self.post(self.ada, "limit", amount="7", **limit)
        self.post(self.ada, "unlimit", id=str(self.ada.limit_ids.id))
        self.post(self.ada, "away", delegate=str(self.bea.id), first="2036-05-01", last="2036-05-09")
        self.post(self.ada, "back", id=str(self.ada.absence_ids.id))
        name, bea = self.ada.user_id.name, self.bea.user_id.name
        rows = [("res_model", "=", "client.member"), ("res_id", "=", self.ada.id), ("kind", "!=", "member_joined")]
        told = self.as_user("administrator_a")["client.update"].search(rows, order="id")._client_rows()
        by = f"by {self.ann.user_id.name}"
        where = f"Quote · {self.site_a_one.name} · {by}"
        self.assertEqual(
            [(row["title"], row["detail"]) for row in told],
            [
                (f"{name} approves up to 1250.00 USD", where),
                (f"{name} approves up to 7.00 USD", where),
                (f"Limit of {name} lifted: 7.00 USD", where),
                (f"{name} is away May 1, 2036 – May 9, 2036, {bea} answers", by),
                (f"{name} answers again, no longer {bea}", by),
            ],
        )
        self.assertFalse(self.as_user("approver_a")["client.update"].search(rows), "of those who manage the team")

    def test_what_is_refused(self):
        self.authenticate("administrator_a", "administrator_a")
        usd = str(self.env.ref("base.USD").id)
        for typed, words in (
            ({"amount": "<b>much</b>"}, "&lt;b&gt;much&lt;/b&gt;"),
            ({"amount": "nan"}, "is no amount"),
            ({"amount": "-1"}, "is no amount"),
            ({"amount": "1", "kind": "nothing"}, "Choose from the lists"),
            ({"amount": "1", "site": str(self.site_b_one.id)}, "Choose from the lists"),
        ):
            reply = self.post(self.ada, "limit", **{"currency": usd, **typed})
            with self.subTest(typed=typed):
                self.assertEqual(reply.status_code, 422)
                self.assertIn(words, reply.text)
        self.assertEqual(self.post(self.ann, "limit", amount="1", currency=usd).status_code, 422, "one's own")
        self.assertEqual(self.post(self.ada, "nothing").status_code, 422)
        self.assertFalse(self.env["client.member.limit"].search([("member_id", "in", (self.ada + self.ann).ids)]))

    def test_absence_of_a_colleague_and_ones_own(self):
        self.authenticate("administrator_a", "administrator_a")
        for member, delegate in ((self.ada, self.bea), (self.ann, self.ada)):
            reply = self.post(member, "away", delegate=str(delegate.id), first="2036-05-01", last="2036-05-09")
            self.assertEqual(reply.status_code, 303)
            self.assertEqual(member.absence_ids.delegate_id, delegate)
            self.assertIn(delegate.user_id.name, self.url_open(self.url(member)).text)
            self.post(member, "back", id=str(member.absence_ids.id))
            self.assertFalse(member.absence_ids)
        for first, last in (("2036-05-09", "2036-05-01"), ("x", "2036-05-01"), ("2020-01-01", "2020-01-02")):
            reply = self.post(self.ada, "away", delegate=str(self.bea.id), first=first, last=last)
            self.assertEqual(reply.status_code, 422)
        viewer = self.members["billing_a"]
        reply = self.post(self.ada, "away", delegate=str(viewer.id), first="2036-05-01", last="2036-05-09")
        self.assertEqual(reply.status_code, 422)

    def test_nobody_else_changes_it(self):
        row = self.env["client.member.limit"].create(
            {"member_id": self.ada.id, "amount": 1, "currency_id": self.env.ref("base.USD").id}
        )
        for actor in ("approver_a", "viewer_b", "administrator_b", "revoked"):
            self.authenticate(actor, actor)
            self.assertIn(self.post(self.ada, "unlimit", id=str(row.id)).status_code, (403, 404), actor)
        self.authenticate("administrator_b", "administrator_b")
        self.post(self.members["approver_b"], "unlimit", id=str(row.id))
        self.assertTrue(row.exists(), "of another member")
