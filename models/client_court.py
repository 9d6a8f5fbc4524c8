from odoo import api, fields, models

COURTS = [("client", "The client"), ("operator", "Us")]
_SPENT = {"client": "client_spent_client", "operator": "client_spent_operator"}
_DAY = 24 * 60 * 60


class ClientCourt(models.AbstractModel):
    """Whose turn it is on a record, since when, and how long each side has had it in total.

    An inheriting model says whose turn it is now (``_client_court_now``) and on which of its
    fields that depends (``_client_court_depends``); a further reason extends both by ``super()``.
    """

    _name = "client.court"
    _description = "Waiting clock of two sides"

    client_court = fields.Selection(
        COURTS,
        string="Waiting for",
        compute="_compute_client_court",
        store=True,
        index="btree_not_null",
        help="Whose answer or act comes next.",
    )
    client_court_since = fields.Datetime(string="Waiting since", compute="_compute_client_court", store=True)
    # full seconds of earlier turns; the running one is added when days are shown
    client_spent_client = fields.Integer(
        compute="_compute_client_court", store=True, export_string_translation=False, aggregator=None
    )
    client_spent_operator = fields.Integer(
        compute="_compute_client_court", store=True, export_string_translation=False, aggregator=None
    )
    client_wrote_on = fields.Datetime(
        string="Client wrote",
        readonly=True,
        copy=False,
        help="First message of the client that nobody has answered yet.",
    )
    client_days_client = fields.Float(
        string="Days with the client", compute="_compute_client_days", digits=(16, 1)
    )
    client_days_operator = fields.Float(string="Days with us", compute="_compute_client_days", digits=(16, 1))

    @api.depends(lambda self: self._client_court_depends())
    def _compute_client_court(self):
        """Stop the clock of the side that had the turn, start the other's."""
        now = self.env.context.get("client_update_date") or fields.Datetime.now()
        for record in self:
            known, court = record.client_court, record._client_court_turn()
            if known and known != court:
                spent = _SPENT[known]
                record[spent] += max(int((now - record.client_court_since).total_seconds()), 0)
            record.client_spent_client = record.client_spent_client
            record.client_spent_operator = record.client_spent_operator
            record.client_court_since = record.client_court_since if court == known else bool(court) and now
            record.client_court = court

    def _client_court_depends(self):
        """Names of the fields ``_client_court_now`` looks at."""
        return ["client_wrote_on"]

    def _client_court_turn(self):
        """As ``_client_court_now``; where nobody's turn it is, whoever was written to answers.

        What the client was asked stays asked until somebody says it is done: a colleague's remark, or a
        question back, takes nothing off their list.
        """
        return self._client_court_now() or ("operator" if self.client_wrote_on else False)

    def _client_court_now(self):
        """Whose turn it is.

        :return: 'client', 'operator' or False
        """
        return False

    @api.depends("client_court", "client_court_since", "client_spent_client", "client_spent_operator")
    def _compute_client_days(self):
        now = fields.Datetime.now()
        for record in self:
            running = (now - record.client_court_since).total_seconds() if record.client_court else 0
            for side, spent in _SPENT.items():
                turn = running if side == record.client_court else 0
                record[f"client_days_{side}"] = (record[spent] + turn) / _DAY
