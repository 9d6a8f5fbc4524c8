from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.client_approval import RULES


class ClientApprovalWizard(models.TransientModel):
    """Ask the client to approve a record."""

    _name = "client.approval.wizard"
    _description = "Ask approval"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer(required=True, readonly=True)
    kind = fields.Selection(selection="_kinds", string="What for", required=True)
    one_kind = fields.Boolean(compute="_compute_one_kind")
    client_id = fields.Many2one("res.partner", compute="_compute_client_id")
    anyone = fields.Boolean("Anyone who may approve this", default=True)
    member_ids = fields.Many2many(
        "client.member",
        string="Approvers",
        domain="[('client_id', '=', client_id), ('role_id.can_approve', '=', True)]",
    )
    rule = fields.Selection(RULES, required=True, default="any", string="Who has to say yes")
    quorum = fields.Integer("How many", default=2)
    four_eyes = fields.Boolean("Not who asked for the work")
    date_due = fields.Date("Answer by")
    date_expires = fields.Date("Ends on", help="The last day on which it can be answered. Empty: no end.")
    message = fields.Text("Message to the client")
    document_ids = fields.Many2many(
        "ir.attachment", "client_approval_wizard_document_rel", "wizard_id", "attachment_id", string="Documents"
    )
    able_names = fields.Char("Who may approve this now", compute="_compute_able_names")

    @api.model
    def _kinds(self):
        return self.env["client.approval.kind"]._choices()

    def _record(self):
        """The record as the staff user.

        :raise UserError: it is none a client can approve
        """
        Model = self.env.get(self.res_model)
        if Model is None or not isinstance(Model, self.env.registry["client.approvable"]):
            raise UserError(self.env._("Open this from a record."))
        return Model.browse(self.res_id)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if values.get("res_model") and values.get("res_id"):
            record = self.new(values)._record().sudo()  # which kinds fit, and their dates
            kinds = self.env["client.approval.kind"]._fitting(record)
            if kinds:
                due, expires = self.env["client.approval.kind"]._of(kinds[0])._due(record)
                values.update(kind=kinds[0], date_due=due, date_expires=expires)
        return values

    @api.depends("res_model", "res_id")
    def _compute_one_kind(self):
        for wizard in self:
            record = wizard._record().sudo()  # which kinds fit
            wizard.one_kind = len(self.env["client.approval.kind"]._fitting(record)) == 1

    @api.depends("res_model", "res_id")
    def _compute_client_id(self):
        for wizard in self:
            wizard.client_id = wizard._record()._client_approval_scope().sudo().client_id  # names whom to ask

    @api.depends("kind", "res_model", "res_id")
    def _compute_able_names(self):
        for wizard in self:
            able = self.env["client.approval"]._able_for(wizard._record(), wizard.kind) if wizard.kind else []
            wizard.able_names = ", ".join(member.user_id.name for member in able)

    @api.onchange("rule")
    def _onchange_rule(self):
        """Everybody, and one after the other, need names."""
        if self.rule in ("all", "order"):
            self.anyone = False

    def action_client_ask(self):
        """Ask, as the staff user who may write the record."""
        self.ensure_one()
        record = self._record()
        record.check_access("write")
        self._check()
        approval = self.env["client.approval"]._ask(
            record,
            self.kind,
            members=self.member_ids if not self.anyone else None,
            rule=self.rule,
            quorum=max(self.quorum, 1) if self.rule == "quorum" else 1,
            four_eyes=self.four_eyes,
            date_due=self.date_due,
            date_expires=self.date_expires,
            message=self.message,
            document_ids=[(6, 0, self.document_ids.ids)],
            previous_id=record.client_approval_id.id,
        )
        self.document_ids.sudo().write({"res_model": approval._name, "res_id": approval.id})  # uploaded for it
        return {"type": "ir.actions.act_window_close"}

    def _check(self):
        if not self.anyone and not self.member_ids:
            raise UserError(self.env._("Choose who is asked, or anyone who may approve this."))
        if self.anyone and self.rule in ("all", "order"):
            raise UserError(self.env._("Choose who is asked: this rule needs names."))
        if self.rule == "quorum" and not self.anyone and self.quorum > len(self.member_ids):
            raise UserError(self.env._("More people have to say yes than are asked."))
        if self.date_expires and self.date_due and self.date_expires < self.date_due:
            raise UserError(self.env._("It cannot end before an answer is due."))
