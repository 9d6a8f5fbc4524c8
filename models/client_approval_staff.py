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

    def _client_paper_action(self, paper):
        """Download a file of one decision; the address asks for the right once more."""
        self.ensure_one()
        self.check_access("read")
        url = f"/client_portal/decisions/{self.id}/{paper}"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def action_client_open_document(self):
        """Download the frozen document."""
        return self._client_paper_action("document")

    def action_client_certificate(self):
        """Download the certificate."""
        return self._client_paper_action("certificate")

    def action_client_evidence(self):
        """Download everything the digests cover, for the verifier."""
        return self._client_paper_action("evidence")


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

    def action_client_evidence(self):
        """Download the evidence of a whole chain, for the verifier."""
        self.ensure_one()
        self.check_access("read")
        url = f"/client_portal/ledgers/{self.id}/evidence"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _evidence_file(self):
        """The chain as JSON; for staff who may read it.

        :return: (file name, mimetype, bytes)
        """
        self.ensure_one()
        decisions = self.env["client.decision"].sudo()  # the right to read the ledger was asked for
        return decisions.search([("ledger_id", "=", self.id)], order="position")._evidence_file()
