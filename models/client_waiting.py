from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .account_move import UNPAID
from .client_court import COURTS

_LARGEST = 128  # more models than will ever share the screen; keeps ids apart
_DAY = 24 * 60 * 60

# column of the screen -> its type in SQL; what a model does not have is NULL of this type
COLUMNS = {
    "name": "varchar",
    "client_id": "int4",
    "client_site_id": "int4",
    "project_id": "int4",
    "client_court": "varchar",
    "since": "timestamp",
    "wrote_on": "timestamp",
    "spent_client": "int4",
    "spent_operator": "int4",
    "deadline": "date",
    "user_id": "int4",
    "company_id": "int4",
}


class ClientWaiting(models.Model):
    """Everything that waits for a client and everything a client waits for, on one screen.

    Every model with a ``client.court`` is part of it by inheriting that. It is no view of the
    database but a query made for each reader: of every model only what the reader's own rights,
    record rules and companies give. A record that waits for the client, and to whose message nobody
    has answered, has two rows: one in either court.
    """

    _name = "client.waiting"
    _description = "Waiting for clients, and clients waiting"
    _auto = False
    _order = "since, id"

    name = fields.Char(readonly=True)
    res_model = fields.Selection(selection="_kinds", string="Kind", readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", string="Record", readonly=True)
    client_id = fields.Many2one("res.partner", readonly=True)
    client_site_id = fields.Many2one("res.partner", string="Site", readonly=True)
    project_id = fields.Many2one("project.project", readonly=True)
    client_court = fields.Selection(COURTS, string="Waiting for", readonly=True)
    wrote = fields.Boolean("Client wrote", readonly=True, help="Nobody has answered the client's message yet.")
    since = fields.Datetime(readonly=True)
    days = fields.Float(readonly=True, aggregator="avg", digits=(16, 1), help="Of the present turn.")
    days_client = fields.Float("Days with the client", readonly=True, aggregator="avg", digits=(16, 1))
    days_operator = fields.Float("Days with us", readonly=True, aggregator="avg", digits=(16, 1))
    deadline = fields.Date(readonly=True)
    late = fields.Boolean(readonly=True, help="The deadline has passed.")
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    @api.model
    def _sources(self):
        """Names of the models with a court, in an order that only a new model changes."""
        names = self.env.registry.descendants(["client.court"], "_inherit")
        return sorted(name for name in names if not self.env[name]._abstract)

    @api.model
    def _kinds(self):
        return [(name, self.env[name]._client_waiting_kind()) for name in self._sources()]

    @property
    def _table_query(self):
        selects = [
            self._select(number, self.env[name])
            for number, name in enumerate(self._sources())
            if self.env[name].has_access("read")
        ]
        return SQL(
            """
            SELECT r.id * 2 + t.second AS id, r.res_model, r.res_id, r.name, r.client_id, r.client_site_id,
                   r.project_id, r.deadline, r.user_id, r.company_id, t.client_court, t.since,
                   t.client_court = 'operator' AND r.wrote_on IS NOT NULL AS wrote,
                   EXTRACT(epoch FROM %(now)s - t.since)::float / %(day)s AS days,
                   (COALESCE(r.spent_client, 0) + CASE WHEN r.client_court = 'client'
                        THEN EXTRACT(epoch FROM %(now)s - r.since) ELSE 0 END)::float / %(day)s AS days_client,
                   (COALESCE(r.spent_operator, 0) + COALESCE(EXTRACT(epoch FROM %(now)s -
                        CASE WHEN r.client_court = 'operator' THEN r.since ELSE r.wrote_on END
                        ), 0))::float / %(day)s AS days_operator,
                   COALESCE(r.deadline < %(today)s, FALSE) AS late
              FROM (%(rows)s) r
              CROSS JOIN LATERAL (
                    SELECT 0 AS second, r.client_court, r.since
                    UNION ALL
                    SELECT 1, 'operator', r.wrote_on WHERE r.client_court = 'client' AND r.wrote_on IS NOT NULL
                   ) t
            """,
            now=SQL("%s::timestamp", fields.Datetime.now()),
            day=_DAY,
            today=SQL("%s::date", fields.Date.context_today(self)),
            rows=SQL(" UNION ALL ").join(selects or [self._select_nothing()]),
        )

    def _select(self, number, source):
        """Rows of one model that the reader may read.

        :param int number: the model's place in ``_sources``
        :param source: the model, as the reader
        """
        query = source._search(source._client_waiting_domain())
        found = source.sudo()._client_waiting_columns(query)  # rows the reader may read; staff names beside them
        cells = [
            SQL("%s::%s AS %s", found.get(name) or SQL("NULL"), SQL(kind), SQL.identifier(name))
            for name, kind in COLUMNS.items()
        ]
        key = source._field_to_sql(query.table, "id", query)
        return query.select(
            SQL("%s::int8 * %s + %s AS id", key, _LARGEST, number),
            SQL("%s::varchar AS res_model", source._name),
            SQL("%s AS res_id", key),
            *cells,
        )

    def _select_nothing(self):
        """No rows, for somebody who may read none of the models."""
        cells = [SQL("NULL::%s AS %s", SQL(kind), SQL.identifier(name)) for name, kind in COLUMNS.items()]
        head = SQL("0::int8 AS id, NULL::varchar AS res_model, 0 AS res_id")
        return SQL("SELECT %s WHERE FALSE", SQL(", ").join([head, *cells]))

    def action_client_open(self):
        """Open the record itself; Odoo refuses it to staff who may not read it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }


class ClientCourt(models.AbstractModel):
    """How a model takes its place on that screen."""

    _inherit = "client.court"

    @api.model
    def _client_waiting_kind(self):
        """What staff call such a record."""
        return self.env["ir.model"]._get(self._name).name

    @api.model
    def _client_waiting_domain(self):
        """Which records are on the screen: those that wait, of a client, and that the client sees."""
        domain = [("client_court", "!=", False), ("client_id.is_client", "=", True)]
        return [*domain, ("client_published", "=", True)] if "client_published" in self._fields else domain

    @api.model
    def _client_waiting_columns(self, query):
        """{column of COLUMNS: SQL} of this model; what is left out stays empty.

        :param Query query: of ``_client_waiting_domain``; its alias is the model's table
        """
        own = {
            "name": self._rec_name,
            "client_id": "client_id",
            "client_site_id": "client_site_id",
            "project_id": "project_id",
            "client_court": "client_court",
            "since": "client_court_since",
            "spent_client": "client_spent_client",
            "spent_operator": "client_spent_operator",
            "user_id": "user_id",
            "company_id": "company_id",
            "wrote_on": "client_wrote_on",
        }
        return {
            column: self._field_to_sql(query.table, name, query)
            for column, name in own.items()
            if name in self._fields and self._fields[name].store
        }


class ProjectTask(models.Model):
    _inherit = "project.task"

    @api.model
    def _client_waiting_kind(self):
        return self.env._("Job")

    @api.model
    def _client_waiting_columns(self, query):
        """Whoever is on the job is responsible, or who manages its project."""
        columns = super()._client_waiting_columns(query)
        responsible = SQL(
            """COALESCE(
                (SELECT min(r.user_id) FROM project_task_user_rel r WHERE r.task_id = %(task)s),
                (SELECT p.user_id FROM project_project p WHERE p.id = %(project)s)
            )""",
            task=self._field_to_sql(query.table, "id", query),
            project=columns["project_id"],
        )
        return {**columns, "user_id": responsible}


class ProjectProject(models.Model):
    _inherit = "project.project"

    def action_client_waiting(self):
        """What waits in this project and for whom, with the days on each side; Odoo's own export makes it a file."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_waiting_project_action")
        return {**action, "domain": [("project_id", "in", self.ids)]}

    @api.model
    def _client_waiting_kind(self):
        return self.env._("Project")

    @api.model
    def _client_waiting_columns(self, query):
        columns = super()._client_waiting_columns(query)
        return {**columns, "project_id": self._field_to_sql(query.table, "id", query)}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _client_waiting_kind(self):
        return self.env._("Quote or order")

    @api.model
    def _client_waiting_columns(self, query):
        columns = super()._client_waiting_columns(query)
        return {**columns, "deadline": self._field_to_sql(query.table, "validity_date", query)}


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _client_waiting_kind(self):
        return self.env._("Invoice")

    @api.model
    def _client_waiting_domain(self):
        """An invoice's turn is read off its due date, see ``_compute_client_court``."""
        waits = Domain("client_wrote_on", "!=", False) | self._client_overdue_domain()
        return Domain("client_published", "=", True) & Domain("client_id.is_client", "=", True) & waits

    @api.model
    def _client_waiting_columns(self, query):
        """Overdue, and since when; an invoice that is not is here for what the client wrote."""
        columns = super()._client_waiting_columns(query)
        due = self._field_to_sql(query.table, "invoice_date_due", query)
        overdue = SQL(
            "(%s < %s AND %s = 'out_invoice' AND %s IN %s)",
            due,
            fields.Date.context_today(self),
            self._field_to_sql(query.table, "move_type", query),
            self._field_to_sql(query.table, "payment_state", query),
            UNPAID,
        )
        return {
            **columns,
            "client_court": SQL("CASE WHEN %s THEN 'client' ELSE 'operator' END", overdue),
            "since": SQL("CASE WHEN %s THEN %s + interval '1 day' ELSE %s END", overdue, due, columns["wrote_on"]),
            "deadline": due,
            "user_id": self._field_to_sql(query.table, "invoice_user_id", query),
        }
