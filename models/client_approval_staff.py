"""What the back office shows and does with approvals, decisions and ledgers."""

from odoo import fields, models


class ClientApproval(models.Model):
    _inherit = "client.approval"

    kind_label = fields.Char("For", compute="_compute_kind_label")
    waiting_names = fields.Char("Waiting for", compute="_compute_waiting_names")
    decision_count = fields.Integer("Decisions", compute="_compute_decision_count")
    change_words = fields.Text("What changed", compute="_compute_change_words")

    def _compute_kind_label(self):
        for approval in self:
            approval.kind_label = approval._kind()._label()

    def _compute_waiting_names(self):
        for approval in self:
            waiting = approval.sudo()._whose_turn() if approval.state == "pending" else []  # names for staff
            approval.waiting_names = ", ".join(member.user_id.name for member in waiting)

    def _compute_decision_count(self):
        decisions = self.env["client.decision"].sudo()  # a number
        counts = dict(decisions._read_group([("approval_id", "in", self.ids)], ["approval_id"], ["__count"]))
        for approval in self:
            approval.decision_count = counts.get(approval.id, 0)

    def _compute_change_words(self):
        """What the record has now that the client did not approve."""
        for approval in self:
            changes = []
            if approval.state == "stale":
                engine = approval.sudo()  # compared for staff who see the approval
                changes = engine._changes_since(engine._decision())
            approval.change_words = "\n".join(approval._kind()._change_words(changes))

    def action_client_open_record(self):
        """Open what this is about; Odoo refuses it to staff who may not read it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def action_client_decisions(self):
        """List the decisions on these approvals."""
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_decision_action")
        return dict(action, domain=[("approval_id", "in", self.ids)], context={})


class ClientDecision(models.Model):
    _inherit = "client.decision"

    def action_client_open_document(self):
        """Download the frozen document."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/web/content/{self.document_id}?download=true", "target": "self"}


class ClientLedger(models.Model):
    _inherit = "client.ledger"

    def action_client_verify(self):
        """Walk the chains and note what was found."""
        self.check_access("read")
        for ledger in self.sudo():  # the right to look was asked above
            found = ledger._verify()
            ledger.write({"date_verified": fields.Datetime.now(), "verdict": ledger._words(found), "sound": not found})

    def action_client_decisions(self):
        """List the chain."""
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_decision_action")
        return dict(action, domain=[("ledger_id", "in", self.ids)], context={})
