"""The note in the session and the list of pages of *Preview as client*; tests/live has whole previews."""

import threading
import time
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.http import root
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.client_preview import MINUTES, SESSION_KEY
from ..models.ir_http_preview import OWN_ROUTES, PREVIEW_ROUTES
from .common import ClientPortalCommon


@tagged("post_install", "-at_install", "client_portal")
class TestPreviewNote(ClientPortalCommon):
    def setUp(self):
        super().setUp()
        self.preview = self.env["client.preview"].with_env(self.as_user("manager"))
        self.note = self.preview._seal(self.members["viewer_a"])

    def allowed(self, note=None, **changes):
        return self.preview._member({**(note or self.note), **changes})

    def test_holds_for_its_staff_user_and_its_time(self):
        self.assertEqual(self.allowed(), self.members["viewer_a"])
        self.assertLessEqual(self.note["until"], time.time() + MINUTES * 60)
        self.preview = self.env["client.preview"].with_env(self.as_user("staff"))
        self.assertFalse(self.allowed(), "bound to who made it")

    def test_ends_by_the_clock(self):
        over = {**self.note, "until": int(time.time()) - 1}
        self.assertFalse(self.allowed({**over, "sign": self.preview._sign(over)}))

    def test_changed_notes_hold_for_nothing(self):
        other, later = self.members["administrator_a"].id, self.note["until"] + 9999
        for change in ({"member": other}, {"until": later}, {"sign": ""}, {"sign": None}):
            self.assertFalse(self.allowed(**change))

    def test_shows_portal_users_only(self):
        user = self.members["viewer_a"].user_id
        user.write({"group_ids": [(6, 0, self.env.ref("base.group_user").ids)]})
        self.assertFalse(self.allowed(), "never look with the rights of another member of staff")
        with self.assertRaises(UserError):
            self.members["viewer_a"].with_env(self.as_user("manager")).action_client_preview()

    def test_needs_the_right(self):
        with self.assertRaises(AccessError):
            self.members["viewer_a"].with_env(self.as_user("staff")).action_client_preview()
        right = self.env.ref("client_portal.group_client_preview")
        self.env.ref("client_portal.group_client_manager").implied_ids -= right
        self.users["manager"].group_ids -= right
        self.assertFalse(self.allowed())


@tagged("post_install", "-at_install", "client_portal")
class TestPreviewPages(ClientPortalCommon, HttpCase):
    def look_as(self, member, staff="manager"):
        """The session of staff who pressed the button."""
        session = self.authenticate(staff, staff)
        session[SESSION_KEY] = self.env["client.preview"].with_env(self.as_user(staff))._seal(self.members[member])
        root.session_store.save(session)
        self.opener.cookies.set("session_id", session.sid)

    def test_listed_addresses_exist(self):
        with patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            rules = list(self.env["ir.http"].routing_map().iter_rules())
        known = {rule.rule for rule in rules}
        self.assertLessEqual(PREVIEW_ROUTES | OWN_ROUTES, known)
        for rule in rules:
            if set(rule.endpoint.routing["routes"]) & PREVIEW_ROUTES:
                self.assertIn("GET", rule.methods or {"GET"}, rule.rule)
                self.assertEqual(rule.endpoint.routing["type"], "http", rule.rule)

    def test_shows_what_the_member_sees(self):
        self.look_as("site_viewer_a")
        page = self.url_open("/my/jobs")
        self.assertIn("You see the portal as <strong>Contact site_viewer_a</strong>", page.text)
        self.assertIn(self.task_a_one.client_name, page.text)
        self.assertNotIn(self.task_a_two.client_name, page.text)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(f"/my/jobs/{self.task_a_two.id}").status_code, 404)
            self.assertEqual(self.url_open("/my/quotes").status_code, 404)

    def test_a_suspended_member_sees_the_plain_page(self):
        self.look_as("suspended")
        with mute_logger("odoo.http"):
            reply = self.url_open("/my")
        self.assertEqual(reply.status_code, 403)
        self.assertIn("You do not have access at the moment", reply.text)
        self.assertIn("You see the portal as", reply.text)

    def test_forms_and_other_pages_are_refused(self):
        self.look_as("approver_a")
        with mute_logger("odoo.http"):
            for path in (f"/my/orders/{self.order_a_sent.id}/decline", "/my"):
                reply = self.url_open(path, data={"decline_message": "no"})
                self.assertEqual((reply.status_code, reply.headers["Allow"]), (405, "GET, HEAD"))
            for path in ("/odoo", "/my/security", "/web/health"):
                self.assertEqual(self.url_open(path).status_code, 403, path)
        self.assertEqual(self.order_a_sent.state, "sent")
        self.assertIn("End preview", reply.text)
