from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .client_append_only import guard

# columns that follow the record an update is about; all others are written once
SCOPE_COLUMNS = ("client_id", "client_site_id", "client_only_user_id", "client_published", "company_id")
CONTENT_COLUMNS = ("date", "kind", "values", "res_model", "res_id", "capability", "actor_partner_id")


class ClientUpdate(models.Model):
    """One line of what happened, in client-safe structured values.

    Append-only: a trigger refuses changes of the content and deletion, from SQL as well.
    The table has no foreign keys and no log columns, because partner merges and
    ``SET NULL`` write those by raw SQL. The scope columns follow the record, so that an
    update is visible exactly to those who may see the record now.
    """

    _name = "client.update"
    _description = "Client update"
    _order = "date desc, id desc"
    _rec_name = "kind"
    _log_access = False

    date = fields.Datetime(required=True, readonly=True)
    kind = fields.Char(required=True, readonly=True)
    values = fields.Json(readonly=True)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    capability = fields.Char(required=True, readonly=True)
    actor_partner_id = fields.Integer(readonly=True)
    client_id = fields.Integer("Client id", required=True, readonly=True, aggregator=None)
    client_site_id = fields.Integer("Site id", readonly=True, aggregator=None)
    client_only_user_id = fields.Integer("Only for, id", readonly=True, aggregator=None)
    client_published = fields.Boolean(readonly=True)
    company_id = fields.Integer("Company id", readonly=True, aggregator=None)
    partner_id = fields.Many2one(
        "res.partner", string="Client", compute="_compute_partner_id", search="_search_partner_id"
    )

    _client_feed = models.Index("(client_id, date DESC, id DESC) WHERE client_published IS TRUE")
    _site_feed = models.Index("(client_site_id, date DESC, id DESC) WHERE client_published IS TRUE")
    _record = models.Index("(res_model, res_id)")

    @api.depends("client_id")
    def _compute_partner_id(self):
        for update in self:
            update.partner_id = update.client_id

    @api.model
    def _search_partner_id(self, operator, value):
        if operator == "in":
            return [("client_id", "in", list(value))]
        if operator != "any":  # the ORM turns the others into these two
            return NotImplemented
        return [("client_id", "in", self.env["res.partner"].search(value).ids)]

    def init(self):
        """Guard the content below the ORM."""
        guard(self.env.cr, self._table, CONTENT_COLUMNS)

    @api.model
    def _append(self, vals_list):
        """Write updates; the only way rows come to be.

        Imports of history may date them with the context key ``client_update_date``.

        :param vals_list: iterable of dicts, date and actor filled in here
        :return: the new client.update records
        """
        date = self.env.context.get("client_update_date") or fields.Datetime.now()
        actor = self.env.user.partner_id.id
        return self.create(
            [{"date": date, "actor_partner_id": actor, **vals} for vals in vals_list]
        )

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("Updates are kept as they were written."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Updates are kept as they were written."))

    @api.model
    def _follow(self, model, table, ids):
        """Copy the scope of records onto their updates, in one statement.

        :param str model: model name of the records
        :param str table: their table
        :param list ids: their ids
        """
        self.flush_model()
        only = self.env[model]._client_only_field
        self.env.cr.execute(
            SQL(
                """
                UPDATE client_update u
                   SET client_id = COALESCE(r.client_id, 0),
                       client_site_id = r.client_site_id,
                       client_only_user_id = %(only)s,
                       client_published = COALESCE(r.client_published, FALSE)
                                          AND r.client_id IS NOT NULL,
                       company_id = r.company_id
                  FROM %(table)s r
                 WHERE u.res_model = %(model)s
                   AND u.res_id = r.id
                   AND r.id IN %(ids)s
                """,
                table=SQL.identifier(table),
                only=SQL.identifier("r", only) if only else SQL("NULL"),
                model=model,
                ids=tuple(ids),
            )
        )
        self.invalidate_model(SCOPE_COLUMNS, flush=False)

    @api.model
    def _withdraw(self, records):
        """Hide the updates of deleted records.

        :param records: list of (model name, id)
        """
        if not records:
            return
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE client_update SET client_published = FALSE WHERE (res_model, res_id) IN %s",
                tuple(records),
            )
        )
        self.invalidate_model(["client_published"], flush=False)

    @api.model
    def _move_partner(self, sources, target):
        """Follow a merge of partners (the columns are no foreign keys)."""
        self.flush_model()
        for column in ("client_id", "client_site_id"):  # who acted stays as it was written
            self.env.cr.execute(
                SQL(
                    "UPDATE client_update SET %(column)s = %(target)s WHERE %(column)s IN %(sources)s",
                    column=SQL.identifier(column),
                    target=target.id,
                    sources=tuple(sources.ids) or (0,),
                )
            )
        self.invalidate_model(SCOPE_COLUMNS, flush=False)
