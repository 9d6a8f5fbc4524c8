"""One person in the make-client wizard: what they see today, what they will see."""

from odoo import api, fields, models
from odoo.fields import Domain

# model -> capability that shows it
SEEN = {
    "project.project": "see_jobs",
    "project.task": "see_jobs",
    "sale.order": "see_quotes",
    "account.move": "see_invoices",
}


class ClientMakeWizardLine(models.TransientModel):
    """Proposes a role for a person and says what changes for them before saving."""

    _name = "client.make.wizard.line"
    _description = "Make a client: person"

    wizard_id = fields.Many2one("client.make.wizard", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Person", required=True, readonly=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", string="Login", readonly=True)
    member_id = fields.Many2one("client.member", readonly=True, help="Their place from an earlier time as a client.")
    email = fields.Char(related="partner_id.email", string="E-mail")
    reason = fields.Char(string="Reaches records by", readonly=True, help="Why this person is listed.")
    role_id = fields.Many2one(
        "client.role",
        help="Leave empty to make this person no member of the client.",
    )
    invite = fields.Boolean(help="Send an invitation to a person who has no login yet.")
    before_text = fields.Char(string="Sees today", compute="_compute_texts")
    gain_text = fields.Char(string="Gains", compute="_compute_texts")
    lose_text = fields.Char(string="Loses", compute="_compute_texts")

    @api.depends("role_id", "invite")
    def _compute_texts(self):
        for line in self:
            before, gains, loses = line._client_changes()
            line.before_text = line._client_counts_text(before)
            line.gain_text = line._client_counts_text(gains)
            line.lose_text = line._client_lose_text(loses)

    # -- what changes -----------------------------------------------------------------

    def _client_changes(self):
        """Count what the person sees today, gains and loses.

        Today's view is asked of the record rules as that very user, so it holds whatever
        other modules grant; the view after is the role's on the client's published records.

        :return: tuple of three dict[str, int] by model name
        """
        self.ensure_one()
        before, gains, loses = {}, {}, {}
        leaves = self._client_leaves_stock()
        client = self.wizard_id.partner_id.commercial_partner_id
        for model in SEEN:
            after = self._client_after_domain(model)
            mine = self._client_as_user(model)
            before[model] = mine.search_count([]) if mine is not None else 0
            kept = mine.search_count(after) if before[model] else 0
            total = self.env[model].sudo().search_count(after)  # reason: counts of what the client will see
            gains[model] = total - kept
            if leaves:
                loses[model] = before[model] - kept
            else:  # strangers lose this client's records only
                loses[model] = mine.search_count([("client_id", "=", client.id)]) if before[model] else 0
        return before, gains, loses

    def _client_after_domain(self, model):
        """Records of one model the chosen role shows to this person afterwards."""
        client = self.wizard_id.partner_id.commercial_partner_id
        joins = self.role_id and (self.user_id or self.invite)
        if not joins or SEEN[model] not in self.role_id._capabilities():
            return Domain.FALSE
        published = Domain("client_id", "=", client.id) & Domain("client_published", "=", True)
        if self.member_id and not self.member_id.all_sites:
            return published & Domain("client_site_id", "in", self.member_id.site_ids.ids)
        return published

    def _client_as_user(self, model):
        """The model seen through the eyes of this line's login.

        :return: model bound to that user, or None when they may not read it at all
        """
        user = self.user_id.sudo()  # reason: the login's companies are its own
        if not user:
            return None
        records = self.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return records if records.has_access("read") else None

    def _client_leaves_stock(self):
        """Whether Odoo's own, wider portal ends for this person when the client is made."""
        if not self.user_id or self.user_id._is_client_governed():
            return False
        return bool(self.role_id) or self._client_inside()

    def _client_inside(self):
        """Whether the person belongs to the client's own company."""
        client = self.wizard_id.partner_id.commercial_partner_id
        return self.partner_id.commercial_partner_id == client

    # -- in words ---------------------------------------------------------------------

    def _client_counts_text(self, counts):
        """Counts by model as a short phrase.

        :rtype: str
        """
        labels = {
            "project.project": (self.env._("project"), self.env._("projects")),
            "project.task": (self.env._("job"), self.env._("jobs")),
            "sale.order": (self.env._("quote or order"), self.env._("quotes and orders")),
            "account.move": (self.env._("invoice"), self.env._("invoices")),
        }
        return ", ".join(
            f"{counts[model]} {one if counts[model] == 1 else many}"
            for model, (one, many) in labels.items()
            if counts[model]
        )

    def _client_lose_text(self, loses):
        """What ends, or why nothing changes."""
        text = self._client_counts_text(loses)
        if not self.user_id:
            return text if self.invite else self.env._("no login: nothing changes")
        if self.role_id or (text and not self._client_inside()):
            return text
        if not self._client_inside():
            return self.env._("no contact of this client: nothing changes")
        if text:
            return self.env._("all portal access: %s", text)
        return self.env._("all portal access")

    # -- doing it ---------------------------------------------------------------------

    def _client_apply(self, client):
        """Create, bring back or invite the membership this line asks for."""
        self.ensure_one()
        if not self.role_id or not (self.user_id or self.invite):
            return
        Member = self.env["client.member"]
        if not self.user_id:
            Member._client_invite(
                client,
                self.partner_id.name,
                self.partner_id.email,
                self.role_id,
                contact=self.partner_id,
            )
            return
        member = self.member_id
        if member:
            member.write({"role_id": self.role_id.id, "suspended": False, "suspended_reason": False})
        else:
            member = Member._client_invite_membership(client, self.user_id, self.role_id, None)
        if self.wizard_id.notify:
            member._client_send_invitation()
