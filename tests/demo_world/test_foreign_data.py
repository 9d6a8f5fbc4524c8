"""The suite on data nobody here wrote: a customer of Odoo's own demo data becomes a client."""

from odoo.tests import HttpCase, tagged

EMAIL = "jane@foreign.example"


@tagged("post_install", "-at_install")
class TestForeignData(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.ref("base.main_company")
        cls.client = cls._customer_with_everything()

    @classmethod
    def _customer_with_everything(cls):
        """The demo customer with most that a client could see: projects, jobs, quotes and invoices.

        :return: res.partner, a commercial partner
        """
        found = {}
        for model in ("project.project", "project.task", "sale.order", "account.move"):
            domain = [
                ("client_id", "!=", False),
                ("client_id.is_client", "=", False),
                ("client_published", "=", True),
                ("company_id", "in", [cls.company.id, False]),
            ]
            groups = cls.env[model]._read_group(domain, ["client_id"], ["__count"])
            found[model] = {client: count for client, count in groups}
        customers = set(found["sale.order"]) & set(found["account.move"])
        with_work = customers & set(found["project.task"]) or customers
        own = cls.env["res.company"].search([]).partner_id
        return max(
            with_work - set(own),
            key=lambda c: (len([m for m in found if c in found[m]]), found["sale.order"][c], -c.id),
        )

    def _make_client(self):
        """As staff do it: the wizard on the partner, then an invitation."""
        manager = self.env.ref("base.user_admin")
        manager.group_ids += self.env.ref("client_portal.group_client_manager")
        manager = self.env["client.make.wizard"].with_user(manager)
        wizard = manager.create({"partner_id": self.client.id})
        wizard.action_client_confirm()
        self.assertTrue(self.client.is_client)
        member = self.env["client.member"]._client_invite(
            self.client, "Jane Foreign", EMAIL, self.env.ref("client_portal.client_role_administrator"), notify=False
        )
        member.user_id.password = EMAIL
        return member.user_id

    def _expected(self, model):
        """Published records of the customer, found through Odoo's own customer fields alone."""
        states = {
            "sale.order": [("state", "in", ("sent", "sale"))],
            "account.move": [("state", "=", "posted"), ("move_type", "in", ("out_invoice", "out_refund"))],
            "project.project": [("privacy_visibility", "in", ("portal", "invited_users")), ("is_template", "=", False)],
            "project.task": [
                ("project_id.privacy_visibility", "in", ("portal", "invited_users")),
                ("parent_id", "=", False),
                ("is_template", "=", False),
                ("project_id.is_template", "=", False),
            ],
        }
        return self.env[model].search([("partner_id.commercial_partner_id", "=", self.client.id), *states[model]])

    def test_existing_records_are_there(self):
        user = self._make_client()
        env = self.env(user=user.id, su=False, context={"lang": "en_US"})
        for model in ("sale.order", "account.move", "project.project", "project.task"):
            with self.subTest(model):
                self.assertEqual(
                    env[model].search([]).ids,
                    self._expected(model).with_env(env).search([("id", "in", self._expected(model).ids)]).ids,
                )
        self.assertTrue(env["sale.order"].search_count([]))
        self.assertTrue(env["account.move"].search_count([]))

    def test_existing_records_on_the_pages(self):
        self._make_client()
        self.authenticate(EMAIL, EMAIL)
        self.assertIn(self.client.name, self.url_open("/my").text)
        for model, address in (
            ("sale.order", "/my/quotes"),
            ("account.move", "/my/invoices"),
            ("project.task", "/my/jobs"),
        ):
            listed = self.url_open(address).text
            for record in self._expected(model)[:5]:
                with self.subTest(record=record):
                    self.assertIn(f'href="{record._client_url()}"', listed)
                    self.assertEqual(self.url_open(record._client_url()).status_code, 200)
