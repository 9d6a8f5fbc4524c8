from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from .client_gate import ClientNotFound

PUBLISH_CHOICES = [
    ("auto", "By the rule"),
    ("yes", "Always"),
    ("no", "Never"),
]


class ClientScoped(models.AbstractModel):
    """The three stored columns by which the boundary is drawn, and what follows them.

    A model that clients may see inherits this, says where its customer and site come
    from, and gets a record rule in ``security/rules_<model>.xml``. The columns are
    denormalised on purpose: with them a rule is one index scan. Partial indexes of
    inheriting models say ``WHERE client_published IS TRUE``, the words Odoo's SQL uses:
    PostgreSQL recognises no others.
    """

    _name = "client.scoped"
    _inherit = "client.shown"
    _description = "Record of a client"

    # many2one to the customer; writing it (to another value) moves the record
    _client_customer_field = "partner_id"
    # dotted paths to partners that may be the site, best first
    _client_site_paths = ()
    # fields ``_client_may_publish`` and ``_client_policy_publishes`` look at
    _client_publish_depends = ()
    # fields whose change may be news for the client (see _client_news)
    _client_news_fields = ()

    client_id = fields.Many2one(
        "res.partner",
        compute="_compute_client_id",
        store=True,
        index="btree_not_null",
        help="The customer's company, taken when the customer is set. It does not change"
        " when a contact moves to another company.",
    )
    # the customer that client_id was taken from; an integer, for it may be merged away
    client_customer_id = fields.Integer(compute="_compute_client_id", store=True, export_string_translation=False)
    client_site_id = fields.Many2one(
        "res.partner",
        string="Client site",
        compute="_compute_client_site_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        domain="[('is_client_site', '=', True), ('commercial_partner_id', '=', client_id)]",
        help="Which of the client's own sites this is about.",
    )
    client_site_manual = fields.Boolean(
        string="Site set by hand", compute="_compute_client_site_id", store=True, readonly=False
    )
    client_publish = fields.Selection(
        PUBLISH_CHOICES,
        string="Show to the client",
        required=True,
        default="auto",
        copy=False,
        help="By the rule: the project's policy, or the state of the document, decides.",
    )
    client_published = fields.Boolean(
        string="Client sees this",
        compute="_compute_client_published",
        store=True,
        copy=False,
    )

    # ---------------------------------------------------------------- scope columns

    @api.depends(lambda self: self._client_customer_depends())
    def _compute_client_id(self):
        """Take the commercial partner of the customer when the customer is set.

        It is remembered for which customer that was done: a contact who moves to another
        company moves no history, whatever else makes Odoo compute again.
        """
        for record in self:
            customer = record[self._client_customer_field]
            if not (customer and customer.id == record.client_customer_id and record.client_id):
                record.client_id = record._client_find_client()
            record.client_customer_id = customer.id

    def _client_customer_depends(self):
        return [self._client_customer_field]

    def _client_find_client(self):
        return self[self._client_customer_field].commercial_partner_id

    @api.depends(lambda self: self._client_site_depends())
    def _compute_client_site_id(self):
        """The client's own site that the record leads to, unless staff chose one.

        A shipping address may be anybody's: only a site of the record's client counts.
        """
        for record in self:
            chosen = record.client_site_manual and record._client_owns_site(record.client_site_id)
            record.client_site_manual = bool(chosen)
            if not chosen:
                record.client_site_id = record._client_find_site()

    def _client_site_depends(self):
        paths = self._client_site_paths
        return [
            "client_id",
            *paths,
            *(f"{path}.is_client_site" for path in paths),
            *(f"{path}.commercial_partner_id" for path in paths),
        ]

    def _client_find_site(self):
        """First site on ``_client_site_paths`` that is the client's own, or none."""
        self.ensure_one()
        for path in self._client_site_paths:
            site = self.mapped(path)[:1]
            if self._client_owns_site(site):
                return site
        return self.env["res.partner"]

    def _client_owns_site(self, site):
        return (
            site.is_client_site
            and self.client_id
            and site.commercial_partner_id == self.client_id
        )

    @api.constrains("client_site_id")
    def _check_client_site_id(self):
        for record in self:
            if record.client_site_id and not record._client_owns_site(record.client_site_id):
                raise ValidationError(
                    self.env._(
                        "%(site)s is no site of %(client)s.",
                        site=record.client_site_id.display_name,
                        client=record.client_id.display_name or self.env._("this client"),
                    )
                )

    @api.depends(lambda self: ["client_publish", *self._client_publish_depends])
    def _compute_client_published(self):
        for record in self:
            record.client_published = record._client_may_publish() and (
                record.client_publish == "yes"
                or (record.client_publish == "auto" and record._client_policy_publishes())
            )

    def _client_may_publish(self):
        """Hard condition: drafts, templates and archived records never leave."""
        return True

    def _client_policy_publishes(self):
        """What happens without a decision by hand."""
        return True

    def _client_name_records(self):
        """Give records the name their client may read, when a governed user asks.

        Stock display names read fields outside the allowlist, in sudo as well.

        :return: whether the current user is governed and the names are set
        """
        if not self.env.user._is_client_governed():
            return False
        for record in self:
            record.display_name = record[self._client_label_field]
        return True

    # ---------------------------------------------------------------------- reading

    @api.model
    def _client_get(self, record_id, capability=None):
        """The gate: one record as the current user, or nothing.

        :param int record_id: id from an address, trusted in no way
        :param str capability: one of CAPABILITIES the user must hold on the record
        :return: the record, bound to the current user, never sudo
        :raise ClientNotFound: missing, foreign, unpublished or not allowed: no telling which
        """
        record = self.search([("id", "=", record_id)], limit=1)
        if not record or (capability and not self.env.user._client_can(capability, record)):
            raise ClientNotFound()
        return record

    # ----------------------------------------------------------------------- fill

    @api.model
    def _client_fill_sites(self, partners):
        """Recompute the site of records that lean on partners which changed.

        :param partners: res.partner that gained, lost or moved their place as a site
        """
        table = SQL.identifier(self._table)
        rows = self.env.execute_query(
            SQL("SELECT id FROM %s WHERE client_site_id IN %s", table, tuple(partners.ids) or (0,))
        )
        self.browse([row[0] for row in rows])._compute_client_site_id()

    @api.model
    def _client_move_customer(self, sources, target):
        """A merged contact is the customer still, so that no history moves.

        :param sources: res.partner about to be deleted
        :param target: res.partner that stays
        """
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET client_customer_id = %s WHERE client_customer_id IN %s",
                SQL.identifier(self._table),
                target.id,
                tuple(sources.ids) or (0,),
            )
        )
        self.invalidate_model(["client_customer_id"], flush=False)
