from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

TONES = [("info", "Information"), ("warning", "Important")]
# what members have acknowledged stays as they read it
_WORDS = {"name", "body", "client_id", "site_id", "role_id", "company_id"}


class ClientNotice(models.Model):
    """Something staff tell many members at once: it stands on their workspace until its last day.

    No member reads the table. What stands for somebody is looked up for their own memberships, see
    ``client_notice_pages.py``; that it ends is a condition on its dates, asked anew with every page.
    """

    _name = "client.notice"
    _description = "Notice to clients"
    _order = "date_from desc, id desc"

    name = fields.Char("Title", required=True)
    body = fields.Text("Text", required=True, help="Plain text; the members read it as it stands.")
    tone = fields.Selection(TONES, string="Kind", required=True, default="info")
    client_id = fields.Many2one(
        "res.partner",
        domain="[('is_client', '=', True)]",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: every client.",
    )
    site_id = fields.Many2one(
        "res.partner",
        domain="[('is_client_site', '=', True), ('commercial_partner_id', '=', client_id)]",
        ondelete="restrict",
        help="Only members who see this site.",
    )
    role_id = fields.Many2one("client.role", ondelete="restrict", help="Only members with this role.")
    company_id = fields.Many2one("res.company", help="Only clients this company serves; empty: all of them.")
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Until", help="Last day it stands; empty: until it is withdrawn.")
    published = fields.Boolean(readonly=True, copy=False)
    asks = fields.Boolean("Ask for acknowledgement", help="It stands until the member says they have read it.")
    reading_ids = fields.One2many("client.notice.reading", "notice_id", string="Read by", readonly=True)
    member_count = fields.Integer("Members it is for", compute="_compute_numbers")
    acknowledged_count = fields.Integer("Acknowledged", compute="_compute_numbers")

    _dates = models.Constraint("CHECK (date_to IS NULL OR date_from <= date_to)", "It must end after it begins.")

    @api.constrains("client_id", "site_id")
    def _check_site_id(self):
        for notice in self:
            site = notice.site_id
            if site and not (site.is_client_site and site.commercial_partner_id == notice.client_id):
                raise ValidationError(self.env._("%s is no site of this client.", site.display_name))

    @api.onchange("client_id")
    def _onchange_client_id(self):
        if self.site_id.commercial_partner_id != self.client_id:
            self.site_id = False

    @api.depends("client_id", "site_id", "role_id", "company_id", "reading_ids.acknowledged_on")
    def _compute_numbers(self):
        for notice in self:
            notice.member_count = len(notice._members())
            notice.acknowledged_count = len(notice.reading_ids.filtered("acknowledged_on"))

    def _members(self):
        """Members with access now whom this notice is for.

        :rtype: client.member (sudo)
        """
        self.ensure_one()
        domain = Domain("suspended", "=", False) & Domain("client_id.is_client", "=", True)
        if self.client_id:
            domain &= Domain("client_id", "=", self.client_id.id)
        if self.site_id:
            domain &= Domain("all_sites", "=", True) | Domain("site_ids", "in", self.site_id.ids)
        if self.role_id:
            domain &= Domain("role_id", "=", self.role_id.id)
        if self.company_id:
            domain &= Domain("client_id.client_company_ids", "in", self.company_id.ids)
        return self.env["client.member"].sudo().search(domain)  # counted, by staff who publish notices

    def write(self, vals):
        if _WORDS & vals.keys() and self.reading_ids.filtered("acknowledged_on"):
            raise UserError(
                self.env._("Members have acknowledged this notice. Withdraw it and publish a new one instead.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_acknowledged(self):
        if self.reading_ids.filtered("acknowledged_on"):
            raise UserError(self.env._("Members have acknowledged this notice: it can be withdrawn, not deleted."))

    def action_client_publish(self):
        """Show it on the workspace of those it is for, from its first day on."""
        self.check_access("write")
        self.published = True

    def action_client_unpublish(self):
        """Take it away."""
        self.check_access("write")
        self.published = False


class ClientNoticeReading(models.Model):
    """That a member put a notice away, or said they have read it: who and when."""

    _name = "client.notice.reading"
    _description = "Notice, read by a member"
    _order = "id desc"
    _rec_name = "member_id"
    _log_access = False

    notice_id = fields.Many2one("client.notice", required=True, readonly=True, ondelete="cascade")
    member_id = fields.Many2one("client.member", required=True, readonly=True, index=True, ondelete="restrict")
    dismissed_on = fields.Datetime("Put away", required=True, readonly=True)
    acknowledged_on = fields.Datetime("Acknowledged", readonly=True)

    _one = models.UniqueIndex("(notice_id, member_id)")
