"""The demo world keeps its promises: exact numbers, one client's view each, and a second build that changes nothing."""

import time
from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from ...demo import world
from .world_common import GARDENS, GROUNDS, INTERNAL, STUDIO, WorldCase, telling_words

STATUSES = {"requested": 1, "scheduled": 4, "in_progress": 2, "waiting": 2, "completed": 24, "cancelled": 1}


@tagged("post_install", "-at_install")
class TestNumbers(WorldCase):
    """What the workspace of North Metro Grounds shows."""

    def test_workspace_of_the_approver(self):
        self.authenticate("dana", "dana")
        tiles = self.tiles()
        self.assertEqual(tiles["Completed jobs"][0], 24)
        self.assertEqual(tiles["Active jobs"][0], 9)
        self.assertEqual(tiles["Open quotes"], (3, "awaiting review"))
        text = self.text("/my")
        for words in (
            "Reserve pruning package completed",
            "7 of 11 jobs",
            "17 of 22 jobs",
            "Mira Reyes",
        ):
            self.assertIn(words, text)
        self.assertIn("Visit moved to", self.text("/my/updates"))

    def test_workspace_of_the_administrator(self):
        self.authenticate("helen", "helen")
        self.assertEqual(self.tiles()["Open invoices"], (2, "1 overdue"))
        text = self.text("/my")
        self.assertIn("9 days overdue" if self._overdue_days() == 9 else "days overdue", text)
        self.assertIn("4,275.50", text)

    def _overdue_days(self):
        return (self.book.today - self.book.get("invoice_grounds_month10").invoice_date_due).days

    def test_every_status(self):
        groups = self.as_user("dana")["project.task"]._read_group([], ["client_status"], ["__count"])
        self.assertEqual(dict(groups), STATUSES)

    def test_quotes(self):
        orders = self.as_user("dana")["sale.order"]
        is_open = orders._client_searchbar()["filters"]["open"]["domain"]
        self.assertEqual(sorted(orders.search(is_open).mapped("amount_total")), [6310.0, 9875.0, 18420.0])
        self.authenticate("dana", "dana")
        text = self.text("/my/quotes?filterby=open")
        self.assertIn("Variation: Coastal access remediation", text)
        variation = self.book.get("quote_grounds_variation")
        self.assertEqual(variation.variation_of_id, self.book.get("quote_grounds_access"))
        self.assertEqual(variation.variation_of_id.state, "sale")
        self.assertEqual(orders.search_count([("state", "=", "sale")]), 6)
        self.assertFalse(orders.search([("state", "=", "draft")]))

    def test_variations_options_and_evidence(self):
        """A variation signed in the portal counts in the project's contract, and an option was passed over."""
        handrail, project = self.book.get("quote_grounds_handrail"), self.book.get("project_grounds_access")
        self.assertEqual((handrail.state, handrail.client_approval_id.state), ("sale", "approved"))
        self.assertEqual(handrail.signed_by, "Dana Price")
        self.assertEqual(self.book.get("quote_grounds_winters").state, "cancel")
        self.authenticate("dana", "dana")
        text = self.text(project._client_url())
        for words in ("Original contract", "Approved variations (1)", "6,966.00", "Contract sum"):
            self.assertIn(words, text)
        self.assertIn("Certificate (PDF)", self.text(handrail.client_approval_id._client_url()))
        self.assertIn("Approving one of these", self.text_of("isla", self.book.get("quote_studio_audio")._client_url()))
        self.assertFalse(self.env["client.ledger"].search([("client_id", "=", handrail.client_id.id)])._verify())

    def text_of(self, key, url):
        self.authenticate(key, key)
        return self.text(url)

    def test_invoices(self):
        moves = self.as_user("amira")["account.move"]
        groups = moves._read_group([], ["move_type", "payment_state"], ["__count"])
        counts = {(kind, state): count for kind, state, count in groups}
        self.assertEqual(
            counts, {("out_invoice", "paid"): 13, ("out_invoice", "not_paid"): 2, ("out_refund", "paid"): 1}
        )
        self.authenticate("amira", "amira")
        self.assertEqual(self.tiles()["Open invoices"], (2, "1 overdue"))
        self.assertEqual(self.page("/my/jobs")[0], 404)

    def test_projects_and_milestones(self):
        projects = self.as_user("dana")["project.project"].search([])
        self.assertEqual(
            set(projects.mapped("client_name")),
            {"Coastal access remediation", f"Grounds maintenance {self.book.today.year}"},
        )
        milestones = self.as_user("dana")["project.milestone"]
        self.assertEqual(milestones.search_count([]), 8)
        self.assertEqual(milestones.search_count([("is_reached", "=", True)]), 5)

    def test_visits(self):
        """This week and next hold visits, and a visit of a scheduled job lies ahead."""
        jobs = self.as_user("dana")["project.task"].search([("client_status", "=", "scheduled")])
        self.assertTrue(all(job.client_visit_start > Datetime.now() for job in jobs))
        soon = jobs.filtered(lambda job: job.client_visit_start < Datetime.now() + timedelta(days=8))
        self.assertGreaterEqual(len(soon), 2)

    def test_what_waits_and_what_is_agreed(self):
        """A visit to confirm, work to sign off, a request that was answered, agreements that run."""
        leaves = self.book.get("job_grounds_leaves")
        self.assertEqual((leaves.client_visit_state, leaves.client_court), ("asked", "client"))
        table = self.book.get("job_studio_table")
        self.assertEqual((table.client_status, table.client_sign_off_state), ("waiting", "asked"))
        for job in (table, self.book.get("job_grounds_bench"), self.book.get("job_grounds_picnic")):
            self.assertEqual(job.client_court_since, job.client_status_since, "by the clock of the story")
        agreements = self.as_user("dana")["client.agreement"].search([])
        self.assertEqual(len(agreements), 2)
        self.assertEqual(self.as_user("luca")["client.agreement"].search([]).name, "Track care, Coastal Reserve")
        self.authenticate("luca", "luca")
        self.assertIn("Boardwalk inspections", self.text(agreements.filtered("client_site_id")._client_url()))
        requests = self.as_user("dana")["project.task"].search([("client_status", "=", "requested")])
        self.assertIn("Storm damage to railing", requests.mapped("client_name"))

    def test_sites_assets_and_corrections(self):
        """Every site lies on the map, assets have a history and a date, and a correction waits."""
        dana = self.as_user("dana")
        sites = dana["res.partner"].search([("is_client_site", "=", True)])
        self.assertEqual(len(sites), 4)
        self.assertTrue(all(sites.mapped("partner_latitude")))
        assets = dana["client.asset"].search([])
        self.assertGreaterEqual(len(assets), 8)
        self.assertTrue(all(asset.next_due_date and asset._client_history() for asset in assets))
        states = dana["client.site.correction"].search([]).mapped("state")
        self.assertCountEqual(states, ["proposed", "accepted", "refused"])
        self.authenticate("dana", "dana")
        reserve = self.book.get("site_grounds_reserve")
        self.assertIn("Track care, Coastal Reserve", self.text(reserve._client_url()))

    def test_requests_in_several_states(self):
        requests = self.as_user("dana")["project.task"].search([("client_request_number", "!=", False)])
        self.assertEqual(set(requests.mapped("client_status")), {"requested", "waiting", "completed"})
        self.assertTrue(self.env["client.request.type"].search_count([]) >= 3)

    def test_what_was_done(self):
        """A finished job with words, readings and, where staff show them, names; and one without names."""
        self.authenticate("dana", "dana")
        text = self.text(self.book.get("job_grounds_pruning")._client_url())
        for words in ("42 trees pruned", "Green waste mulched", "11 m³", "Jonas Weir"):
            self.assertIn(words, text)
        self.assertEqual(self.book.get("job_grounds_ladder")._client_done()["people"], "")

    def test_a_year_of_updates(self):
        updates = self.as_user("helen")["client.update"].search([])
        self.assertGreater(len(updates), 150)
        self.assertLess(min(updates.mapped("date")), Datetime.now() - timedelta(days=330))
        self.assertLessEqual(max(updates.mapped("date")), Datetime.now())
        months = {(date.year, date.month) for date in updates.mapped("date")}
        self.assertGreaterEqual(len(months), 12)

    def test_conversation(self):
        self.authenticate("dana", "dana")
        job = self.book.get("job_grounds_pruning")
        self.assertIn("42 trees pruned", self.text(job._client_url()))
        said = self.conversation(job)
        self.assertIn("Is the picnic area open again?", said)
        self.assertIn("Mira Reyes", said)
        self.assertNotIn("quoted 3 days", said)

    def test_internal_notes_stay(self):
        self.authenticate("helen", "helen")
        for talk in GROUNDS.talk:
            if talk.internal:
                self.assertNotIn(talk.text, self.conversation(self.book.get(f"job_grounds_{talk.on}")))


