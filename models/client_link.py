import hashlib
import secrets
from datetime import timedelta
from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.http import request
from odoo.tools import email_normalize

from .client_number import whole_number

LINK_DAYS = 30
KEPT_DAYS = 400  # a dead link stays in the staff's list that long
_KEY_BYTES = 32
# what an address that belongs to no member may look at
SHARED = ("sale.order", "account.move")


def digest_of(text):
    """SHA-256, as kept in the database instead of keys and codes."""
    return hashlib.sha256(text.encode()).hexdigest()


class ClientLink(models.Model):
    """A link of one mail: for one member or one address, one record and one purpose.

    The key stands in the mail alone, here is its digest. A member's link shows the way and lets them in by a
    code mailed to their address; what they see and do there is decided by their own rights. The link of an
    address without a membership shows that one record and, of an invoice, takes a payment.
    """

    _name = "client.link"
    _description = "Link in a mail to a client"
    _order = "id desc"
    _rec_name = "email"

    digest = fields.Char(required=True, readonly=True, groups="base.group_system")
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Record id", model_field="res_model", required=True, readonly=True)
    record_name = fields.Char("Record", compute="_compute_record_name")
    client_id = fields.Many2one("res.partner", required=True, readonly=True, index=True, ondelete="cascade")
    member_id = fields.Many2one("client.member", readonly=True, index=True, ondelete="cascade")
    email = fields.Char("Sent to", required=True, readonly=True, index=True)
    purpose = fields.Selection(
        [("view", "Look"), ("approve", "Answer"), ("pay", "Pay")], required=True, readonly=True, default="view"
    )
    amount = fields.Float("Amount asked for", readonly=True)
    expires = fields.Datetime("Works until", required=True, readonly=True)
    used_on = fields.Datetime(readonly=True, help="When what the link was for was done.")
    ended_on = fields.Datetime("Revoked", readonly=True)
    opened_on = fields.Datetime("Last opened", compute="_compute_opened_on")
    state = fields.Selection(
        [("open", "Works"), ("used", "Used"), ("expired", "Expired"), ("ended", "Revoked")], compute="_compute_state"
    )
    code_digest = fields.Char(readonly=True, groups="base.group_system")
    code_until = fields.Datetime(readonly=True, groups="base.group_system")
    code_tries = fields.Integer(readonly=True, groups="base.group_system")

    _digest_uniq = models.UniqueIndex("(digest)")
    _record = models.Index("(res_model, res_id)")

    @api.depends("ended_on", "used_on", "expires")
    def _compute_state(self):
        now = fields.Datetime.now()
        for link in self:
            past = link.expires and link.expires <= now
            link.state = "ended" if link.ended_on else "expired" if past else "used" if link.used_on else "open"

    def _compute_opened_on(self):
        journal = self.env["client.access"].sudo()  # reason: only when each was opened
        of_links = [("res_model", "=", self._name), ("res_id", "in", self.ids), ("kind", "=", "link")]
        last = dict(journal._read_group(of_links, ["res_id"], ["date:max"]))
        for link in self:
            link.opened_on = last.get(link.id)

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        for link in self:
            link.record_name = link._target().display_name or ""

    # ------------------------------------------------------------------------ making

    @api.model
    def _days(self):
        """How many days a link works; a setting."""
        value = self.env["ir.config_parameter"].sudo().get_param("client_portal.link_days")  # reason: a setting
        return whole_number(value) or LINK_DAYS

    @api.model
    def _mint(self, record, email, member, purpose, amount=0.0):
        """A new link.

        :param record: a client's record
        :param str email: the address it is mailed to, normalized
        :param member: client.member it is for, or none
        :return: its address; the key in it is shown this once
        :rtype: str
        """
        key = secrets.token_urlsafe(_KEY_BYTES)
        self.sudo().create(  # reason: whoever's mail it is in
            {
                "digest": digest_of(key),
                "res_model": record._name,
                "res_id": record.id,
                "client_id": record.client_id.id,
                "member_id": member.id,
                "email": email,
                "purpose": purpose,
                "amount": amount,
                "expires": fields.Datetime.now() + timedelta(days=self._days()),
            }
        )
        return f"{record.get_base_url()}/my/link/{key}"

    # ---------------------------------------------------------------------- opening

    @api.model
    def _alive(self, key):
        """The link of a key that works now, or none (sudo): guessed, expired, revoked, all the same.

        :param str key: from an address, trusted in no way
        """
        link = self.sudo().search([("digest", "=", digest_of(key))], limit=1)  # reason: decides who comes in
        return link.filtered(lambda one: one._works())._for_reader()

    def _works(self):
        """Whether it leads anywhere: neither over nor of somebody or something that is gone.

        :rtype: bool
        """
        over = self.ended_on or self.expires <= fields.Datetime.now()
        if over or not self.client_id.is_client or self._target().client_id != self.client_id:
            return False
        return not self.member_id or self._members_own()

    def _members_own(self):
        """Whether the member is one still, at the address the link was mailed to."""
        member, user = self.member_id, self.member_id.user_id
        return member._is_open() and user.active and email_normalize(user.email or "") == self.email

    def _target(self):
        """The record (sudo), or none."""
        if self.res_model not in self.env:
            return self.env["client.approval"].sudo()  # reason: empty
        return self.env[self.res_model].sudo().browse(self.res_id).exists()  # reason: asked where it leads

    def _address(self):
        """Where a member goes with it."""
        record = self._target()
        url = record._client_url()
        if self.purpose == "pay" and self.res_model == "account.move" and record._client_is_open():
            return f"{url}/pay?{urlencode({'amount': self.amount})}" if self.amount else f"{url}/pay"
        return f"{url}#approval" if self.purpose == "approve" and self.res_model == "sale.order" else url

    @api.model
    def _visit(self, key, proven=()):
        """What opening a link leads to; decides and writes nothing but the journal.

        :param str key: from an address
        :param proven: addresses this browser has shown to be its reader's
        :return: {'to': address} or {'page': template, 'status', ...values}
        """
        link, user = self._alive(key), self.env.user
        if not link:
            return {"page": "client_portal.link_dead", "status": 410}
        link._note("link")
        if not user._is_public():
            return link._visit_of(user, key)
        if not link.member_id and link.email in proven:
            return {"to": link._shared_url()}
        return link._door(key)

    def _visit_of(self, user, key):
        """The same, for somebody signed in."""
        record = self._target().with_user(user)
        if self.member_id.user_id == user:
            return {"to": self._address()}
        if user._is_internal():
            return {"to": f"/mail/view?{urlencode({'model': record._name, 'res_id': record.id})}"}
        if user._is_client_governed() and self.env["client.door"]._sees(user, record):
            return {"to": record.sudo()._client_url()}  # reason: an address of what they see
        if not self.member_id and not user._is_client_governed():
            return self._door(key)
        return {"page": "client_portal.link_forwarded", "status": 403, "key": key}

    def _door(self, key, sent=False, error=""):
        """Values of the page that asks who opens the link."""
        return {
            "page": "client_portal.link_door",
            "status": 200,
            "key": key,
            "masked": _masked(self.email),
            "member": bool(self.member_id),
            "used": bool(self.used_on and self.member_id),
            "sent": sent,
            "error": error,
            "redirect": f"/my/link/{key}",
            **self._letterhead(),
        }

    def _letterhead(self):
        """Whose page it is and in which language: the record's company, and whoever the link was mailed to."""
        company = self._company()
        lang = self.env.lang if self.env.user._is_public() else ""
        return {"company": company, "reader_lang": lang}

    def _company(self):
        """The operator company whose record it leads to, or the one that speaks to its client (sudo)."""
        record = self._target()
        own = record.company_id if "company_id" in record else record.env["res.company"]
        return own or self.env["client.member"]._client_sender_company(self.client_id).sudo()  # reason: a letterhead

    def _for_reader(self):
        """These links in the language of whoever they were mailed to, for somebody who is not signed in."""
        if not self or not self.env.user._is_public():
            return self
        contacts = self.env["res.partner"]
        if not self.member_id:
            of_client = [("email_normalized", "=", self.email), ("commercial_partner_id", "=", self.client_id.id)]
            contacts = contacts.search(of_client, limit=1)
        reader = self.member_id.partner_id or contacts or self.client_id
        return self.with_context(lang=reader.lang or self.env.lang)

    def _shared_url(self):
        return f"/my/shared/{self.id}"

    def _note(self, kind):
        """Put into the journal what was done with the link, once the request is through.

        :param str kind: link (opened), link_code, link_signin, link_wrong, link_asked
        """
        if not request or request.httprequest.method == "HEAD":
            return
        journal = self.env["client.access"]
        row = {"kind": kind, "user_id": self.env.uid, "res_model": self._name, "res_id": self.id, "staff_id": 0}
        journal._later({**row, **journal._where_from()})

    # ----------------------------------------------------------------------- ending

    def _end(self):
        self.filtered(lambda link: not link.ended_on).write({"ended_on": fields.Datetime.now()})

    @api.model
    def _spend(self, members, records, purpose):
        """What links were for is done: they let nobody in again.

        :param members: client.member who did it, or None for everybody's
        :param list records: what it was done to
        """
        for record in records:
            links = [("res_model", "=", record._name), ("res_id", "=", record.id), ("purpose", "=", purpose)]
            whose = [("member_id", "in", members.ids)] if members is not None else []
            found = self.sudo().search([*links, *whose, ("used_on", "=", False)])  # reason: whoever acts
            found.write({"used_on": fields.Datetime.now()})

    @api.autovacuum
    def _forget(self):
        self.search([("expires", "<", fields.Datetime.now() - timedelta(days=KEPT_DAYS))]).unlink()


class ClientMember(models.Model):
    _inherit = "client.member"

    def _end_access(self):
        """Links die with the membership, also those its person got without being asked to sign in."""
        super()._end_access()
        links = self.env["client.link"].sudo()  # reason: whoever ends a membership ends what hangs on it
        for member in self.sudo():  # reason: the address of whoever leaves
            address = email_normalize(member.user_id.email or "")
            of_address = [("client_id", "=", member.client_id.id), ("email", "=", address)]
            links.search(["|", ("member_id", "=", member.id), *(["&"] + of_address)])._end()


def _masked(email):
    """'d…@alder.example': enough to know one's own address by."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}…\u2060@{domain}"  # no line ends between them
