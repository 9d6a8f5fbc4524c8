"""Links in mails: whose they are, what they open, and what they never do."""

from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import tagged

from ..models.client_link import digest_of
from .approval_common import HIDDEN, drawing
from .link_common import LinkCase


@tagged("post_install", "-at_install", "client_portal")
class TestLink(LinkCase):
    def one(self, actor="approver_a"):
        """A fresh link of a member to a quote."""
        return self.quote_mail(actor)[f"{actor}@example.com"]

    def test_a_quote_is_mailed_with_a_link_of_ones_own(self):
        links = self.quote_mail("approver_a", "billing_a")
        self.assertEqual(len(set(links.values())), 2)
        self.assertNoKeys()
        for actor in ("approver_a", "billing_a"):
            link = self.link(links[f"{actor}@example.com"])
            self.assertEqual(link.member_id, self.members[actor])
            self.assertEqual(link._target(), self.order_a_draft)
            self.assertEqual(link.purpose, "approve" if actor == "approver_a" else "view")
        for mail in self._mails:
            self.assertNotIn("/mail/view", mail["body"])
            self.assertIn("/my/link/", mail["body_alternative"])

    def test_only_the_digest_is_kept(self):
        path = self.one()
        key = path.rsplit("/", 1)[1]
        self.assertTrue(self.link(path))
        self.env.cr.execute("SELECT client_link::text FROM client_link")
        self.assertIn(digest_of(key), str(self.env.cr.fetchall()))
        for table in ("client_link", "mail_message", "mail_mail"):
            self.env.cr.execute(f"SELECT {table}::text FROM {table}")
            self.assertNotIn(key, str(self.env.cr.fetchall()), table)

    def test_the_member_lands_on_the_quote(self):
        path = self.one()
        reply = self.browse("approver_a", path)
        self.assertEqual(reply.status_code, 303)
        self.assertTrue(reply.headers["Location"].endswith(f"/my/orders/{self.order_a_draft.id}#approval"))
        self.assertEqual(self.browse("approver_a", reply.headers["Location"]).status_code, 200)

    def test_an_unknown_browser_comes_in_by_a_code(self):
        path = self.one()
        page = self.browse("public", path)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn(self.order_a_draft.name, page.text)
        self.assertNotIn("approver_a@", page.text)
        self.assertEqual(self.post(f"{path}/code").status_code, 200)
        self.assertEqual(self.address(self._mails[0]), "approver_a@example.com")
        code = self.code()
        self.env.cr.execute("SELECT code_digest FROM client_link WHERE id = %s", [self.link(path).id])
        self.assertNotIn(code, str(self.env.cr.fetchall()))
        reply = self.post(f"{path}/enter", code=code)
        self.assertEqual(reply.status_code, 303)
        page = self.url_open(f"/my/orders/{self.order_a_draft.id}")
        self.assertIn(self.order_a_draft.name, page.text)
        self.assertIn("o_client_portal", page.text)

    def test_a_password_leads_to_it_as_well(self):
        path = self.one()
        page = html.fromstring(self.browse("public", path).text)
        (sign_in,) = page.xpath("//a[contains(@href, '/web/login')]/@href")
        form = html.fromstring(self.url_open(sign_in).text).xpath("//form[contains(@class, 'oe_login_form')]")[0]
        typed = {**dict(form.form_values()), "login": "approver_a", "password": "approver_a"}
        typed.pop("csrf_token")
        reply = self.post("/web/login", **typed)
        self.assertTrue(reply.headers["Location"].endswith(path), reply.headers["Location"])
        reply = self.url_open(path, allow_redirects=False)
        self.assertTrue(reply.headers["Location"].endswith(f"/my/orders/{self.order_a_draft.id}#approval"))

    def test_pages_of_links_are_their_readers(self):
        """The letterhead is that of the company whose record it is, the words are the reader's."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.users["approver_a"].lang = "fr_FR"
        page = self.browse("public", self.one())
        self.assertIn(self.company_one.name, html.fromstring(page.text).xpath("//footer")[0].text_content())
        self.assertNotIn("Manage Databases", page.text)
        self.assertIn('<html lang="fr-FR">', page.text)
        self.assertNotIn("js_language_selector", page.text)
        path = self.one()
        self.browse("public", path)
        self.assertIn('<html lang="fr-FR">', self.post(f"{path}/code").text)
        self.assertIn('<html lang="fr-FR">', self.post(f"{path}/enter", code="0").text)

    def test_a_code_works_once_and_in_one_browser(self):
        path = self.one()
        self.browse("public", path)
        self.post(f"{path}/code")
        code = self.code()
        self.authenticate(None, None)
        self.assertEqual(self.post(f"{path}/enter", code=code).status_code, 422, "another browser")
        self.post(f"{path}/code")
        code = self.code()
        self.assertEqual(self.post(f"{path}/enter", code=code).status_code, 303)
        self.authenticate(None, None)
        self.assertEqual(self.post(f"{path}/enter", code=code).status_code, 422, "a second time")

    def test_codes_are_not_guessed(self):
        path = self.one()
        self.browse("public", path)
        self.post(f"{path}/code")
        code = self.code()
        wrong = f"{(int(code) + 1) % 10**6:06d}"
        for _try in range(5):
            self.assertEqual(self.post(f"{path}/enter", code=wrong).status_code, 422)
        self.assertEqual(self.post(f"{path}/enter", code=code).status_code, 422, "too many tries")
        replies = [self.post(f"{path}/code").status_code for _try in range(5)]
        self.assertEqual(replies[-1], 429, "too many codes")

    def test_a_code_grows_old(self):
        path = self.one()
        self.browse("public", path)
        self.post(f"{path}/code")
        self.link(path).code_until = fields.Datetime.now() - timedelta(seconds=1)
        self.env.flush_all()
        self.assertEqual(self.post(f"{path}/enter", code=self.code()).status_code, 422)

    def test_dead_links_look_alike(self):
        member, user = self.members["approver_a"], self.users["approver_a"]
        kills = {
            "guessed": lambda link: None,
            "expired": lambda link: link.write({"expires": fields.Datetime.now() - timedelta(seconds=1)}),
            "revoked": lambda link: link._end(),
            "removed": lambda link: member.write({"active": False}),
            "came back": lambda link: member.write({"active": True}),
            "other address": lambda link: user.partner_id.write({"email": "elsewhere@example.com"}),
        }
        pages, path = set(), ""
        for name, kill in kills.items():
            with self.subTest(name):
                if name != "came back":
                    path = "/my/link/" + "x" * 43 if name == "guessed" else self.one()
                kill(self.link(path))
                self.env.flush_all()
                self.assertFalse(self.link(path))
                reply = self.browse("public", path)
                self.assertEqual(reply.status_code, 410)
                self.assertEqual(self.post(f"{path}/code").status_code, 410)
                self.assertFalse(self._mails)
                self.assertEqual(self.post(f"{path}/enter", code="000000").status_code, 410)
                pages.add(reply.text.replace(path, "").split("<main", 1)[-1].split("csrf")[0])
        self.assertEqual(len(pages), 1)

    def test_scanners_decide_nothing(self):
        path, order = self.one(), self.order_a_draft
        approval, link = order.client_approval_id, self.link(path)
        before = order.state, approval.state, link.used_on, link.code_digest
        for actor in ("public", "approver_a"):
            for method in ("HEAD", "GET", "HEAD", "GET"):
                self.assertIn(self.browse(actor, path, method).status_code, (200, 303))
        for end in ("code", "enter", "ask"):
            self.assertIn(self.browse("public", f"{path}/{end}").status_code, (404, 405), end)
        self.env.invalidate_all()
        self.assertEqual((order.state, approval.state, link.used_on, link.code_digest), before)

    def test_somebody_elses_login_gets_nothing(self):
        path = self.one()
        for actor in ("requester_a", "administrator_b", "revoked", "colleague"):
            reply = self.browse(actor, path)
            self.assertEqual(reply.status_code, 403, actor)
            self.assertNotIn(self.order_a_draft.name, reply.text)
        reply = self.browse("billing_a", path)
        self.assertEqual(reply.status_code, 303, "a colleague who sees it goes there in their own name")

    def test_an_answered_question_lets_nobody_in_again(self):
        links = self.quote_mail("approver_a", "administrator_a")
        path, other = links["approver_a@example.com"], links["administrator_a@example.com"]
        approval = self.order_a_draft.client_approval_id
        self.browse("approver_a", path)
        form = dict(HIDDEN.findall(self.url_open(approval._client_url()).text))
        form.pop("csrf_token")
        answer = {"verdict": "approve", "consent": "1", "signer": "Ada", "signature": drawing()}
        self.assertEqual(self.post(approval._client_url(), **form, **answer).status_code, 303)
        self.env.invalidate_all()
        self.assertEqual((self.order_a_draft.state, self.link(path).state), ("sale", "used"))
        self.assertEqual(self.link(other).state, "open", "of somebody who did not answer")
        self.assertIn("has been done", self.browse("public", path).text)
        self.post(f"{path}/code")
        self.assertFalse(self._mails)
        self.assertEqual(self.browse("approver_a", path).status_code, 303)


@tagged("post_install", "-at_install", "client_portal")
class TestLinkForwarded(LinkCase):
    def asks(self):
        """Somebody of another client, whose login is their address, asks by a forwarded link."""
        path = self.quote_mail("approver_a")["approver_a@example.com"]
        self.users["administrator_b"].login = "administrator_b@example.com"
        self.authenticate("administrator_b@example.com", "administrator_b")
        self.post(f"{path}/ask")
        self._actor = "administrator_b"
        return self.env["client.join"].search([])

    def test_a_forwarded_link_asks_the_clients_administrator(self):
        path = self.quote_mail("approver_a")["approver_a@example.com"]
        self.browse("administrator_b", path)
        self.assertFalse(self.env["client.join"].search([]), "opening asks for nothing")
        reply = self.post(f"{path}/ask")
        self.assertEqual(reply.status_code, 200)
        self.post(f"{path}/ask")
        asked = self.env["client.join"].search([])
        self.assertEqual((asked.user_id, asked.client_id), (self.users["administrator_b"], self.client_a))
        self.assertEqual(self.browse("administrator_b", f"/my/orders/{self.order_a_draft.id}").status_code, 404)
        page = self.browse("administrator_a", "/my/team").text
        self.assertIn(f"/my/team/asked/{asked.id}/decline", page)
        form = self.browse("administrator_a", f"/my/team/new?asked={asked.id}").text
        self.assertIn("administrator_b@example.com", form)
        self.assertEqual(self.post(f"/my/team/asked/{asked.id}/decline").status_code, 303)
        self.assertEqual(asked.state, "declined")

    def test_who_asked_is_invited_by_the_clients_administrator(self):
        asked = self.asks()
        self.assertFalse(self.client_a.activity_ids, "their administrator hears of it")
        form = html.fromstring(self.browse("administrator_a", f"/my/team/new?asked={asked.id}").text)
        typed = dict(form.xpath("//form[contains(@action, '/my/team/new') or not(@action)]")[-1].form_values())
        typed.pop("csrf_token", None)
        role = self.env.ref("client_portal.client_role_viewer")
        reply = self.post("/my/team/new", **{**typed, "role": str(role.id), "scope": "all"})
        self.assertEqual(reply.status_code, 303, reply.text)
        self.env.invalidate_all()
        member = self.env["client.member"].search(
            [("client_id", "=", self.client_a.id), ("user_id", "=", self.users["administrator_b"].id)]
        )
        self.assertEqual((asked.state, member.role_id), ("invited", role))
        self.assertNotIn("They ask for access", self.browse("administrator_a", "/my/team").text)

    def test_without_an_administrator_staff_hear_of_it(self):
        self.client_a.user_id = self.users["manager"]
        team = self.members["administrator_a"] | self.users["both"].client_member_ids
        team.suspended = True
        asked = self.asks()
        activity = self.client_a.activity_ids
        self.assertEqual(activity.user_id, self.users["manager"])
        self.assertIn("asks for access", activity.summary)
        self.assertIn("administrator_b@example.com", activity.note)
        self.env["client.member"]._client_invite(
            self.client_a, "Bea", "administrator_b@example.com", self.roles["viewer"], self.env["res.partner"]
        )
        self.assertEqual(asked.state, "invited", "by staff as well")

    def test_nobody_else_answers_it(self):
        path = self.quote_mail("approver_a")["approver_a@example.com"]
        self.browse("requester_a", path)
        self.post(f"{path}/ask")
        asked = self.env["client.join"].search([])
        for actor in ("administrator_b", "approver_a", "requester_a"):
            self.browse(actor, "/my")
            self.assertEqual(self.post(f"/my/team/asked/{asked.id}/decline").status_code, 404, actor)
        self.assertEqual(asked.state, "open")
        member = self.members["administrator_a"]
        self.env["client.join"].flush_model()
        team = self.env["client.member"].with_user(member.user_id)._client_team()
        self.assertEqual(team._client_asking(), asked)

    def test_the_owner_and_visitors_ask_for_nothing(self):
        path = self.quote_mail("approver_a")["approver_a@example.com"]
        for actor in ("public", "approver_a", "billing_a"):
            self.browse(actor, path)
            self.post(f"{path}/ask")
        self.assertFalse(self.env["client.join"].search([]))
