"""Keys in addresses: they open what is nobody's client, and nothing of a client."""

from odoo.tests import tagged

from odoo.addons.payment import utils as payment_utils

from .doors_common import OF_CLIENT, OF_NOBODY, OUTSIDERS, PAGE, DoorsCase


@tagged("post_install", "-at_install", "client_portal")
class TestDoorsTokens(DoorsCase):
    def page(self, record, key=True, **extra):
        query = "&".join(f"{k}={v}" for k, v in ({"access_token": self.key(record)} if key else {} | extra).items())
        return f"{PAGE[record._name] % record.id}?{query}"

    def test_stock_opens_by_key(self):
        for name in OF_NOBODY:
            record = self.records[name]
            for actor in ("public", "stock"):
                with self.subTest(record=name, actor=actor):
                    self.assertTrue(self.shows(self.get(actor, self.page(record)), record))

    def test_no_key_opens_a_clients_record(self):
        for name in OF_CLIENT:
            record = self.records[name]
            for actor in OUTSIDERS:
                with self.subTest(record=name, actor=actor):
                    reply = self.get(actor, self.page(record))
                    self.assertNotIn(self.label(record), reply.text)
                    self.assertNotIn("SECRET", reply.text)
                    if actor == "public":
                        self.assertEqual(reply.status_code, 404, "a plain page, not a way to sign in")

    def test_a_wrong_key_answers_as_for_a_missing_record(self):
        order = self.order_a_sent
        self.key(order)
        wrong = self.get("public", f"/my/orders/{order.id}?access_token=junk")
        missing = self.get("public", "/my/orders/99999999?access_token=junk")
        self.assertEqual(
            (wrong.status_code, wrong.headers["Location"]), (missing.status_code, missing.headers["Location"])
        )

    def test_members_need_no_key_and_staff_keep_previewing(self):
        order, invoice = self.order_a_sent, self.invoice_a_one
        self.assertTrue(self.shows(self.get("approver_a", f"/my/orders/{order.id}"), order))
        self.assertTrue(self.shows(self.get("billing_a", self.page(invoice)), invoice))
        seller = self.users["manager"]
        seller.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.assertTrue(self.shows(self.get("manager", order.get_portal_url()), order))

    def test_hole_1_a_junk_key_opens_any_task_of_a_project(self):
        hidden = self.env["project.task"].create(
            {"name": "Cedar hidden", "project_id": self.project_stock.id, "description": "Cedar inside"}
        )
        path = f"/my/projects/{self.project_stock.id}/task/{hidden.id}?access_token=junk"
        self.assertTrue(self.shows(self.get("stock", path), hidden), "stock does")
        for key in ("task_a_unpublished", "task_a_subtask", "task_a_one"):
            task = self.records[key]
            path = f"/my/projects/{task.project_id.id}/task/{task.id}?access_token=junk"
            for actor in ("viewer_a", *OUTSIDERS):
                with self.subTest(task=key, actor=actor):
                    reply = self.get(actor, path)
                    self.assertFalse(self.shows(reply, task))
                    self.assertNotIn("SECRET", reply.text)

    def test_hole_2_a_projects_key_opens_its_tasks(self):
        stock, mine = self.project_stock, self.project_a_whole
        path = f"/my/projects/{stock.id}/task/{self.task_stock.id}?access_token={self.key(stock)}"
        self.assertTrue(self.shows(self.get("public", path), self.task_stock), "stock does")
        path = f"/my/projects/{mine.id}/task/{self.task_a_one.id}?access_token={self.key(mine)}"
        for actor in OUTSIDERS:
            with self.subTest(actor=actor):
                self.assertFalse(self.shows(self.get(actor, path), self.task_a_one))

    def test_the_key_of_an_internal_project_opens_no_clients_task(self):
        """A project of nobody may hold the jobs of clients."""
        project = self.project_stock
        self.task_a_one.project_id = project
        key = self.key(project)
        path = f"/my/projects/{project.id}/task/{self.task_a_one.id}?access_token={key}"
        reply = self.get("public", f"/my/projects/{project.id}?access_token={key}")
        self.assertIn(self.task_stock.name, reply.text, "stock lists its tasks")
        self.assertNotIn(self.task_a_one.name, reply.text)
        for actor in ("public", "stock"):
            self.assertFalse(self.shows(self.get(actor, path), self.task_a_one), actor)

    def test_reports(self):
        for stock, mine in ((self.order_stock, self.order_a_sent), (self.invoice_stock, self.invoice_a_one)):
            path = PAGE[stock._name] + "?report_type=html&access_token=%s"
            self.assertEqual(self.get("public", path % (stock.id, self.key(stock))).status_code, 200, "stock does")
            for actor in OUTSIDERS:
                with self.subTest(actor=actor, model=mine._name):
                    self.assertNotEqual(self.get(actor, path % (mine.id, self.key(mine))).status_code, 200)

    def test_report_routes(self):
        path = "/report/html/sale.report_saleorder/%s"
        self.assertIn(
            "Failed to read field", self.get("stock", path % self.order_stock.id).text, "stock names its models"
        )
        for actor in ("approver_a", "administrator_b", "revoked"):
            with self.subTest(actor=actor):
                reply = self.get(actor, path % self.order_a_sent.id)
                self.assertEqual(reply.status_code, 404)
                self.assertNotIn("sale.order", reply.text)
        self.assertNotEqual(self.get("stock", path % self.order_a_sent.id).status_code, 200)

    def test_paying_by_key(self):
        for record, route in (
            (self.order_stock, "/my/orders/%s/transaction"),
            (self.invoice_stock, "/invoice/transaction/%s"),
        ):
            reply = self.rpc("public", route % record.id, access_token=self.key(record))
            self.assertNotIn("access token", str(reply), "stock takes the key and misses the rest of the form")
        for record, route in (
            (self.order_a_sent, "/my/orders/%s/transaction"),
            (self.invoice_a_one, "/invoice/transaction/%s"),
        ):
            for actor in OUTSIDERS:
                with self.subTest(record=record._name, actor=actor):
                    reply = self.rpc(actor, route % record.id, access_token=self.key(record))
                    self.assertRegex(str(reply["error"]), "404|access token")

    def test_payment_links(self):
        def link(invoice):
            values = (invoice.partner_id.id, 100.0, invoice.currency_id.id)
            token = payment_utils.generate_access_token(*values, env=self.env)
            return f"/payment/pay?invoice_id={invoice.id}&amount=100.0&access_token={token}"

        self.assertEqual(self.get("public", link(self.invoice_stock)).status_code, 200, "stock does")
        for actor in OUTSIDERS:
            with self.subTest(actor=actor):
                reply = self.get(actor, link(self.invoice_a_one))
                self.assertEqual(reply.status_code, 404)
                self.assertNotIn(self.invoice_a_one.name, reply.text)
        self.assertEqual(
            self.rpc("billing_a", "/invoice/transaction/overdue", payment_reference="x")["error"]["code"], 404
        )

    def test_mail_view_leads_to_the_sign_in_page(self):
        def view(record, **extra):
            query = {"model": record._name, "res_id": record.id, "access_token": self.key(record), **extra}
            return self.get("public", "/mail/view?" + "&".join(f"{k}={v}" for k, v in query.items()))

        self.assertIn("access_token", view(self.order_stock).headers["Location"], "stock hands the key on")
        for name in OF_CLIENT:
            record = self.records[name]
            pid = self.client_a.id
            target = view(record, pid=pid, hash=record._sign_token(pid)).headers["Location"]
            with self.subTest(record=name):
                self.assertIn("/web/login", target)
                self.assertNotIn("access_token", target)
                self.assertNotIn("hash", target)

    def test_conversation_by_key(self):
        """The chatter's routes with a token, or a hash and a pid."""
        for stock, mine in ((self.order_stock, self.order_a_sent), (self.task_stock, self.task_a_one)):
            for record, actors, expected in ((stock, ("public",), True), (mine, OUTSIDERS, False)):
                message = self.say(record, "Between us")
                pid = record.partner_id.id
                keys = ({"token": self.key(record)}, {"hash": record._sign_token(pid), "pid": pid})
                where = {"thread_model": record._name, "thread_id": record.id}
                for actor in actors:
                    for key in keys:
                        with self.subTest(record=record._name, actor=actor, key=list(key)):
                            posted = self.rpc(actor, "/mail/message/post", post_data={"body": "Hi"}, **where, **key)
                            self.assertEqual("result" in posted, expected)
                            seen = self.rpc(actor, "/portal/chatter_init", **where, **key)
                            self.assertEqual("mail.thread" in str(seen.get("result")), expected)
                            like = self.rpc(
                                actor,
                                "/mail/message/reaction",
                                message_id=message.id,
                                content="👍",
                                action="add",
                                **key,
                            )
                            self.assertEqual("result" in like, expected)
                    read = self.rpc(actor, "/mail/chatter_fetch", **where, **keys[0])
                    self.assertEqual("Between us" in str(read), expected)
                    picture = (
                        f"/mail/avatar/mail.message/{message.id}/author_avatar/50x50?access_token={keys[0]['token']}"
                    )
                    self.assertIn(self.get(actor, picture).status_code, (200, 404))

    def test_portal_users_of_no_client_see_no_clients_record_by_following_it(self):
        partner = self.users["stock"].partner_id
        for name in ("project_a_one", "task_a_one"):
            record = self.records[name]
            record.message_subscribe(partner.ids)
            self.assertFalse(self.sees("stock", record), name)
        self.assertTrue(self.sees("stock", self.task_stock))
        self.assertTrue(self.sees("stock", self.order_stock))

    def test_rating_links(self):
        for record, status in ((self.task_stock, 200), (self.task_a_one, 404)):
            token = record._rating_get_access_token()
            self.env.flush_all()
            for actor in ("public", "stock", "administrator_b", "revoked") if status == 404 else ("public",):
                with self.subTest(record=record.name, actor=actor):
                    self.assertEqual(self.get(actor, f"/rate/{token}/5").status_code, status)

    def test_saved_cards_of_the_company(self):
        self.assertEqual(self.get("stock", "/my/payment_method").status_code, 200, "stock lists them")
        for actor in ("administrator_a", "revoked"):
            self.assertEqual(self.get(actor, "/my/payment_method").status_code, 404)
            self.assertEqual(self.rpc(actor, "/payment/archive_token", token_id=1)["error"]["code"], 404)
