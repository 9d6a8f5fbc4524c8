from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

OVERVIEW_DAYS = 90


class ClientOverview(models.Model):
    """How clients use the portal, and what they wait for: one row for each member, and one for the client itself.

    No table and no tracking of its own: sign-ins are Odoo's, what was opened is the access journal's, answers are
    ``client.response``. An update counts as read when its reader opened the record after it happened: a mail that
    nobody had to write. Numbers are of the last ``OVERVIEW_DAYS`` days; what waits is of now.
    """

    _name = "client.overview"
    _description = "Use of the client portal"
    _auto = False
    _order = "client_id, last_sign_in desc nulls last, id"

    client_id = fields.Many2one("res.partner", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    member_id = fields.Many2one("client.member", readonly=True)
    user_id = fields.Many2one("res.users", string="Login", readonly=True)
    role_id = fields.Many2one("client.role", readonly=True)
    members = fields.Integer(readonly=True)
    last_sign_in = fields.Datetime(readonly=True, aggregator="max")
    last_opened = fields.Datetime(
        readonly=True, aggregator="max", help="When they last opened or downloaded something."
    )
    opened = fields.Integer("Pages opened", readonly=True, help="Records opened and files downloaded, last 90 days.")
    updates_read = fields.Integer(
        "Mails saved", readonly=True, help="Updates they read in the portal by opening the record, last 90 days."
    )
    questions = fields.Integer("Wrote to us", readonly=True, help="Questions and messages, last 90 days.")
    questions_open = fields.Integer("Wait for our answer", readonly=True)
    response_hours = fields.Float(
        "Hours until answered", readonly=True, aggregator="avg", digits=(16, 1), help="On average, last 90 days."
    )
    waits_client = fields.Integer("Waits for the client", readonly=True, help="Records, as in Waiting.")
    waits_operator = fields.Integer("Waits for us", readonly=True, help="Records, as in Waiting.")

    @property
    def _table_query(self):
        for name in ("client.access", "client.update", "client.response", "client.member", "res.partner", "res.users"):
            self.env[name].flush_model()
        return SQL("%s UNION ALL %s", self._members_query(), self._clients_query())

    @api.model
    def _since(self):
        return fields.Datetime.now() - relativedelta(days=OVERVIEW_DAYS)

    @api.model
    def _only(self, column):
        """Narrows a part of the query to the one client that a page asks about; see ``_of_client``."""
        client_id = self.env.context.get("client_overview_of")
        return SQL("%s = %s", SQL.identifier(*column.split(".")), client_id) if client_id else SQL("TRUE")

    @api.model
    def _companies(self, column):
        """Narrows a part of the query to the reader's companies."""
        column = SQL.identifier(*column.split("."))
        return SQL("(%s IS NULL OR %s IN %s)", column, column, tuple(self.env.companies.ids) or (0,))

    @api.model
    def _members_query(self):
        """One row for each membership that is not removed."""
        return SQL(
            """
            SELECT m.id::int8 * 2 AS id, m.client_id, c.company_id, m.id AS member_id, m.user_id, m.role_id,
                   1 AS members,
                   (SELECT max(l.create_date) FROM res_users_log l WHERE l.create_uid = m.user_id) AS last_sign_in,
                   j.last_opened, COALESCE(j.opened, 0) AS opened, COALESCE(j.updates_read, 0) AS updates_read,
                   COALESCE(r.questions, 0) AS questions, COALESCE(r.questions_open, 0) AS questions_open,
                   r.response_hours, 0 AS waits_client, 0 AS waits_operator
              FROM client_member m
              JOIN res_partner c ON c.id = m.client_id
              JOIN res_users u ON u.id = m.user_id
              LEFT JOIN (%(journal)s) j ON j.member_id = m.id
              LEFT JOIN (%(responses)s) r ON r.client_id = m.client_id AND r.author_id = u.partner_id
             WHERE m.active AND %(only)s
            """,
            journal=self._journal_query(),
            responses=self._responses_query(),
            only=self._only("m.client_id"),
        )

    @api.model
    def _journal_query(self):
        """What each member opened, and how many updates they thereby read."""
        return SQL(
            """
            SELECT a.member_id, max(a.date) AS last_opened, count(DISTINCT a.id) AS opened,
                   count(DISTINCT p.id) AS updates_read
              FROM client_access a
              LEFT JOIN res_users u ON u.id = a.user_id
              LEFT JOIN client_update p ON p.res_model = a.res_model AND p.res_id = a.res_id
                   AND p.client_id = a.client_id AND p.date BETWEEN %(since)s AND a.date
                   AND p.actor_partner_id IS DISTINCT FROM u.partner_id
             WHERE a.kind IN %(looks)s AND a.date >= %(since)s AND %(only)s AND %(companies)s
             GROUP BY a.member_id
            """,
            since=self._since(),
            looks=tuple(self.env["client.access"]._looks()),
            only=self._only("a.client_id"),
            companies=self._companies("a.company_id"),
        )

    @api.model
    def _responses_query(self):
        """How much each person wrote, what of it waits, and how long our answers took."""
        return SQL(
            """
            SELECT s.client_id, s.author_id, count(*) FILTER (WHERE s.asked_on >= %(since)s) AS questions,
                   count(*) FILTER (WHERE s.ended_on IS NULL) AS questions_open,
                   avg(s.hours) FILTER (WHERE s.outcome = 'answered' AND s.asked_on >= %(since)s) AS response_hours
              FROM client_response s
             WHERE %(only)s AND %(companies)s
             GROUP BY s.client_id, s.author_id
            """,
            since=self._since(),
            only=self._only("s.client_id"),
            companies=self._companies("s.company_id"),
        )

    @api.model
    def _clients_query(self):
        """One row for each client: what waits, of what the reader may see."""
        if self.env.context.get("client_overview_of"):
            waiting = SQL("SELECT NULL::int4 AS client_id, 0 AS waits_client, 0 AS waits_operator WHERE FALSE")
        else:
            waiting = SQL(
                """
                SELECT w.client_id, count(*) FILTER (WHERE w.client_court = 'client') AS waits_client,
                       count(*) FILTER (WHERE w.client_court = 'operator') AS waits_operator
                  FROM (%s) w
                 GROUP BY w.client_id
                """,
                self.env["client.waiting"]._table_query,
            )
        return SQL(
            """
            SELECT c.id::int8 * 2 + 1, c.id, c.company_id, NULL, NULL, NULL, 0, NULL, NULL, 0, 0, 0, 0, NULL,
                   COALESCE(w.waits_client, 0), COALESCE(w.waits_operator, 0)
              FROM res_partner c
              LEFT JOIN (%(waiting)s) w ON w.client_id = c.id
             WHERE c.is_client AND c.active AND %(only)s
            """,
            waiting=waiting,
            only=self._only("c.id"),
        )

    @api.model
    def _of_members(self, members):
        """Rows of memberships of one client, by membership id (sudo, for whoever manages that team).

        :param members: client.member
        """
        narrowed = self.sudo().with_context(client_overview_of=members.client_id.id)  # as said
        return {row.member_id.id: row for row in narrowed.search([("member_id", "in", members.ids)])}
