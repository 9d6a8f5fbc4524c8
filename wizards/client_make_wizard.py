"""Make a partner a client, after showing who gains and who loses what."""

from odoo import Command, api, fields, models
from odoo.tools import SQL

# Records whose followers may be looking at this client's work today.
FOLLOWED = {
    "project.project": "project_project",
    "project.task": "project_task",
    "sale.order": "sale_order",
    "account.move": "account_move",
}


class ClientMakeWizard(models.TransientModel):
    """Lists the people who reach a partner's records today and asks for a role for each."""

    _name = "client.make.wizard"
    _description = "Make a client"

    partner_id = fields.Many2one("res.partner", string="Client", required=True, readonly=True, ondelete="cascade")
    line_ids = fields.One2many(
        "client.make.wizard.line",
        "wizard_id",
        string="People",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    notify = fields.Boolean(
        string="Tell people who have a login by e-mail",
        help="People invited here always get their invitation. This also writes to those who could sign in already.",
    )

    @api.depends("partner_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [Command.create(values) for values in wizard._client_people()]

    def _client_people(self):
        """Everybody outside the house who may be looking at this partner's records.

        Portal users of the company, people projects were shared with, and followers.

        :return: list[dict] values of client.make.wizard.line
        """
        self.ensure_one()
        client = self.partner_id.commercial_partner_id
        if not client:
            return []
        users = self._client_portal_users(client)
        shared = self._client_collaborators(client)
        follows = self._client_followers(client)
        former = self._client_former(client)
        partners = users.partner_id | shared | follows | former.partner_id
        lines = []
        for partner in partners.sorted(lambda p: (not p.user_ids, p.name or "", p.id)):
            if self._client_is_person(client, partner):
                lines.append(self._client_line(client, partner, shared, follows))
        return lines

    def _client_line(self, client, partner, shared, follows):
        """Values of one line of the wizard."""
        member = self._client_former(client).filtered(lambda member: member.partner_id == partner)
        reasons = [
            (member, self.env._("former member")),
            (partner.user_ids, self.env._("portal login")),
            (partner in shared, self.env._("shared project")),
            (partner in follows, self.env._("follower")),
        ]
        return {
            "partner_id": partner.id,
            "user_id": partner.user_ids[:1].id,
            "member_id": member.id,
            "reason": ", ".join(str(text) for holds, text in reasons if holds),
            "role_id": (member.role_id or self._client_propose(client, partner, shared)).id,
        }

    @api.model
    def _client_portal_users(self, client):
        """Portal logins of the whole company of a client."""
        Users = self.env["res.users"].sudo()  # reason: a client manager prepares their access
        return Users.search([("share", "=", True), ("partner_id.commercial_partner_id", "=", client.id)])

    @api.model
    def _client_collaborators(self, client):
        """Partners this client's projects are shared with (project sharing)."""
        Collaborator = self.env["project.collaborator"].sudo()  # reason: also of projects nobody showed the manager
        rows = Collaborator.search([("project_id.client_id", "=", client.id)])
        return rows.partner_id.filtered("partner_share")

    @api.model
    def _client_former(self, client):
        """Memberships from a time when this partner was a client before."""
        return self.env["client.member"].search([("client_id", "=", client.id)])

    @api.model
    def _client_followers(self, client):
        """Outside followers of the client's records; one grouped statement per model."""
        self.env.flush_all()
        ids = set()
        for model, table in FOLLOWED.items():
            rows = self.env.execute_query(
                SQL(
                    """SELECT DISTINCT f.partner_id
                         FROM mail_followers f
                         JOIN %(table)s r ON r.id = f.res_id
                         JOIN res_partner p ON p.id = f.partner_id
                        WHERE f.res_model = %(model)s
                          AND r.client_id = %(client)s
                          AND p.partner_share AND p.active""",
                    table=SQL.identifier(table),
                    model=model,
                    client=client.id,
                )
            )
            ids.update(partner_id for (partner_id,) in rows)
        return self.env["res.partner"].sudo().browse(sorted(ids))  # reason: names of followers only

    @api.model
    def _client_is_person(self, client, partner):
        """Whether a follower is somebody who could sign in: no company, no bare address.

        A partner with a login always is, and so is a private client.
        """
        if partner.user_ids:
            return True
        return not partner.is_company and partner.type == "contact"

    @api.model
    def _client_propose(self, client, partner, shared):
        """The least role that fits what a person does with the client's records today.

        :return: client.role, empty for people of other companies without a login
        """
        inside = partner.commercial_partner_id == client
        if not inside and partner not in shared:
            return self.env["client.role"]
        if partner == client:
            name = "administrator"
        elif inside and self._client_has_ordered(partner):
            name = "approver"
        elif inside and partner.type == "invoice":
            name = "billing"
        elif partner in shared:
            name = "requester"
        else:
            name = "viewer"
        return self.env.ref("client_portal.client_role_%s" % name)

    @api.model
    def _client_has_ordered(self, partner):
        """Whether quotes or orders were made out to this very person."""
        orders = self.env["sale.order"].sudo()  # reason: a client manager may hold no sales right
        return bool(orders.search_count([("partner_id", "=", partner.id), ("state", "in", ("sent", "sale"))], limit=1))

    def action_client_confirm(self):
        """Flag the client and create the memberships, all or nothing."""
        self.ensure_one()
        client = self.partner_id.commercial_partner_id
        client.is_client = True
        for line in self.line_ids:
            line._client_apply(client)
        if self.env.context.get("default_partner_id"):  # opened from the client's form, which reloads
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": client.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