@tagged("post_install", "-at_install")
class TestViews(WorldCase):
    """Each person sees their own part of the world, on every page that links reach."""

    def test_words_tell_the_clients_apart(self):
        """Else the tests below would look for the wrong thing."""
        for one, other in ((GROUNDS, GARDENS), (GROUNDS, STUDIO), (GARDENS, STUDIO)):
            self.assertFalse(telling_words(one) & telling_words(other))

    def test_nothing_of_the_others(self):
        for key in ("dana", "amira"):
            with self.subTest(key):
                self.walk_alone(key)

    def test_the_look_alike(self):
        pages = self.walk("pryce")
        self.assertIn("Preserve pruning package", " ".join(pages.values()))
        self.assert_silent(pages, telling_words(GROUNDS) | telling_words(STUDIO))
        self.assert_silent(pages, INTERNAL)

    def test_one_site_only(self):
        pages = self.walk_alone("luca")
        others = {site.name for site in GROUNDS.sites} - {"Coastal Reserve"}
        others |= {job.title or job.name for job in GROUNDS.jobs if job.site != "reserve"}
        self.assert_silent(pages, others)
        self.assertEqual(self.tiles()["Completed jobs"][0], 10)
        self.assertEqual(self.tiles()["Active jobs"][0], 4)

    def test_member_of_two_clients(self):
        pages = self.walk("noor")
        text = " ".join(pages.values())
        self.assertIn("Pier 4", text)
        self.assertIn("Finch Quay", text)
        self.assert_silent(pages, telling_words(GARDENS) | {"Coastal Reserve", "Eastgate depot", "Hill St park"})

    def test_agency_client(self):
        self.authenticate("isla", "isla")
        project = self.book.get("project_studio_wayfinding")
        text = self.text(f"/my/projects/{project.id}")
        self.assertIn("Prototypes on the quay", text)
        self.assertIn("Opening day", text)

    def test_former_member(self):
        self.authenticate("priya", "priya")
        status, page = self.page("/my")
        self.assertEqual(status, 403)
        self.assertIn("Oakline Field Services", page.text_content())
        self.assert_silent({"/my": page.text_content()}, {site.name for site in GROUNDS.sites})
        self.assertEqual(self.book.get("member_grounds_priya").state, "removed")
        self.assertEqual(self.book.get("member_grounds_tom").state, "invited")

    def test_logins(self):
        """Everybody on the list gets in with their password."""
        for login, password, _who in world.LOGINS:
            with self.subTest(login):
                self.authenticate(login, password)
                user = self.env["res.users"].search([("login", "=", login)])
                self.assertEqual(self.session.uid, user.id)


