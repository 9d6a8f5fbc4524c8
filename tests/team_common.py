"""What the tests of the team page share: looking and acting as somebody, and what a form would send."""

from .common import ClientPortalCommon


class TeamCommon(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site_admin = cls._site_admin()
        cls.invited = cls._invited()

    @classmethod
    def _site_admin(cls):
        """``colleague`` administers one site of client A."""
        return cls.env["client.member"].create(
            {
                "user_id": cls.users["colleague"].id,
                "client_id": cls.client_a.id,
                "role_id": cls.roles["administrator"].id,
                "all_sites": False,
                "site_ids": [(6, 0, cls.site_a_one.ids)],
            }
        )

    @classmethod
    def _invited(cls):
        """Somebody of client A who has not signed in yet."""
        member = cls.env["client.member"]._client_invite(
            cls.client_a, "Nina New", "nina@example.com", cls.roles["viewer"]
        )
        cls.users["nina"] = member.user_id
        cls.members["nina"] = member
        return member

    def team(self, actor):
        """``client.member`` as ``actor``."""
        return self.as_user(actor)["client.member"]

    def own(self, actor):
        """The membership ``actor`` manages a team with."""
        return self.team(actor)._client_team()

    def typed(self, role="viewer", sites=(), name="Jo Doe", email="jo@example.com", scope=None):
        """What a form sends."""
        role = self.roles.get(role, role)
        return {
            "name": name,
            "email": email,
            "role": str(role.id) if role else "",
            "scope": scope or ("some" if sites else "all"),
            "sites": [str(site.id) for site in sites],
        }

    def invite(self, actor="administrator_a", **typed):
        return self.own(actor)._client_team_invite(self.typed(**typed))

    def kinds(self, member):
        """Kinds of the updates about a member, oldest first."""
        updates = self.env["client.update"].search(
            [("res_model", "=", "client.member"), ("res_id", "=", member.id)], order="id"
        )
        return updates.mapped("kind")

    def written(self):
        """How much there is of everything an invitation makes."""
        models = ("res.users", "res.partner", "client.member", "mail.mail", "client.update")
        return {name: self.env[name].sudo().with_context(active_test=False).search_count([]) for name in models}
