"""Links of a mail are made for whoever it goes to, when it goes out: the mail that is stored holds none."""

import html
import re
from urllib.parse import parse_qs, urlsplit

from odoo import api, models
from odoo.tools import email_normalize, html2plaintext
from odoo.tools.mail import append_content_to_html

from .client_link import SHARED
from .mail_mail import ADDRESS

_PATH = re.compile(r"/+(?:[a-z]{2}(?:_[A-Za-z]+)?/)?my/([a-z]+(?:/[a-z]+)?)/(\d{1,18})(/pay)?/?")
_PLACE = re.compile(r"([a-z]+)-(\d{1,18})")
# part of an address -> model; another module adds its own
PATHS = {
    "orders": "sale.order",
    "quotes": "sale.order",
    "invoices": "account.move",
    "approvals": "client.approval",
    "jobs": "project.task",
    "projects": "project.project",
    "projects/updates": "project.update",
    "agreements": "client.agreement",
}
# what has no page of its own: place on the page it stands on -> model
PLACES = {"correction": "client.site.correction", "member": "client.member"}
_PAYABLE = {"invoice_id": "account.move", "sale_order_id": "sale.order"}
_UNANSWERED = ("draft", "sent")


class ClientLink(models.Model):
    _inherit = "client.link"

    @api.model
    def _personalised(self, text, partner, email, about):
        """``text`` of a mail with links for its reader instead of plain addresses.

        :param str text: HTML
        :param partner: res.partner it goes to, may be empty
        :param str email: the one address it goes to, normalized
        :param about: the record the mail belongs to, may be empty
        :rtype: str
        """
        made = {}

        def swap(match):
            named = self._named(html.unescape(match.group()))
            if named and named not in made:
                made[named] = self._made_for(*named, partner, email, about)
            return (named and made[named]) or match.group()

        text = ADDRESS.sub(swap, text)
        if about and about._name in SHARED and not any(named[:2] == (about._name, about.id) for named in made):
            url = self._made_for(about._name, about.id, False, 0.0, partner, email, about)
            text = append_content_to_html(text, self._button(url, about), plaintext=False) if url else text
        return text

    @api.model
    def _button(self, url, record):
        """The link for a mail that shows none to its record: Odoo gives people without a login no button."""
        values = {"url": url, "name": record._client_mail_name()}
        return self.env["ir.qweb"]._render("client_portal.link_mail_button", values)

    @api.model
    def _named(self, url):
        """(model, id, whether it is to pay, amount) an address of ours names, or None."""
        parts = urlsplit(url)
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url")  # reason: our own address
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        amount = asked.get("amount") or asked.get("payment_amount") or ""
        amount = float(amount) if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", amount) else 0.0
        if parts.netloc and parts.netloc not in (urlsplit(base).netloc, *self._own_hosts()):
            return None
        if (found := _PLACE.fullmatch(parts.fragment)) and found[1] in PLACES:
            return PLACES[found[1]], int(found[2]), False, 0.0
        if (found := _PATH.fullmatch(parts.path)) and found[1] in PATHS:
            pays = found[3] or "payment" in asked or "payment_amount" in asked
            return PATHS[found[1]], int(found[2]), bool(pays), amount
        if parts.path == "/mail/view":
            return _named_by(asked.get("model"), asked.get("res_id"), False, 0.0)
        if parts.path == "/payment/pay":
            for name, model in _PAYABLE.items():
                if name in asked:
                    return _named_by(model, asked[name], True, amount)
        return None

    @api.model
    def _own_hosts(self):
        """Hosts of further sites of this database."""
        sites = self.env["website"].sudo().search([("domain", "!=", False)]) if "website" in self.env else ()  # ours
        return [urlsplit(site.domain).netloc or site.domain for site in sites]

    @api.model
    def _made_for(self, model, record_id, pays, amount, partner, email, about):
        """A link to a record for whoever the mail goes to, or '' where its plain address is right.

        Staff sign in as ever. Somebody who is no member gets a link only in a mail about that client.
        """
        record = self.env[model].sudo().browse(record_id).exists()  # reason: whose it is
        users = partner.sudo().user_ids  # reason: logins of whoever the mail goes to
        if not email or any(user._is_internal() for user in users):
            return ""
        if model == "client.member":
            leads = record.user_id in users and record._is_open() and record.role_id._allows("manage_members")
            return self._mint(record, email, record, "view") if leads else ""
        if not self.env["client.door"]._guarded(record):
            return ""
        member = users._client_members_for(record)[:1]
        if member:
            return self._mint(record, email, member, self._purpose(record, member, pays), amount)
        of_client = about and about.sudo().client_id == record.client_id  # reason: whose mail it is
        if model not in SHARED or not of_client:
            return ""
        purpose = "pay" if pays and model == "account.move" else "view"
        return self._mint(record, email, self.env["client.member"], purpose, amount)

    @api.model
    def _purpose(self, record, member, pays):
        """What a member's link is for."""
        if pays:
            return "pay"
        if record._name not in ("client.approval", "sale.order"):
            return "view"
        asked = record.state == "pending" if record._name == "client.approval" else record.state in _UNANSWERED
        return "approve" if asked and member.role_id._allows("approve") else "view"