@tagged("post_install", "-at_install")
class TestViewsOfAdministrator(WorldCase):
    """A class of its own, since it walks most pages: classes run at a time."""

    def test_nothing_of_the_others(self):
        self.walk_alone("helen")


@tagged("post_install", "-at_install")
class TestBuild(WorldCase):
    MODELS = (
        "res.partner",
        "res.users",
        "client.member",
        "client.update",
        "project.project",
        "project.task",
        "project.milestone",
        "sale.order",
        "account.move",
        "account.payment",
        "mail.message",
        "mail.mail",
        "ir.model.data",
        "product.product",
    )

    def counts(self):
        return {name: self.env[name].with_context(active_test=False).search_count([]) for name in self.MODELS}

    def test_second_build_changes_nothing(self):
        before = self.counts()
        started = time.monotonic()
        world.build(self.env)
        self.assertLess(time.monotonic() - started, 3)
        self.assertEqual(self.counts(), before)

    def test_nobody_was_written_to(self):
        """Building the world sends no mail to the people in it."""
        logins = [login for login, _password, _who in world.LOGINS if login != "admin"]
        people = [self.user(login).partner_id.id for login in logins]
        mails = self.env["mail.mail"].search(["|", ("recipient_ids", "in", people), ("email_to", "like", ".example")])
        self.assertFalse(mails.mapped("subject"))

    def test_operator(self):
        company = self.book.get("company")
        self.assertEqual((company.name, company.currency_id.name), ("Oakline Field Services", "USD"))
        self.assertTrue(company.chart_template)
        orders = self.env["sale.order"].search([("client_id", "=", self.book.get("client_grounds").id)])
        self.assertEqual(orders.company_id, company)
