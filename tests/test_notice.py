"""Notices: who reads one on their home page, until when, and what they say to it."""

from datetime import timedelta

from lxml import html

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.client_portal.models.client_gate import ClientNotFound

from .common import ClientPortalCommon
from .test_portal_pages import PagesCase

READERS = ("viewer_a", "requester_a", "approver_a", "billing_a", "administrator_a", "site_viewer_a", "administrator_b")


class NoticeCase(ClientPortalCommon):
    @classmethod
    def notice(cls, **values):
        plain = {"name": "Gates closed", "body": "We repair the gates.\nPlease use the back.", "published": True}
        return cls.env["client.notice"].create({**plain, **values})

    def stands(self, actor, client=None):
        """Titles of the notices on somebody's home page."""
        env = self.as_user(actor)
        client = client or env.user._client_members().client_id[:1]
        return [notice["title"] for notice in env["client.notice"]._client_standing(client)]

    def put_away(self, actor, notice, acknowledged=False):
        self.as_user(actor)["client.notice"]._client_put_away(notice.id, acknowledged)


@tagged("post_install", "-at_install")
class TestNotice(NoticeCase):
    def test_whom_it_is_for(self):
        members_of_a = set(READERS) - {"administrator_b"}
        table = (
            ({}, set(READERS)),
            ({"client_id": self.client_a.id}, members_of_a),
            ({"client_id": self.client_b.id}, {"administrator_b"}),
            ({"client_id": self.client_a.id, "site_id": self.site_a_one.id}, members_of_a),
            ({"client_id": self.client_a.id, "site_id": self.site_a_two.id}, members_of_a - {"site_viewer_a"}),
            ({"role_id": self.roles["billing"].id}, {"billing_a"}),
            ({"role_id": self.roles["administrator"].id}, {"administrator_a", "administrator_b"}),
            ({"client_id": self.client_a.id, "role_id": self.roles["viewer"].id}, {"viewer_a", "site_viewer_a"}),
            ({"published": False}, set()),
        )
        for values, expected in table:
            with self.subTest(values=values):
                notice = self.notice(**values)
                self.assertEqual({actor for actor in READERS if self.stands(actor)}, expected)
                for actor in ("revoked", "suspended", "colleague", "stock"):
                    self.assertFalse(self.stands(actor, self.client_a), actor)
                    with self.assertRaises(ClientNotFound):
                        self.put_away(actor, notice)
                reached = notice._members().user_id
                addressed = {actor for actor in READERS if self.users[actor] in reached}
                self.assertEqual(addressed, expected if notice.published else set(READERS))
                notice.unlink()

    def test_two_clients_stay_apart(self):
        self.notice(client_id=self.client_a.id)
        self.assertTrue(self.stands("both", self.client_a))
        self.assertFalse(self.stands("both", self.client_b))

    def test_only_clients_of_its_company(self):
        self.client_a.client_company_ids = self.company_one
        self.notice(company_id=self.company_two.id)
        self.assertFalse(self.stands("viewer_a"))

    def test_from_and_until(self):
        today = self.env["client.words"].with_user(self.users["viewer_a"])._today()
        day = timedelta(days=1)
        for first, last, stands in (
            (today, today, True),
            (today - day, False, True),
            (today + day, False, False),
            (today - day * 3, today - day, False),
        ):
            notice = self.notice(date_from=first, date_to=last)
            self.assertEqual(bool(self.stands("viewer_a")), stands, (first, last))
            notice.unlink()

    def test_put_away_by_each_for_themselves(self):
        notice = self.notice()
        self.put_away("viewer_a", notice)
        self.assertFalse(self.stands("viewer_a"))
        self.assertTrue(self.stands("billing_a"))
        self.assertEqual(notice.reading_ids.member_id, self.members["viewer_a"])
        self.assertFalse(notice.reading_ids.acknowledged_on)
        with self.assertRaises(ClientNotFound):
            self.put_away("viewer_a", notice)

    def test_acknowledgement_is_kept_with_the_words(self):
        notice = self.notice(asks=True)
        with self.assertRaises(ClientNotFound):
            self.put_away("viewer_a", notice)
        self.assertTrue(self.stands("viewer_a"))
        self.put_away("viewer_a", notice, acknowledged=True)
        self.assertFalse(self.stands("viewer_a"))
        self.assertTrue(notice.reading_ids.acknowledged_on)
        self.assertEqual(notice.acknowledged_count, 1)
        for change in ({"body": "Something else"}, {"name": "Else"}, {"client_id": self.client_b.id}):
            with self.assertRaises(UserError):
                notice.write(change)
        with self.assertRaises(UserError):
            notice.unlink()
        notice.action_client_unpublish()
        self.assertFalse(self.stands("billing_a"))

    def test_a_site_of_somebody_else_is_refused(self):
        with self.assertRaises(ValidationError):
            self.notice(client_id=self.client_a.id, site_id=self.site_b_one.id)

    def test_members_read_no_table(self):
        notice = self.notice()
        self.put_away("viewer_a", notice)
        for actor in ("viewer_a", "administrator_a", "stock", "staff"):
            for record in (notice, notice.reading_ids):
                with self.subTest(actor=actor, model=record._name), self.assertRaises(AccessError):
                    record.with_env(self.as_user(actor)).read(["id"])
            with self.assertRaises(AccessError):
                notice.with_env(self.as_user(actor)).action_client_unpublish()


@tagged("post_install", "-at_install")
class TestNoticePage(NoticeCase, PagesCase):
    def act(self, page, kind):
        form = page.xpath(f"//form[contains(@action, '/{kind}')]")[0]
        token = form.xpath(".//input[@name='csrf_token']/@value")[0]
        return self.url_open(form.get("action"), data={"csrf_token": token})

    def test_home_page(self):
        plain, asking = self.notice(name="Plain <b>one</b>"), self.notice(name="Asking one", asks=True, tone="warning")
        response = self.page("viewer_a", "/my")
        self.assertIn("Plain &lt;b&gt;one", response.text)
        page = html.fromstring(response.text)
        self.assertEqual(self.act(page, "dismissal").status_code, 200)
        page = html.fromstring(self.page("viewer_a", "/my").text)
        self.assertNotIn("Plain", page.text_content())
        self.act(page, "acknowledgement")
        self.assertNotIn("Asking one", self.page("viewer_a", "/my").text)
        self.assertEqual((plain + asking).reading_ids.member_id, self.members["viewer_a"])
        self.assertTrue(asking.reading_ids.acknowledged_on)
        self.assertEqual(self.page("viewer_a", f"/my/notices/{plain.id}/dismissal").status_code, 405)
