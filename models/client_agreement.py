from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tools.translate import LazyTranslate

from .client_told import PUBLISHED, Told

_lt = LazyTranslate(__name__)


class ClientAgreement(models.Model):
    """What a client has ordered for a period: a confirmed order, a project that goes on, or both.

    A record of its own, because who sees the jobs of an agreement need not see the order it came from: it shows
    names and quantities, and prices only where staff say so and the member sees the order.
    """

    _name = "client.agreement"
    _description = "Agreement"
    _inherit = ["client.scoped", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True

    _client_capability = "see_jobs"
    _client_section = "agreements"
    _client_list_url = "/my/agreements"
    _client_search = ("name", "client_summary")
    _client_site_paths = ("site_ids",)
    _client_publish_depends = ("active", "order_id.state", "order_id.client_published", "project_id.client_published")
    _client_updates = {
        "agreement_published": Told(
            _lt("Agreement: %(name)s"),
            many=_lt("%(count)s new agreements"),
            family="documents",
            when=PUBLISHED,
        ),
    }

    name = fields.Char(required=True, tracking=True, help="As the client reads it.")
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        tracking=True,
        domain="[('is_company', '=', True), ('parent_id', '=', False)]",
    )
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    order_id = fields.Many2one(
        "sale.order",
        index="btree_not_null",
        tracking=True,
        check_company=True,
        domain="[('client_id', '=', client_id), ('state', '=', 'sale')]",
        help="The confirmed order. Its jobs are the work of this agreement.",
    )
    project_id = fields.Many2one(
        "project.project",
        index="btree_not_null",
        tracking=True,
        check_company=True,
        domain="[('client_id', '=', client_id)]",
        help="The project in which the work goes on. Its jobs are the work of this agreement.",
    )
    site_ids = fields.Many2many(
        "res.partner",
        "client_agreement_site_rel",
        "agreement_id",
        "site_id",
        string="Sites",
        domain="[('is_client_site', '=', True), ('commercial_partner_id', '=', client_id)]",
        help="Where it holds. Empty: everywhere; then only members who see the whole client see it.",
    )
    date_start = fields.Date("From", required=True, default=fields.Date.context_today, tracking=True)
    date_end = fields.Date("Until", tracking=True, help="Empty: until further notice.")
    client_summary = fields.Text("In words for the client", help="What it covers, how often we come, whom to call …")
    line_ids = fields.One2many("client.agreement.line", "agreement_id", string="What it covers", copy=True)
    show_prices = fields.Boolean(
        help="Prices of the order's lines, for members who see the order. Everybody else sees names and quantities."
    )
    description = fields.Html("Internal notes")
    client_publish = fields.Selection(
        default="no", help="By the rule: while the client sees the order or the project it belongs to."
    )

    _client_list = models.Index("(client_id, date_start DESC, id DESC) WHERE client_published IS TRUE")
    _period = models.Constraint("CHECK (date_end IS NULL OR date_start <= date_end)", "It must end after it begins.")

    # ------------------------------------------------------------------- scope

    def _client_may_publish(self):
        return self.active and self.order_id.state in (False, "sale")

    def _client_policy_publishes(self):
        return self.order_id.client_published or self.project_id.client_published

    def _client_find_site(self):
        """The one site it holds at; of several none stands for the others."""
        return super()._client_find_site() if len(self.site_ids) == 1 else self.env["res.partner"]

    def _client_sites(self):
        return self.site_ids

    def _compute_client_id(self):
        """An agreement that moves to another client leaves the former one's sites."""
        super()._compute_client_id()
        self._client_trim_sites()

    @api.model
    def _client_fill_sites(self, partners):
        """A site that changed hands is no part of an agreement any more."""
        self.search([("site_ids", "in", partners.ids)])._client_trim_sites()
        super()._client_fill_sites(partners)

    def _client_trim_sites(self):
        for agreement in self:
            lost = agreement.site_ids.filtered(lambda site, agreement=agreement: not agreement._client_owns_site(site))
            if lost:
                agreement.site_ids -= lost

    @api.constrains("site_ids", "order_id", "project_id", "partner_id")
    def _check_client_parts(self):
        """Site, order and project are the client's own."""
        for agreement in self.sudo():  # whoever may edit it; orders and projects are compared only
            client = agreement.client_id  # taken first: with another client goes what was the former one's
            parts = (agreement.order_id, agreement.project_id)
            foreign = [part.display_name for part in parts if part and part.client_id != client]
            foreign += agreement.site_ids.filtered(lambda s, a=agreement: not a._client_owns_site(s)).mapped("name")
            if foreign:
                raise ValidationError(
                    self.env._(
                        "%(what)s does not belong to %(client)s.",
                        what=", ".join(foreign),
                        client=client.display_name,
                    )
                )

    def _client_jobs_domain(self):
        """Jobs of these agreements, whoever may see them."""
        domains = [Domain.FALSE]
        for agreement in self.sudo():  # where its work is; the domain is AND-ed with the reader's rules
            work = [Domain("sale_order_id", "=", agreement.order_id.id)] if agreement.order_id else []
            work += [Domain("project_id", "=", agreement.project_id.id)] if agreement.project_id else []
            at = Domain("client_site_id", "in", [False, *agreement.site_ids.ids]) if agreement.site_ids else Domain.TRUE
            domains += [Domain.OR(work) & at] if work else []
        return Domain.OR(domains)

    # ------------------------------------------------------------------- entering

    @api.onchange("order_id")
    def _onchange_order_id(self):
        """An order brings its customer, its lines and its site."""
        order = self.order_id
        if order:
            self.partner_id = self.partner_id or order.partner_id.commercial_partner_id
            self.name = self.name or order._client_titles().get(order.id)
            self.site_ids = self.site_ids or order.client_site_id
            self._client_take_lines()

    @api.onchange("project_id")
    def _onchange_project_id(self):
        project = self.project_id
        if project:
            self.partner_id = self.partner_id or project.partner_id.commercial_partner_id
            self.name = self.name or project.client_name
            self.site_ids = self.site_ids or project.client_site_id
            self.date_start = project.date_start or self.date_start
            self.date_end = self.date_end or project.date

    def action_client_take_lines(self):
        """Add what the order has and the agreement does not say yet; quantities follow the order."""
        self.check_access("write")
        for agreement in self:
            agreement._client_take_lines()

    def _client_take_lines(self):
        known = {line.order_line_id: line for line in self.line_ids}
        commands = []
        for line in self.order_id.order_line.filtered(lambda line: not line.display_type):
            if line in known:
                known[line].quantity = line.product_uom_qty
            else:
                commands.append(Command.create(self.env["client.agreement.line"]._client_from(line)))
        if commands:
            self.line_ids = commands

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        if not self._client_name_records():
            super()._compute_display_name()

    def _client_url(self):
        return f"/my/agreements/{self.id}"


class ClientAgreementLine(models.Model):
    """One thing an agreement covers. Nobody outside reads these rows; the agreement's page says what they may know."""

    _name = "client.agreement.line"
    _description = "What an agreement covers"
    _order = "sequence, id"

    agreement_id = fields.Many2one("client.agreement", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char("What", required=True)
    quantity = fields.Float(digits="Product Unit", default=1)
    uom_id = fields.Many2one("uom.uom", string="Unit")
    site_id = fields.Many2one(
        "res.partner",
        domain="[('is_client_site', '=', True), ('commercial_partner_id', '=', parent.client_id)]",
        help="Only at this site: other members limited to sites do not read it.",
    )
    order_line_id = fields.Many2one("sale.order.line", string="Line of the order", ondelete="set null", index=True)

    @api.model
    def _client_from(self, line):
        """Values from a line of an order."""
        return {
            "name": line.name.split("\n")[0],
            "quantity": line.product_uom_qty,
            "uom_id": line.product_uom_id.id,
            "order_line_id": line.id,
        }
