from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ClientCertificateKind(models.Model):
    """What has to be certified again and again: how long one certificate lasts, and which sites or assets need one."""

    _name = "client.certificate.kind"
    _description = "Kind of certificate"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    per = fields.Selection(
        [("site", "Site"), ("asset", "Asset")],
        string="One for each",
        required=True,
        default="site",
    )
    valid_months = fields.Integer(
        "Valid for (months)", default=12, help="A new certificate of this kind is valid so long from its first day."
    )
    lead_days = fields.Integer(
        "Expiring (days before)", default=30, help="From when on staff and client are told that it lapses."
    )
    client_ids = fields.Many2many(
        "res.partner",
        "client_certificate_kind_client_rel",
        string="Clients",
        domain=[("is_client", "=", True)],
        help="Empty: every client.",
    )
    site_ids = fields.Many2many(
        "res.partner",
        "client_certificate_kind_site_rel",
        string="Sites",
        domain=[("is_client_site", "=", True)],
        help="Empty: every site of these clients.",
    )
    asset_kind_ids = fields.Many2many(
        "client.asset.kind",
        "client_certificate_kind_asset_rel",
        string="Kinds of asset",
        help="Of a kind that each asset needs: which assets. Empty: every one.",
    )
    request_type_id = fields.Many2one(
        "client.request.type",
        string="Renewed by",
        help="What a client's request for the next one becomes. Empty: the first kind of request they may raise.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        domain=[("share", "=", False)],
        help="Is reminded before one lapses. Empty: whoever filed the last one.",
    )
    document_ids = fields.One2many("client.document", "certificate_kind_id", string="Certificates")

    _name_uniq = models.Constraint("unique (name)", "There is a kind of this name already.")
    _months = models.Constraint("CHECK (valid_months >= 0)", "A period cannot be negative.")
    _lead = models.Constraint("CHECK (lead_days >= 0)", "A lead time cannot be negative.")

    @api.constrains("per")
    def _check_per(self):
        for kind in self:
            if kind.per == "asset" and kind.document_ids.filtered(lambda one: one.res_model != "client.asset"):
                raise ValidationError(self.env._("There are certificates of “%s” for sites already.", kind.name))

    def action_client_coverage(self):
        """Where certificates of these kinds are needed, and how long they last."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal_docs.client_certificate_coverage_action")
        return {**action, "domain": [("kind_id", "in", self.ids)], "context": {}}
