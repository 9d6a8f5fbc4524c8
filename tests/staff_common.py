"""What the tests of the back office share: a client with two sites, a client manager, queued mails."""

from odoo.tests import TransactionCase


class StaffCase(TransactionCase):
    """One client with two sites, one client manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.env["res.partner"].create(
            {"name": "Alder Estates", "is_company": True, "email": "office@alder.example", "is_client": True}
        )
        cls.site, cls.other_site = cls.env["res.partner"].create(
            [
                {"name": name, "parent_id": cls.client.id, "type": "delivery", "is_client_site": True}
                for name in ("Alder Harbour", "Alder Hill")
            ]
        )
        cls.viewer = cls.env.ref("client_portal.client_role_viewer")
        cls.approver = cls.env.ref("client_portal.client_role_approver")
        cls.manager = cls.staff_user("mara", "client_portal.group_client_manager")
        cls.Member = cls.env["client.member"]

    @classmethod
    def staff_user(cls, login, *groups):
        """An internal user of the given groups.

        :return: res.users
        """
        group_ids = [cls.env.ref(xml_id).id for xml_id in ("base.group_user", *groups)]
        return (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": login.title(),
                    "login": login,
                    "email": f"{login}@operator.example",
                    "group_ids": [(6, 0, group_ids)],
                }
            )
        )

    @classmethod
    def portal_user(cls, login, parent, **values):
        """A portal login on a contact of ``parent``."""
        partner = cls.env["res.partner"].create(
            {"name": login.title(), "parent_id": parent.id, "email": f"{login}@alder.example", **values}
        )
        return (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "login": login,
                    "partner_id": partner.id,
                    "group_ids": [(6, 0, cls.env.ref("base.group_portal").ids)],
                }
            )
        )

    def mails(self):
        """Mails queued since the last call of this method began counting."""
        return self.env["mail.mail"].sudo().search([("id", ">", self.last_mail)], order="id")

    def setUp(self):
        super().setUp()
        self.last_mail = self.env["mail.mail"].sudo().search([], order="id desc", limit=1).id or 0

    def invite(self, email, name="Jane Grove", role=None, **options):
        """Invite as the client manager does."""
        member = self.Member.with_user(self.manager)
        return member._client_invite(self.client, name, email, role or self.viewer, **options)
