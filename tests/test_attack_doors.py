"""Smaller doors: the bus, the password nobody has, the books of the suite, models an administrator let in."""

from unittest.mock import patch

from odoo.exceptions import AccessDenied, AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.client_allowlist import CLIENT_READABLE
from .common import ClientPortalCommon
from .doors_common import DoorsCase

LET_IN = ("account.analytic.line", "calendar.event", "project.tags", "project.task.type")


@tagged("post_install", "-at_install", "client_portal")
class TestAttackBus(DoorsCase):
    def test_members_hear_what_is_sent_to_themselves(self):
        made_up = ["broadcast", "editor_collaboration:project.task:description:1", "discuss.channel_1", "anything"]
        group = self.env.ref("base.group_portal")
        for actor in ("stock", "administrator_a", "both", "revoked"):
            answer = self.rpc(actor, "/websocket/peek_notifications", channels=made_up, last=0, is_first_poll=True)
            heard = [tuple(channel[1:]) for channel in answer["result"]["channels"]]
            me = ("res.partner", self.users[actor].partner_id.id)
            own = [("broadcast",), me, (*me, "presence")]
            with self.subTest(actor=actor):
                if actor == "stock":
                    stock = {("res.groups", group.id), ("anything",)}
                    self.assertLess(stock, set(heard), "stock adds to what is asked")
                else:
                    self.assertEqual(heard, own)


@tagged("post_install", "-at_install", "client_portal")
class TestAttackSignIn(ClientPortalCommon):
    def test_asking_for_a_password_does_the_same_for_everybody(self):
        """Known or not: one row, no mail, as many queries; what is sent is sent by the scheduler."""
        asked, mails = self.env["client.password.reset"], self.env["mail.mail"]
        costs = set()
        for login in ("warm", "requester_a", "nobody@example.com", "requester_a@example.com", "stock"):
            before, count = mails.search_count([]), self.cr.sql_log_count
            self.assertTrue(self.env["res.users"].sudo().reset_password(login))
            self.env.flush_all()
            costs |= {self.cr.sql_log_count - count} if login != "warm" else set()
            self.assertEqual(mails.search_count([]), before)
        self.assertEqual(len(costs), 1)
        self.assertEqual(len(asked.search([])), 5)
        sent = []
        users = self.registry["res.users"]
        with patch.object(users, "action_reset_password", lambda self: sent.extend(self.mapped("login"))):
            with mute_logger("odoo.addons.client_portal.models.client_password_reset"):
                asked._send_all()
        self.assertEqual(sorted(sent), ["requester_a", "requester_a", "stock"])
        self.assertFalse(asked.search([]))

    def test_a_login_nobody_has_costs_a_password(self):
        users = self.env["res.users"]
        context = type(users._crypt_context())
        for login, hashed in (("nobody@example.com", 1), ("requester_a", 0)):
            with patch.object(context, "hash", autospec=True, return_value="") as spent:
                with mute_logger("odoo.addons.base.models.res_users"), self.assertRaises(AccessDenied):
                    users._login({"type": "password", "login": login, "password": "wrong"}, {})
            self.assertEqual(spent.call_count, hashed, login)


@tagged("post_install", "-at_install", "client_portal")
class TestAttackBooks(ClientPortalCommon):
    def test_the_books_refuse_strangers_with_an_access_error(self):
        """Their company is a plain number, over which Odoo's own refusal stumbles."""
        update = self.env["client.update"]._append([self.task_a_one._client_update_vals("job_completed")])
        self.env.flush_all()
        with self.assertRaises(AccessError):
            update.with_env(self.as_user("stock")).read(["values"])

    def test_a_model_let_in_opens_its_allowlist_and_no_more(self):
        models = self.env["ir.model"].search([("model", "in", LET_IN)])
        models.client_portal_allowed = True
        self.env["project.collaborator"].create(
            {"project_id": self.project_a_one.id, "partner_id": self.users["administrator_a"].partner_id.id}
        )
        self.env.flush_all()
        env = self.as_user("administrator_a")
        for name in models.mapped("model"):
            if not env[name].has_access("read"):
                continue  # nobody outside has any right on it here
            allowed = CLIENT_READABLE[name]
            with self.subTest(model=name):
                self.assertEqual(set(env[name].fields_get(attributes=["type"])), allowed & set(env[name]._fields))
                with self.assertRaises(AccessError):
                    env[name].search([("create_uid", "!=", False)])
