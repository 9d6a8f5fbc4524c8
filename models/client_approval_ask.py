"""Asking for an approval: who is asked, in which turn, and how it ends without an answer."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .client_canonical import canonical, digest


class ClientApproval(models.Model):
    _inherit = "client.approval"

    @api.model
    def _ask(self, record, kind, members=None, **options):
        """Ask the client of a record.

        :param record: one client.approvable record
        :param str kind: see ``client.approval.kind``
        :param members: client.member who are asked, in order; none for anyone who may approve this
        :param options: values of the approval: rule, quorum, message, date_due, date_expires,
            document_ids, four_eyes, previous_id
        :return: the new client.approval (sudo)
        :raise UserError: cannot be asked now, in words
        """
        record = record.sudo()  # who may ask was decided by the caller; members read what the engine shows
        words = self.env["client.approval.kind"]._of(kind)
        if kind not in words._fitting(record):
            raise UserError(self.env._("%s cannot be asked for now.", words._label()))
        pending = record._client_approvals().filtered(lambda a: a.state == "pending")
        if pending:
            raise UserError(self.env._("“%s” waits for the client already.", pending.name))
        self.flush_model(["state"])  # what was just ended makes room for one more
        vals = {**self._asked_vals(record, kind), "anyone": not members, **options}
        vals["approver_ids"] = [
            Command.create({"member_id": member.id, "sequence": 10 * number})
            for number, member in enumerate(members or (), 1)
        ]
        approval = self.sudo().create(vals)  # nobody has create rights
        approval._start(record)
        return approval

    @api.model
    def _asked_vals(self, record, kind):
        """Values of a new question that follow from the record and the kind."""
        words, scope = self.env["client.approval.kind"]._of(kind), record._client_approval_scope()
        due, expires = words._due(record)
        return {
            "kind": kind,
            "res_model": record._name,
            "res_id": record.id,
            "capability": scope._client_capability,
            **self._scope_of(scope),
            **self._facts_of(words, record),
            "date_asked": self.env.context.get("client_update_date") or fields.Datetime.now(),
            "date_due": due,
            "date_expires": expires,
            "responsible_id": record._client_responsible()[:1].id,
            "requester_id": self.env.uid if self.env.user._is_internal() else False,
        }

    def _start(self, record):
        """Set a new approval going: turns, reminders, timeline, feed."""
        record.client_approval_id = self
        self._remember_asked(record)
        record._client_approval_scope()._client_answered()  # to ask is to answer what the client wrote before
        self._log("asked_again" if self.previous_id.state == "stale" else "asked")
        self._pass_over()
        self._set_turns()
        self._plan_reminder()
        self._print_shown(record)
        self._tell("requested")
        if self._kind()._announces(record):
            self._notify(self._whose_turn())

    def _remember_asked(self, record):
        """Keep what is shown now as what was asked; later changes are told against it."""
        snapshot = self._kind()._snapshot(self, record)
        self.write(
            {
                "content_digest": digest(canonical(snapshot["content"])),
                "asked_snapshot": canonical(snapshot),
            }
        )
        self.seen_changes = self._changes_from(self._seen_before(), record)

    @api.model
    def _facts_of(self, words, record):
        """What the list shows of the record, as it is now."""
        title, reference = words._subject(record)
        amount, currency = words._amount(record)
        return {
            "name": title or reference,
            "reference": reference if title else False,
            "amount": amount,
            "currency_id": currency.id,
        }

    @api.model
    def _able_for(self, record, kind):
        """Members who could approve a record if they were asked now.

        :param record: one client.approvable record
        :rtype: client.member (sudo)
        """
        record = record.sudo()  # whom to name in the staff's own form
        scope = record._client_approval_scope()
        vals = {**self._scope_of(scope), **self._facts_of(self.env["client.approval.kind"]._of(kind), record)}
        return self.sudo().new({**vals, "capability": scope._client_capability})._able_members()  # as above

    def _content_digest(self, record):
        """SHA-256 of what is approved of the record now."""
        return digest(canonical(self._kind()._snapshot(self, record)["content"]))

    # ------------------------------------------------------------------------ turns

    def _set_turns(self):
        """Say whose answer comes next.

        :return: client.approval.approver whose turn begins
        """
        begun = self.env["client.approval.approver"]
        for approval in self:
            open_lines = approval.approver_ids.filtered(lambda line: not line.verdict and not line.ended)
            now = open_lines[:1] if approval.rule == "order" else open_lines
            (open_lines - now).filtered("turn").turn = False
            new = now.filtered(lambda line: not line.turn)
            new.turn = True
            begun |= new
        return begun

    def _outcome(self, verdict):
        """State that a verdict leads to: one of STATES, or None while others have to answer.

        :param str verdict: approve, decline or changes
        """
        if verdict == "changes":
            return "changes"
        lines = self.approver_ids.filtered(lambda line: not line.ended)
        yes = lines.filtered(lambda line: line.verdict == "approve")
        needed = {"any": 1, "quorum": self.quorum}.get(self.rule, len(lines))
        if verdict == "decline":
            left = lines.filtered(lambda line: line.verdict not in ("decline", "changes"))
            possible = self.rule == "quorum" and not self.anyone and len(left) >= needed
            return None if possible else "declined"
        return "approved" if len(yes) >= needed else None

    # --------------------------------------------------------------------- other ends

    def _withdraw(self, event="withdrawn", **values):
        """End what waits without an answer; nothing happens to what is answered."""
        for approval in self.filtered(lambda a: a.state == "pending"):
            approval._lock()
            if approval.state == "pending":
                approval._close("withdrawn", event, **values)
                approval._tell("withdrawn")

    def action_client_withdraw(self):
        """Take the question back; for staff who may write the record."""
        for approval in self:
            approval.check_access("read")
            record = approval._subject()
            if record:
                record.sudo(False).check_access("write")  # as the staff user again
            engine = approval.sudo()  # approvals are written by the engine, the right was asked above
            engine._withdraw()
            if record and engine.state == "withdrawn":
                engine._kind()._withdrawn(engine)

    # --------------------------------------------------------------------- telling

    def _tell(self, event):
        """A line in the client's feed, where the kind wants one."""
        rows = [
            approval._client_update_vals(
                f"approval_{event}", {"title": approval.name, "kind": approval.kind}, approval.capability
            )
            for approval in self
            if approval.client_published and approval.client_id.is_client and approval._kind()._tells(approval, event)
        ]
        self.env["client.update"].sudo()._append(rows)  # nobody has create rights on updates

    def _alert(self, summary, note=""):
        """A to-do for whoever is responsible for the record."""
        record = self._subject()
        if record:
            record._client_alert(summary, note, self.requester_id)
