from odoo import api, models
from odoo.exceptions import AccessError

from .client_door import MEMBERS_SUBTYPE

KEYS = ("access_token", "payment_token", "pid", "hash", "auth_signup_token", "auth_login")


class MailThread(models.AbstractModel):
    """Keys open no thread of a client, and its mail reaches only who may see it."""

    _inherit = "mail.thread"

    # ---------------------------------------------------------------------- coming in

    @api.model
    def _get_thread_with_access(self, thread_id, *, hash=None, pid=None, token=None, **kwargs):
        if self.env["client.door"]._ignores_keys(self._name, thread_id):
            hash = pid = token = None
        return super()._get_thread_with_access(thread_id, hash=hash, pid=pid, token=token, **kwargs)

    # ---------------------------------------------------------------------- going out

    def _get_action_link_params(self, link_type, **kwargs):
        """The button of a mail leads to the record; who may see it signs in."""
        params = super()._get_action_link_params(link_type, **kwargs)
        if link_type == "view" and self.env["client.door"]._guards(params.get("model"), params.get("res_id")):
            params = {key: value for key, value in params.items() if key not in KEYS}
        return params

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        if not self or not self.env["client.door"]._guarded(self):
            return recipients
        msg_vals = msg_vals or {}
        sudo = message.sudo()  # whom it is addressed to and of which kind it is
        direct = msg_vals["partner_ids"] if "partner_ids" in msg_vals else sudo.partner_ids.ids
        subtype = msg_vals["subtype_id"] if "subtype_id" in msg_vals else sudo.subtype_id.id
        internal = msg_vals["is_internal"] if "is_internal" in msg_vals else sudo.is_internal
        comment = subtype == self.env["ir.model.data"]._xmlid_to_res_id(MEMBERS_SUBTYPE) and not internal
        return self._client_recipients(recipients, set(direct or ()), comment)

    def _client_recipients(self, recipients, direct, comment):
        """Who of the recipients may get a mail about this client's record.

        :param list recipients: as of ``_notify_get_recipients``
        :param set direct: ids of partners the message is addressed to
        :param bool comment: whether followers outside would read it on the page
        """
        self.ensure_one()
        door, known = self.env["client.door"], [r["id"] for r in recipients if r["id"]]
        inside = door._partners_inside(self, known)
        told = door._partners_addressed(self, [one for one in known if one in direct])
        comment = comment and getattr(self, "_client_talks", True)
        chosen = bool(self.env.context.get("client_chosen_recipients"))
        kept, dropped = [], []
        for recipient in recipients:
            addressed = recipient["id"] in direct or not recipient["id"]
            if recipient["type"] == "user" or (chosen and addressed):
                kept.append(recipient)
            elif (recipient["id"] in inside and (addressed or comment)) or recipient["id"] in told:
                kept.append(recipient)
            elif addressed:
                dropped.append(recipient["name"] or recipient["email_normalized"])
        if dropped:
            self._client_log_unsent(dropped)
        return kept

    def _client_log_unsent(self, names):
        """Tell staff, on the record, who was left out and why."""
        body = self.env._("Not sent to %s: no member who may see this.", ", ".join(map(str, names)))
        self.sudo()._message_log(body=body)  # a note for staff, whoever acted

    def _notify_get_classified_recipients_iterator(self, message, recipients_data, **kwargs):
        """People outside read the name their pages show, and no stage, project or change."""
        outside = []
        if self and self.env["client.door"]._guarded(self):
            outside = [r for r in recipients_data if r["type"] != "user"]
        inside = [r for r in recipients_data if r not in outside]
        if inside:
            yield from super()._notify_get_classified_recipients_iterator(message, inside, **kwargs)
        if outside:
            label = self._client_mail_name()
            kwargs.update(force_record_name=label, subtitles=[label])
            for lang, values, group in super()._notify_get_classified_recipients_iterator(message, outside, **kwargs):
                yield lang, {**values, "tracking_values": []}, group

    def _message_compute_subject(self):
        """Subjects go to everybody, so they carry the name for clients."""
        if self and self.env["client.door"]._guarded(self):
            return self._client_mail_name()
        return super()._message_compute_subject()

    def _client_mail_name(self):
        self.ensure_one()
        record = self.sudo()  # its name for clients
        return record[getattr(record, "_client_label_field", "display_name")] or record.display_name

    # ---------------------------------------------------------------------- followers

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Nobody outside makes followers, also not of themselves: who hears of what is the house's decision."""
        if not self.env.su and self.env.user._is_client_governed():
            raise AccessError(self.env._("This does not exist, or you have no access to it."))
        return super().message_subscribe(partner_ids, subtype_ids)

    def _message_auto_subscribe(self, updated_values, followers_existing_policy="skip"):
        threads = self.with_context(client_inherits_followers=True)
        return super(MailThread, threads)._message_auto_subscribe(
            updated_values, followers_existing_policy=followers_existing_policy
        )
