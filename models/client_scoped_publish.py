"""Who showed or hid a record, and when: on the record, where staff look."""

from odoo import api, fields, models


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    client_publish_uid = fields.Many2one("res.users", string="Shown or hidden by", readonly=True, copy=False)
    client_publish_on = fields.Datetime(string="Decided on", readonly=True, copy=False)
    client_shown = fields.Boolean(
        string="Shown to the client",
        compute="_compute_client_shown",
        inverse="_inverse_client_shown",
        export_string_translation=False,
        help="Shows or hides at once, whatever the rule says. Drafts, archived records and templates stay hidden.",
    )

    @api.depends("client_published")
    def _compute_client_shown(self):
        for record in self:
            record.client_shown = record.client_published

    def _inverse_client_shown(self):
        for shown, records in self.grouped("client_shown").items():
            records.client_publish = "yes" if shown else "no"

    @api.model
    def _client_by_hand(self, vals):
        """Remember who decided."""
        vals = super()._client_by_hand(vals)
        if "client_publish" in vals:
            return {**vals, "client_publish_uid": self.env.uid, "client_publish_on": fields.Datetime.now()}
        return vals

    def _client_snapshot(self):
        """Also what was decided by hand."""
        snapshot = super()._client_snapshot()
        for record in self.sudo():  # compared only
            snapshot[record.id]["client_publish"] = record.client_publish
        return snapshot

    def _client_tell(self, before):
        self._client_note_publishing(before)
        super()._client_tell(before)

    def _client_note_publishing(self, before):
        """An internal note where somebody decided, and wherever something the client saw is hidden.

        :param dict before: an earlier ``_client_snapshot``; empty for new records
        """
        bodies = {}
        for record in self.sudo():  # compared, and noted on the record
            old = before.get(record.id)
            if not old or not record.client_id.is_client or not hasattr(record, "_message_log_batch"):
                continue
            decided = old["client_publish"] != record.client_publish
            if record.client_published and decided:
                bodies[record.id] = self.env._("Shown to the client.")
            elif not record.client_published and (decided or old["client_published"]):
                bodies[record.id] = self.env._("Hidden from the client.")
        if bodies:
            self.browse(bodies).sudo()._message_log_batch(bodies=bodies)  # whoever may hide it

    # ------------------------------------------------------------------------ buttons

    def action_client_publish(self):
        """Show the records to their client, whatever the policy says."""
        self.write({"client_publish": "yes"})
        return self._client_publish_answer()

    def action_client_unpublish(self):
        """Hide the records from their client at once."""
        self.write({"client_publish": "no"})
        return self._client_publish_answer()

    def _client_publish_answer(self):
        """What a button says and does next."""
        shown, hidden = self.filtered("client_published"), self.filtered(lambda r: not r.client_published)
        missed = hidden.filtered(lambda record: record.client_publish == "yes")
        words = []
        if shown:
            words.append(self.env._("Shown to the client: %s", len(shown)))
        if hidden - missed:
            words.append(self.env._("Hidden from the client: %s", len(hidden - missed)))
        if missed:
            words.append(self.env._("Not shown, being drafts, archived or templates: %s", len(missed)))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": "\n".join(words),
                "type": "warning" if missed else "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
