import logging

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .client_append_only import guard

# written once; the client and the company follow the partner, as in client.update
CONTENT_COLUMNS = (
    "date",
    "kind",
    "user_id",
    "member_id",
    "res_model",
    "res_id",
    "staff_id",
    "ip",
    "user_agent",
)
AGENT_LENGTH = 200  # what is kept of a user agent
_WAITING = "client_portal.access"  # key of the rows that wait for the end of a request
_OLD_ENOUGH = "OLD.date < NULLIF(current_setting('client_portal.purge_before', TRUE), '')::timestamp"
_logger = logging.getLogger(__name__)


class ClientAccess(models.Model):
    """The access journal: what each member opened and downloaded, and what staff previewed.

    Append-only by a trigger, like ``client.update``, and for the same reasons without
    foreign keys and log columns. The only way out is ``_purge``.
    """

    _name = "client.access"
    _description = "Access journal"
    _order = "date desc, id desc"
    _rec_name = "kind"
    _log_access = False

    date = fields.Datetime(required=True, readonly=True)
    kind = fields.Char(
        required=True,
        readonly=True,
        help="open, download, list or statement (a file, of no record), feed (a calendar) or preview",
    )
    user_id = fields.Integer("User id", required=True, readonly=True, aggregator=None)
    member_id = fields.Integer("Membership id", readonly=True, aggregator=None)
    client_id = fields.Integer("Client id", readonly=True, aggregator=None)
    company_id = fields.Integer("Company id", readonly=True, aggregator=None)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    staff_id = fields.Integer("Previewed by, id", readonly=True, aggregator=None)
    ip = fields.Char("IP address", readonly=True)
    user_agent = fields.Char("Browser", readonly=True)

    _record_feed = models.Index("(res_model, res_id, date DESC)")
    _client_feed = models.Index("(client_id, date DESC)")
    _member_feed = models.Index("(member_id, date DESC)")
    _age = models.Index("(date)")

    def init(self):
        """Guard the rows below the ORM; ``_purge`` tells the trigger how old a row must be to go."""
        guard(self.env.cr, self._table, CONTENT_COLUMNS, may_delete=SQL(_OLD_ENOUGH))

    # --------------------------------------------------------------------- writing

    @api.model
    def _later(self, row):
        """Write a row once the running request is through, in a short transaction of its own.

        The page itself may run on a read-only cursor, and stays there. A record opened
        twice in one request is one row.

        :param dict row: kind, user_id, res_model, res_id, staff_id, ip, user_agent
        """
        done = self.env.cr.postcommit
        if _WAITING not in done.data:
            rows = done.data.setdefault(_WAITING, {})
            done.add(lambda: self._beside(list(rows.values())))
        done.data[_WAITING][row["kind"], row["res_model"], row["res_id"], row.get("client_id")] = row

    @api.model
    def _beside(self, rows):
        """Write rows on a cursor of their own; a page never fails for the journal's sake."""
        try:
            with self.env.registry.cursor() as cr:
                api.Environment(cr, SUPERUSER_ID, {})["client.access"]._append(rows)
        except Exception:
            _logger.exception("The access journal could not be written: %s", rows)

    @api.model
    def _append(self, rows):
        """Write rows; the only way they come to be. Client, company and membership are looked up.

        :param list rows: see ``_later``
        :return: the new client.access records
        """
        return self.sudo().create([self._complete(row) for row in rows])  # nobody has create rights

    @api.model
    def _complete(self, row):
        record = self.env[row["res_model"]].sudo().browse(row["res_id"]).exists()  # its scope columns only
        pages = isinstance(record, self.env.registry["client.shown"])
        client = record._client_owner() if pages else record.client_id
        client = client or client.browse(row.get("client_id"))  # of a list, the client it is of
        members = self.env["client.member"].sudo().with_context(active_test=False)  # an id for the journal
        member = members.search([("user_id", "=", row["user_id"]), ("client_id", "=", client.id)], limit=1)
        return {
            "date": fields.Datetime.now(),
            "client_id": client.id,
            "member_id": member.id,
            "company_id": record.company_id.id if "company_id" in record._fields else client.company_id.id,
            **row,
            "user_agent": (row.get("user_agent") or "")[:AGENT_LENGTH],
        }

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("The access journal is kept as it was written."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The access journal is kept as it was written."))

    # --------------------------------------------------------------------- keeping

    @api.model
    def _purge(self):
        """Delete what is older than the retention of the settings; by cron, and by nothing else.

        The trigger lets a row go only while this transaction says how old it must be.
        """
        months = int(self.env["ir.config_parameter"].sudo().get_param("client_portal.access_months") or 0)  # a setting
        if months <= 0:
            return
        before = fields.Datetime.now() - relativedelta(months=months)
        allow = "SELECT set_config('client_portal.purge_before', %s, TRUE)"
        self.env.flush_all()
        self.env.cr.execute(SQL(allow, fields.Datetime.to_string(before)))
        self.env.cr.execute(SQL("DELETE FROM client_access WHERE date < %s", before))
        self.env.cr.execute(SQL(allow, ""))
        self.invalidate_model(flush=False)

    @api.model
    def _move_partner(self, sources, target):
        """Follow a merge of clients, so that their journals stay whole."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE client_access SET client_id = %s WHERE client_id IN %s",
                target.id,
                tuple(sources.ids) or (0,),
            )
        )
        self.invalidate_model(["client_id"], flush=False)

    # --------------------------------------------------------------------- reading

    @api.model
    def _looks(self):
        """Kinds of rows that say somebody of the client looked at a record."""
        return ["open", "download"]

    @api.model
    def _last_opened(self, records):
        """When each member last opened each record; previews by staff do not count.

        :param records: records of one model
        :rtype: dict[tuple[int, int], datetime] by (record id, user id)
        """
        groups = self.sudo()._read_group(  # dates for people who may see the record, see _client_audience
            [("res_model", "=", records._name), ("res_id", "in", records.ids), ("kind", "in", self._looks())],
            ["res_id", "user_id"],
            ["date:max"],
        )
        return {(record_id, user_id): date for record_id, user_id, date in groups}
