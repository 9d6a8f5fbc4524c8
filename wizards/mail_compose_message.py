from odoo import api, fields, models


class MailComposeMessage(models.TransientModel):
    """Staff see whom they write to, and who reads along, before they send."""

    _inherit = "mail.compose.message"

    client_readers = fields.Char(compute="_compute_client_readers", compute_sudo=False)
    client_reader_names = fields.Char(compute="_compute_client_readers", compute_sudo=False)

    def action_send_mail(self):
        """The button: staff who write about one record see whom they write to.

        Mails that Odoo composes by itself do not come through here.
        """
        if len(self) == 1 and self.composition_mode == "comment" and not self.composition_batch:
            self = self.with_context(client_chosen_recipients=True)
        return super().action_send_mail()

    @api.depends("model", "res_ids", "composition_mode", "subtype_is_log", "partner_ids")
    def _compute_client_readers(self):
        for composer in self:
            composer.client_readers, names = composer._client_reader_words()
            composer.client_reader_names = ", ".join(names)

    def _client_reader_words(self):
        """(line, names) about the one record that is written on; empty for records of no client."""
        record = self._client_record()
        if not record:
            return "", []
        if self.subtype_is_log:
            return self.env._("Internal: only staff read this note"), []
        words = record._client_reader_words()
        names = words["names"] + self._client_addressed(record)
        return words["line"], names

    def _client_record(self):
        """The client's record that is written on, for staff who may read it; empty for others."""
        scoped = self.env["client.scoped"]._inherit_children
        ids = self._evaluate_res_ids() if self.composition_mode == "comment" and self.model in scoped else []
        if len(ids) != 1 or not self.env.user._is_internal():
            return None
        record = self.env[self.model].browse(ids).exists()
        return record if record.has_access("read") and self.env["client.door"]._guarded(record) else None

    def _client_addressed(self, record):
        """Words for each recipient who is no reader: it is mailed to them all the same."""
        readers = {person["user"].partner_id for person in record._client_audience()[record.id]}
        chosen = self.partner_ids._origin  # while the form is open these are no records yet
        outside = chosen.filtered(lambda p: not any(user._is_internal() for user in p.user_ids))
        strangers = outside.filtered(lambda p: p not in readers)
        return [self.env._("%s (by mail, no reader of the page)", partner.name) for partner in strangers]
