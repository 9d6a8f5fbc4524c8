"""What was approved is what was shown: a later change is noticed, told, and asked about anew.

Whoever touches a record that the client was asked about queues a look at it; the look is taken once,
at the end of the transaction. It writes to the approval, so that a change and an answer at the same
moment wait for each other and the second one starts again with what the first one left.
"""

import json

from odoo import api, models
from odoo.tools import SQL

_QUEUE = "client_portal.touched"


class ClientApproval(models.Model):
    _inherit = "client.approval"

    @api.model
    def _touched(self, approvals):
        """Look at these approvals at the end of the running transaction.

        :param approvals: client.approval whose record, lines or documents are being changed
        """
        if not approvals:
            return
        hooks = self.env.cr.precommit
        if _QUEUE not in hooks.data:
            hooks.data[_QUEUE] = set()
            system = self.env(su=True, context={"lang": self.env.lang})["client.approval"]
            hooks.add(system._look)
        hooks.data[_QUEUE].update(approvals.ids)

    @api.model
    def _look(self):
        """Compare what was touched with what the client was shown."""
        touched = self.env.cr.precommit.data.pop(_QUEUE, set())
        self.env.flush_all()
        for approval in self.browse(sorted(touched)).exists():
            approval._content_moved()

    def _content_moved(self):
        """Compare the record with what was shown, and act on a difference."""
        self.ensure_one()
        record = self._subject()
        if self.state not in ("pending", "approved") or not record or not self._kind()._guarded(record):
            return
        now = self._content_digest(record)
        if now == self.content_digest:
            return
        self.content_digest = now
        if self.state == "approved":
            self._changed_since_approved(record)
        elif self.state == "pending":
            self._changed_while_asked(record)

    def _changed_since_approved(self, record):
        self._mark_stale("stale", changes=self._changes_since(self._decision()))
        self._decision_effect("_stale")
        self._ask_again(record)

    def _changed_while_asked(self, record):
        """Nobody has answered: the question is about what is there now. Somebody has: it is asked anew."""
        former = self.previous_id
        if former.state == "stale" and not self._changes_between(former._decision(), record):
            return self._back_to(former, record)
        given = self.approver_ids.filtered("verdict")
        if given:
            decisions = self.env["client.decision"].search([("approval_id", "=", self.id)], order="id desc", limit=1)
            self._mark_stale("stale", changes=self._changes_between(decisions, record))
            return self._ask_again(record)
        changes = self._changes_from(self._seen_before(), record)
        self.write({**self._facts_of(self._kind(), record), "seen_changes": changes})
        self._log("edited")
        self._print_shown(record)
        self._pass_over()
        return self._set_turns()

    def _mark_stale(self, event, **values):
        self._close("stale", event, **values)
        self._tell("stale")

    def _ask_again(self, record):
        """The same question about what is there now, to the same people."""
        others = record._client_approvals().filtered(lambda a: a.state == "pending")
        if others or self.kind not in self._kind()._fitting(record):
            return self._alert(self.env._("%s changed after it was approved", self.name))
        lines = self.approver_ids.filtered(lambda line: not line.escalated_from_id and line.member_id._is_open())
        asker = self.with_user(self.requester_id or self.env.user)
        again = asker._ask(
            record,
            self.kind,
            members=self.env["client.member"] if self.anyone else lines.member_id,
            rule=self.rule,
            quorum=self.quorum,
            four_eyes=self.four_eyes,
            document_ids=[(6, 0, self.document_ids.ids)],
            previous_id=self.id,
        )
        return again._alert(
            self.env._("%s changed after it was approved; the client is asked again", self.name),
            "\n".join(self._kind()._change_words(self._changes_since(self._decision()))),
        )

    def _back_to(self, former, record):
        """The record is again as it was approved: the answer holds, nothing is asked."""
        self._close("withdrawn", "restored")
        former.write({"state": "approved", "content_digest": self.content_digest})
        former._log("restored")
        former._decision_effect("_restored")
        record.client_approval_id = former

    def _decision_effect(self, effect):
        getattr(self._kind(), effect)(self, self._decision())

    # ----------------------------------------------------------------------- comparing

    def _decision(self):
        """The decision that closed it (sudo), or none."""
        return self.env["client.decision"].sudo().browse(self.decision_id or ()).exists()  # behind the approval

    def _changes_since(self, decision):
        """What differs from what ``decision`` was shown; nothing without one."""
        return self._changes_between(decision, self._subject())

    def _changes_between(self, decision, record):
        return self._changes_from(decision.snapshot, record) if decision else []

    def _changes_from(self, snapshot, record):
        """What differs between an earlier snapshot, as canonical JSON, and the record as it is now."""
        if not snapshot or not record:
            return []
        words = self._kind()
        return words._changes(json.loads(snapshot), words._snapshot(self, record))

    def _seen_before(self):
        """What the client has seen of this before, as canonical JSON: what was answered last, else what was asked."""
        former = self.previous_id
        return former._decision().snapshot or former.asked_snapshot or self.asked_snapshot


class ClientApprovable(models.AbstractModel):
    _inherit = "client.approvable"

    # fields whose change may change what was approved
    _client_watched_fields = ()

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._client_watched_fields):
            self._client_touched()
        return result

    def _client_touched(self):
        """Something the client was asked about in these records is being changed."""
        asked = self.sudo().filtered("client_approval_id")  # only which they are
        if asked:
            self.env["client.approval"]._touched(asked._client_standing())

    def _client_standing(self):
        """Approvals that wait or hold: of every record and kind the newest (sudo)."""
        seen, standing = set(), self.env["client.approval"]
        for approval in self._client_approvals():
            if (approval.res_id, approval.kind) not in seen and approval.state in ("pending", "approved"):
                standing |= approval
            seen.add((approval.res_id, approval.kind))
        return standing


class SaleOrder(models.Model):
    _inherit = "sale.order"

    _client_watched_fields = (
        "note",
        "payment_term_id",
        "require_payment",
        "prepayment_percent",
        "partner_shipping_id",
        "client_site_id",
        "currency_id",
        "variation_of_id",
        "variation_task_id",
        "variation_reason",
        "variation_days",
    )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    _client_watched_fields = (
        "name",
        "sequence",
        "display_type",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "order_id",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._client_touched()
        return lines

    def write(self, vals):
        watched = not vals.keys().isdisjoint(self._client_watched_fields)
        orders = self.order_id if watched else self.env["sale.order"]
        result = super().write(vals)
        if watched:
            (orders | self.order_id)._client_touched()
        return result

    def unlink(self):
        orders = self.order_id
        result = super().unlink()
        orders._client_touched()
        return result


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        if not {"raw", "datas", "name", "db_datas", "store_fname"}.isdisjoint(vals):
            self._client_documents_touched()
        return super().write(vals)

    def unlink(self):
        self._client_documents_touched()
        return super().unlink()

    def _client_documents_touched(self):
        """Files that belong to something a client was asked are being changed."""
        if not self.ids:
            return
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT approval_id FROM client_approval_document_rel WHERE attachment_id IN %s",
                tuple(self.ids),
            )
        )
        self.env["client.approval"]._touched(self.env["client.approval"].browse([row[0] for row in rows]))
