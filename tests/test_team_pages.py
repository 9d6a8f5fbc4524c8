"""The team page in a browser: forms, refusals that keep what was typed, ended sessions, one client at a time."""

from freezegun import freeze_time

from odoo import fields, http
from odoo.tests import HttpCase, tagged

from .common import ROLES, SECRET
from .team_common import TeamCommon


class TeamHttpCase(TeamCommon, HttpCase):
    def enter(self, actor):
        self.authenticate(actor, actor)

    def get(self, url):
        return self.url_open(url, allow_redirects=False)

    def post(self, url, csrf=True, **form):
        """Send a form as the page does."""
        data = {**form, **({"csrf_token": http.Request.csrf_token(self)} if csrf else {})}
        return self.url_open(url, data=data, allow_redirects=False)

    def of(self, name, path=""):
        return f"/my/team/{self.members[name].id}{path}"

    def done(self, response, word):
        self.assertEqual(response.status_code, 303, response.text[:500])
        self.assertTrue(response.headers["Location"].endswith(f"/my/team?done={word}"))


@tagged("post_install", "-at_install", "client_portal")
class TestTeamPages(TeamHttpCase):
    def test_whose_page_it_is(self):
        for role in ROLES:
            self.enter(f"{role}_a")
            with self.subTest(role=role):
                manages = role == "administrator"
                self.assertEqual(self.get("/my/team").status_code, 200 if manages else 404)
                self.assertEqual('href="/my/team"' in self.get("/my").text, manages)
                for path in ("/my/team/new", self.of("viewer_a"), self.of("viewer_a", "/removal")):
                    self.assertEqual(self.get(path).status_code, 200 if manages else 404, path)
        for actor, code in (("revoked", 403), ("suspended", 403), ("stock", 303), ("administrator_b", 404)):
            self.enter(actor)
            self.assertEqual(self.get(self.of("viewer_a")).status_code, code, actor)

    def test_everybody_of_the_client_and_nobody_else(self):
        self.enter("administrator_a")
        text = self.get("/my/team").text
        for name in ("viewer_a", "suspended", "nina", "site_viewer_a"):
            self.assertIn(self.members[name].email, text)
        for name in ("revoked", "viewer_b"):
            self.assertNotIn(f">{self.members[name].email}<", text)
        self.assertIn("Alder Harbour", text)
        self.assertNotIn(SECRET, text)
        self.assertNotIn("Birch", text)

    def test_no_telling_why_not(self):
        self.enter("administrator_a")
        for url in ("/my/team/99999999999999", self.of("viewer_b"), self.of("revoked"), "/my/team/0"):
            self.assertEqual(self.get(url).status_code, 404, url)
            for path in ("", "/invitation", "/suspension", "/suspension/end", "/removal"):
                self.assertEqual(self.post(url + path).status_code, 404, url + path)
        self.assertTrue(self.members["viewer_b"]._is_open())

    def test_every_act_is_a_form_with_a_token(self):
        self.enter("administrator_a")
        acts = ("", "/invitation", "/suspension", "/suspension/end", "/removal")
        for path in acts:
            with self.subTest(path=path):
                self.assertEqual(self.post(self.of("viewer_a", path), csrf=False, role="1").status_code, 400)
        self.assertEqual(self.post("/my/team/new", csrf=False, **self.typed()).status_code, 400)
        for path in ("/invitation", "/suspension/end"):
            self.assertEqual(self.get(self.of("viewer_a", path)).status_code, 405)
        for path in ("/suspension", "/removal"):
            self.assertIn("signed out at once", self.get(self.of("viewer_a", path)).text)
        self.assertTrue(self.members["viewer_a"]._is_open())

    def test_invite(self):
        self.enter("administrator_a")
        form = self.get("/my/team/new").text
        for words in ("Administrator", "Alder Harbour", "Alder Hill", "All sites", "14 days"):
            self.assertIn(words, form)
        self.assertNotIn("Birch", form)
        self.done(self.post("/my/team/new", **self.typed("approver", self.site_a_one)), "invited")
        member = self.env["client.member"].search([("email", "=", "jo@example.com")])
        self.assertEqual((member.role_id, member.site_ids), (self.roles["approver"], self.site_a_one))
        self.assertIn("jo@example.com", self.get("/my/team?done=invited").text)

    def test_a_refused_invitation_keeps_what_was_typed(self):
        self.enter("administrator_a")
        cases = {
            "not a valid e-mail": {"email": "jo@@example"},
            "at least one site": {"scope": "some"},
            "already a member": {"email": "viewer_a@example.com"},
            "cannot be invited from here": {"email": self.users["staff"].email},
            "role from the list": {"role": None},
        }
        for words, typed in cases.items():
            before, typed = self.written(), {"role": "approver", "sites": self.site_a_two, **typed}
            form = self.typed(**typed) if "scope" not in typed else self.typed("approver", scope="some")
            with self.subTest(words=words):
                response = self.post("/my/team/new", **form)
                self.assertEqual(response.status_code, 422)
                self.assertIn(words, response.text)
                self.assertIn(f'value="{form["email"]}"', response.text)
                self.assertIn('value="Jo Doe"', response.text)
                self.assertNotIn("Traceback", response.text)
                if form["sites"]:
                    self.assertIn(f'value="{self.site_a_two.id}" checked="checked"', response.text)
                self.assertEqual(self.written(), before)

    def test_bad_input(self):
        self.enter("administrator_a")
        for form in (
            {},
            {"role": "x", "sites": "1 OR 1=1"},
            {"name": "a\0b", "email": "\0"},
            {"name": "<b>x</b>", "role": "9" * 40},
        ):
            with self.subTest(form=form):
                response = self.post("/my/team/new", **form)
                self.assertEqual(response.status_code, 422)
                self.assertNotIn("<b>x", response.text)
        self.assertEqual(self.post(self.of("viewer_a"), role="-1").status_code, 422)

    def test_change_suspend_resume_remove(self):
        self.enter("administrator_a")
        member = self.members["viewer_a"]
        self.done(self.post(self.of("viewer_a"), **self.typed("requester", self.site_a_one)), "changed")
        self.assertEqual((member.role_id, member.site_ids), (self.roles["requester"], self.site_a_one))
        self.done(self.post(self.of("viewer_a", "/suspension")), "suspended")
        self.assertTrue(member.suspended)
        self.assertIn("Give access back", self.get(self.of("viewer_a")).text)
        self.done(self.post(self.of("viewer_a", "/suspension/end")), "resumed")
        self.assertFalse(member.suspended)
        self.done(self.post(self.of("nina", "/invitation")), "invited")
        self.done(self.post(self.of("viewer_a", "/removal")), "removed")
        self.assertFalse(member.active)
        for word in ("changed", "suspended", "resumed", "removed", "invited"):
            self.assertIn('role="status"', self.get(f"/my/team?done={word}").text)
        self.assertNotIn('role="status"', self.get("/my/team?done=<b>").text)

    def test_a_refused_act_says_why(self):
        self.enter("administrator_a")
        for name, path, words in (
            ("administrator_a", "/removal", "your own access"),
            ("administrator_a", "/suspension", "your own access"),
            ("administrator_a", "", "your own access"),
            ("suspended", "/suspension/end", "was suspended by"),
        ):
            with self.subTest(name=name, path=path):
                response = self.post(self.of(name, path), **self.typed())
                self.assertEqual(response.status_code, 422)
                self.assertIn(words, response.text)
        self.assertNotIn("/removal", self.get(self.of("administrator_a")).text)
        self.assertTrue(self.members["suspended"].suspended)

    def test_open_sessions_end(self):
        for act in ("suspend", "remove"):
            with self.subTest(act=act):
                self.enter("viewer_a")
                self.assertEqual(self.get("/my/jobs").status_code, 200)
                getattr(
                    self.team("administrator_a")._client_team_get(self.members["viewer_a"].id), f"_client_team_{act}"
                )()
                response = self.get("/my/jobs")
                self.assertEqual(response.status_code, 303)
                self.assertIn("/web/login", response.headers["Location"])
                self.members["viewer_a"].write({"suspended": False, "active": True})
                self.assertEqual(self.get("/my/jobs").status_code, 303, "signed out for good")

    def test_cost_does_not_grow_with_the_team(self):
        self.enter("administrator_a")

        def queries():
            self.get("/my/team"), self.get("/my/team")
            before = self.cr.sql_log_count
            self.get("/my/team")
            return self.cr.sql_log_count - before

        few = queries()
        for number in range(12):
            self.invite(email=f"more{number}@example.com", sites=self.site_a_one)
        self.assertLessEqual(queries(), few + 1)

    def test_a_dead_invitation_says_so(self):
        url = self.invited._client_invitation_url()
        url = url[url.index("/web/signup") :]
        self.assertIn('name="confirm_password"', self.url_open(url).text)
        with freeze_time(fields.Datetime.now().replace(year=fields.Datetime.now().year + 1)):
            dead = self.url_open(url)
        for response in (dead, self.url_open("/web/signup?token=junk&redirect=/my")):
            self.assertEqual(response.status_code, 410)
            self.assertIn("no longer works", response.text)
            self.assertNotIn('name="confirm_password"', response.text)
        self.assertIn("Invalid signup token", self.url_open("/web/signup?token=junk").text)