def _named_by(model, record_id, pays, amount):
    if model in PATHS.values() and re.fullmatch(r"\d{1,18}", record_id or ""):
        return model, int(record_id), pays, amount
    return None


class ClientDoor(models.AbstractModel):
    _inherit = "client.door"

    @api.model
    def _partners_addressed(self, record, partner_ids):
        """Who may get a mail about a record that is addressed to them, also one nobody wrote by hand.

        Besides those inside: of a quote, order or invoice the client's own contacts that have no login and never
        had, by a link that shows them this record alone.

        :param record: a client's record
        :param partner_ids: iterable of res.partner ids
        :rtype: set[int]
        """
        inside = self._partners_inside(record, partner_ids)
        if record._name not in SHARED:
            return inside
        partners = self.env["res.partner"].sudo().browse(set(partner_ids) - inside)  # reason: whose contacts
        client = record.sudo().client_id  # reason: whose record
        own = partners.filtered(lambda p: p.email_normalized and p.commercial_partner_id == client)
        users = self.env["res.users"].sudo().with_context(active_test=False)  # reason: who has or had a login
        known = users.search([("partner_id.email_normalized", "in", own.mapped("email_normalized"))])
        taken = set(self._people_of(client, known).partner_id.mapped("email_normalized"))
        return inside | set(own.filtered(lambda p: p.email_normalized not in taken).ids)


    @api.model
    def _people_of(self, client, users):
        """Those of the logins that are staff's or this client's people now or were; others may type any address.

        :param users: res.users (sudo)
        """
        members = self.env["client.member"].sudo().with_context(active_test=False)  # reason: who is or was one
        known = members.search([("client_id", "=", client.id), ("user_id", "in", users.ids)]).user_id
        return users.filtered(
            lambda u: u in known or u._is_internal() or u.partner_id.commercial_partner_id == client
        )


class ResUsers(models.Model):
    _inherit = "res.users"

    def _client_members_for(self, record):
        """Memberships of these logins whose role and sites take in a client's record (sudo).

        Whether the record is published counts when it is opened: a quote is so only once its mail has gone.
        """
        members = self.env["client.member"].sudo()  # reason: asked about their role and sites
        capability = record.capability if record._name == "client.approval" else record._client_capability
        for user in self.filtered("active"):
            members |= user._client_members().filtered(
                lambda member: member._covers(record) and member.role_id._allows(capability, record)
            )
        return members


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, *args, **kwargs):
        results = super()._prepare_outgoing_list(*args, **kwargs)
        about = self._client_about()
        told = [one for values in results for one in (_one_by_one(values) if about else [values])]
        for values in told:
            self._client_personalise(values, about)
        return told

    def _client_about(self):
        """The client's record the mail belongs to, or nothing."""
        if not self.env["client.door"]._guards(self.model, self.res_id):
            return None
        return self.env[self.model].browse(self.res_id)

    def _client_personalise(self, values, about):
        """Links for the one reader of one outgoing mail."""
        partner = values["partner_id"] or self._client_reader(values["email_to_normalized"][:1], about)
        email = values["email_to_normalized"][0] if len(set(values["email_to_normalized"])) == 1 else ""
        body = self.env["client.link"]._personalised(values["body"], partner, email, about)
        if body != values["body"]:
            values.update(body=body, body_alternative=html2plaintext(body))

    def _client_reader(self, emails, about):
        """Whose address a mail goes to: a member who may see what it is about, then anybody with a login."""
        people = self.env["res.partner"].sudo()  # reason: whose address it is
        found = people.search([("email_normalized", "in", emails)]) if emails else people
        users = found.filtered("user_ids")
        own = users.filtered(lambda p: p.user_ids._client_members_for(about)) if about and len(users) > 1 else users
        return own[:1] or users[:1] or found[:1]


def _one_by_one(values):
    """A mail to several addresses as one to each: links are for one reader alone."""
    people = [*values["email_to"], *values["email_cc"]]
    if len(people) < 2:
        return [values]
    return [
        {**values, "email_to": [one], "email_cc": [], "email_to_normalized": [email_normalize(one)]} for one in people
    ]
