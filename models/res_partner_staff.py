"""What the back office shows and does on a client's form."""

from odoo import api, fields, models

_MANAGERS = "client_portal.group_client_manager"

# counter on the partner -> (model, action that lists the records)
PUBLISHED = {
    "client_project_count": ("project.project", "client_portal.client_project_action"),
    "client_job_count": ("project.task", "client_portal.client_job_action"),
    "client_quote_count": ("sale.order", "client_portal.client_quote_action"),
    "client_invoice_count": ("account.move", "client_portal.client_invoice_action"),
}

# what decides who is behind the boundary: for client managers only, whatever door the write comes by
MANAGED_FIELDS = frozenset({"is_client", "is_client_site", "client_company_ids"})


class ResPartner(models.Model):
    _inherit = "res.partner"

    # a duplicate of a client or a site is neither until a manager says so
    is_client = fields.Boolean(copy=False)
    is_client_site = fields.Boolean(copy=False)
    client_company_ids = fields.Many2many(copy=False)

    client_project_count = fields.Integer(
        compute="_compute_client_counts", groups=_MANAGERS, help="Projects the client sees."
    )
    client_job_count = fields.Integer(compute="_compute_client_counts", groups=_MANAGERS, help="Jobs the client sees.")
    client_quote_count = fields.Integer(
        compute="_compute_client_counts", groups=_MANAGERS, help="Quotes and orders the client sees."
    )
    client_invoice_count = fields.Integer(
        compute="_compute_client_counts", groups=_MANAGERS, help="Invoices the client sees."
    )

    @api.model
    def _has_field_access(self, field, operation):
        """Let ordinary staff edit contacts as before, but not what makes them clients or sites."""
        if not super()._has_field_access(field, operation):
            return False
        if operation == "read" or self.env.su or field.name not in MANAGED_FIELDS:
            return True
        return self.env.user.has_group(_MANAGERS)

    def _compute_client_counts(self):
        """Count published records per client, one grouped query per model, as the staff user."""
        for name, (model, _action) in PUBLISHED.items():
            Model = self.env[model]
            counts = {}
            if Model.has_access("read"):
                counts = dict(Model._read_group(self._client_published_domain(), ["client_id"], ["__count"]))
            for partner in self:
                partner[name] = counts.get(partner._origin, 0)

    def _client_published_domain(self):
        """Records of these clients that their members may see."""
        return [("client_id", "in", self.ids), ("client_published", "=", True)]

    # -- buttons ----------------------------------------------------------------------

    def action_client_make(self):
        """Open the wizard that makes this partner's company a client."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_make_wizard_action")
        return dict(action, context={"default_partner_id": self.commercial_partner_id.id, "dialog_size": "extra-large"})

    def action_client_unmake(self):
        """End the client's portal: every membership is suspended, none is lost."""
        self.filtered("is_client").write({"is_client": False})

    def action_client_invite(self):
        """Open the invitation for this client."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_invite_wizard_action")
        return dict(action, context={"default_client_id": self.commercial_partner_id.id})

    def action_client_members(self):
        """List the members of this client, removed ones on request."""
        return self._client_open(
            "client_portal.client_member_action", [("client_id", "in", self.ids)], {"default_client_id": self.id}
        )

    def action_client_sites(self):
        """List the addresses below this client, people aside, to tick which of them are sites."""
        domain = [
            ("commercial_partner_id", "in", self.ids),
            ("id", "not in", self.ids),
            "|",
            ("type", "!=", "contact"),
            ("is_client_site", "=", True),
        ]
        return self._client_open("client_portal.client_site_action", domain, {"default_parent_id": self.id})

    def action_client_published(self):
        """List what the client sees; the button says which kind in ``client_counter``."""
        _model, action = PUBLISHED[self.env.context["client_counter"]]
        return self._client_open(action, self._client_published_domain())

    @api.model
    def _client_open(self, xml_id, domain, context=None):
        """An action narrowed to a client.

        :rtype: dict
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        return dict(action, domain=domain, context=context or {})