@tagged("post_install", "-at_install", "client_portal")
class TestOneClientAtATime(TeamHttpCase):
    """``both`` administers client A; of client B they see the jobs only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members["both_b"].role_id = cls.roles["viewer"]

    def choose(self, client, page="jobs"):
        return self.post(f"/my/client/{client.id if client else 0}", page=page).headers["Location"]

    def test_the_workspace_is_about_one(self):
        self.enter("both")
        for chosen, name, other in (
            (None, "Alder", "Birch"),
            (self.client_b, "Birch", "Alder"),
            (self.client_a, "Alder", "Birch"),
        ):
            with self.subTest(chosen=name):
                if chosen:
                    self.choose(chosen)
                main = self.get("/my").text.partition("<main>")[2]
                self.assertIn(f"{name} Estates ·", main)
                self.assertNotIn(other, main)

    def test_numbers_do_not_mix(self):
        for client, alone in ((self.client_a, "administrator_a"), (self.client_b, "viewer_b")):
            mine, theirs = (
                self.as_user(actor)["client.workspace"]._values(client.with_env(self.as_user(actor)))
                for actor in ("both", alone)
            )
            numbers = [[(tile["label"], tile["value"]) for tile in values["tiles"]] for values in (mine, theirs)]
            self.assertEqual(*numbers)
            self.assertEqual(mine["situation"], theirs["situation"])
            self.assertTrue(all(f"client={client.id}" in tile["url"] for tile in mine["tiles"]))

    def test_sections_of_the_chosen_client(self):
        self.enter("both")
        self.assertTrue(self.choose(self.client_b, "invoices").endswith("/my"), "no invoices there")
        page = self.get("/my/jobs").text
        self.assertNotIn('href="/my/team"', page)
        for url in ("/my/team", "/my/invoices", "/my/quotes"):
            self.assertEqual(self.get(url).status_code, 404, url)
        self.assertTrue(self.choose(None, "jobs").endswith("/my/jobs"))
        self.assertEqual(self.get("/my/invoices").status_code, 200)
        self.assertIn("Alder Estates", self.get("/my/team").text.partition("<main>")[2])

    def test_all_clients_is_a_choice_of_lists(self):
        self.enter("both")
        self.choose(None)
        self.assertIn('action="/my/client/0"', self.get("/my/jobs").text)
        for url in ("/my", "/my/team"):
            self.assertNotIn('action="/my/client/0"', self.get(url).text, url)

    def test_a_tile_leads_to_what_it_counts(self):
        self.enter("both")
        self.choose(None)
        page = self.get(f"/my/jobs?filterby=active&client={self.client_a.id}").text
        self.assertIn(self.task_a_one.client_name, page)
        self.assertNotIn(self.task_b_one.client_name, page)
        self.assertIn(f'name="client" value="{self.client_a.id}"', page)
        self.assertIn(self.task_b_one.client_name, self.get("/my/jobs?client=junk").text)
        self.enter("administrator_a")
        foreign = self.get(f"/my/jobs?client={self.client_b.id}").text
        self.assertIn(self.task_a_one.client_name, foreign)
        self.assertNotIn("Birch", foreign)
