from odoo import api, models
from odoo.fields import Domain
from odoo.tools import consteq

# threads without scope columns of their own, and the field that leads to the scoped record
BELONGS_TO = {"project.milestone": "project_id", "project.update": "project_id"}

MEMBERS_SUBTYPE = "mail.mt_comment"
# kinds of message that are a conversation; the rest is Odoo's own book-keeping
CONVERSATION = ("comment", "email", "email_outgoing", "auto_comment", "out_of_office")


class ClientDoor(models.AbstractModel):
    """Decides at the doors that Odoo opens without asking a record rule.

    Keys in addresses (``access_token``, ``hash`` and ``pid``, payment links), followers and
    recipients of mail: for a client's record none of these counts by itself. Who wants in
    is a member whose rules give the record, or staff.
    """

    _name = "client.door"
    _description = "Doors into a client's records"

    @api.model
    def _parent_field(self, records):
        """Field that leads from a thread without a scope of its own to the scoped record; empty for others."""
        return BELONGS_TO.get(records._name, "")

    @api.model
    def _guarded(self, records):
        """Those of the records that belong to a client; none for models without clients.

        :param records: recordset of any model
        """
        if records._name in BELONGS_TO:
            parent = BELONGS_TO[records._name]
            return records.filtered(lambda r: self._guarded(r.sudo()[parent]))  # asked, not shown
        if not isinstance(records, self.env.registry["client.scoped"]):
            return records.browse()
        return records.filtered(lambda r: r.sudo().client_id.is_client)  # asked, not shown

    @api.model
    def _guards(self, model, record_id):
        """Whether ``model, record_id`` name a client's record.

        :param str model: name from a request, trusted in no way
        :param record_id: id from a request
        :rtype: bool
        """
        if not model or not record_id or model not in self.env:
            return False
        return bool(self._guarded(self.env[model].browse(int(record_id)).exists()))

    @api.model
    def _ignores_keys(self, model, record_id):
        """Whether keys in an address count for nothing here: a client's record, or a member.

        :rtype: bool
        """
        return self.env.user._is_client_governed() or self._guards(model, record_id)

    @api.model
    def _is_there(self, record):
        """Whether there is such a record at all, whoever asks.

        :rtype: bool
        """
        return bool(record.sudo().exists())  # whether, and nothing of it

    @api.model
    def _is_loose(self, attachment_id):
        """Whether there is such a file, and on no client's record.

        :rtype: bool
        """
        file = self.env["ir.attachment"].sudo().browse(attachment_id).exists()  # where it hangs, and nothing of it
        return bool(file) and not self._guards(file.res_model, file.res_id)

    @api.model
    def _sees(self, user, record):
        """Whether a login may read a record now, by the real rules, as that user.

        :param user: res.users
        :param record: one record of any model
        :rtype: bool
        """
        context = {"allowed_company_ids": list(user._get_company_ids())}
        as_user = record.with_env(self.env(user=user.id, su=False, context=context))
        return as_user.has_access("read")

    @api.model
    def _partners_inside(self, record, partner_ids):
        """Partners who may hear of a client's record: staff, and members who see it.

        :param record: a client's record
        :param partner_ids: iterable of res.partner ids
        :rtype: set[int]
        """
        partners = self.env["res.partner"].sudo().browse(partner_ids)  # their logins only
        inside = set()
        for partner in partners:
            for user in partner.user_ids:
                if user._is_internal() or (user._is_client_governed() and self._sees(user, record)):
                    inside.add(partner.id)
        return inside

    @api.model
    def _may(self, partner_id, capability, record):
        """Whether somebody who writes by mail may do so: staff, or a member whose role allows it there.

        :param int partner_id: the sender's contact; none for an address nobody knows
        :param str capability: one of CAPABILITIES
        :param record: a client's record that must be seen, or a client (res.partner)
        :rtype: bool
        """
        for user in self.env["res.partner"].sudo().browse(partner_id or ()).user_ids:  # the sender's logins only
            if user._is_internal():
                return True
            inside = record._name == "res.partner" or self._sees(user, record)
            if inside and user._is_client_governed() and user._client_can(capability, record):
                return True
        return False

    @api.model
    def _fits(self, model, record_id, access_token):
        """Whether a key is the record's own, although it opens nothing.

        :rtype: bool
        """
        record = self.env[model].sudo().browse(record_id).exists()  # compared only
        return bool(access_token and record.access_token and consteq(record.access_token, access_token))

    @api.model
    def _without_clients(self, domain):
        """``domain`` over scoped records, without those of clients.

        For stock pages of people outside who are no members.
        """
        return Domain(domain or Domain.TRUE) & ~Domain("client_id.is_client", "=", True)

    @api.model
    def _paid_by(self, tx_id):
        """[orders and invoices] a payment was for (sudo, to ask about them)."""
        payment = self.env["payment.transaction"].sudo().browse(tx_id or ()).exists()  # asked about only
        return [*payment.invoice_ids, *payment.sale_order_ids]

    @api.model
    def _rated(self, token):
        """(model, id) a rating link asks about, or nothing.

        :param str token: from an address
        """
        rating = self.env["rating.rating"].sudo().search([("access_token", "=", token)], limit=1)  # what it is about
        return rating.res_model, rating.res_id
