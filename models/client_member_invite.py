"""Inviting a person to a client's portal: contact, login, membership and mail in one step."""

from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize
from odoo.tools.sql import escape_psql

from odoo.addons.auth_signup.models.res_partner import SignupError


class ClientMember(models.Model):
    _inherit = "client.member"

    @api.model
    def _client_invite(self, client, name, email, role, sites=None, contact=None, notify=True):
        """Make a person a member of a client; whoever calls this has checked that they may.

        Staff wizards and the client's own team page share it, so that both refuse and reuse the same things.

        :param client: res.partner flagged is_client
        :param str name: used only when a contact must be created
        :param str email: address and future login
        :param role: client.role
        :param sites: res.partner sites of the client the person is limited to; None or empty = all sites
        :param contact: res.partner that shall hold the login, when the caller already knows it
        :param bool notify: send the invitation mail
        :return: client.member
        :raise UserError: bad address, address of an internal user, already a member, foreign site
        """
        client, role = client.sudo(), role.sudo()  # reason: the caller checked the right to invite
        email = self._client_invite_check(client, email, role, sites)
        user = self._client_invite_user(client, name, email, contact)
        member = self._client_invite_membership(client, user, role, sites)
        if notify:
            member._client_send_invitation()
        return member

    @api.model
    def _client_invite_check(self, client, email, role, sites):
        """Refuse what cannot become a membership.

        :return: str, the normalised e-mail address
        """
        normalized = email_normalize(email)
        if not normalized:
            raise UserError(self.env._("“%s” is not a valid e-mail address.", email or ""))
        if not client.is_client:
            raise UserError(self.env._("%s is not a client yet: make it one first.", client.display_name))
        if not role or not role.active:
            raise UserError(self.env._("Choose a role that is in use."))
        foreign = (sites or self.env["res.partner"]) - client.client_site_ids
        if foreign:
            raise UserError(
                self.env._(
                    "%(site)s is no site of %(client)s.",
                    site=foreign[0].sudo().display_name,  # reason: the name the caller just chose, for the message
                    client=client.display_name,
                )
            )
        return normalized

    @api.model
    def _client_invite_user(self, client, name, email, contact=None):
        """Find the login of this address, or make one on the best contact.

        :return: res.users in the portal group, active
        :raise UserError: when the address belongs to one of our own staff
        """
        of_contact = self._client_users_of_contact(contact)
        users = self._client_users_of(email) | of_contact
        staff = users.filtered(lambda user: user._is_internal())
        if staff:
            raise UserError(
                self.env._(
                    "%(email)s belongs to %(name)s, an internal user of your own database. "
                    "Colleagues see clients in the back office and cannot be members.",
                    email=email,
                    name=staff[0].name,
                )
            )
        proven = of_contact | self._client_proven(users, email)
        if users and not proven:
            raise UserError(self._client_unproven_words(users[0], email))
        user = proven.sorted(lambda user: (user.login != email, not user.active, user.id))[:1]
        if not user:
            return self._client_create_user(client, name, email, contact)
        self._client_reactivate_user(user)
        return user

    @api.model
    def _client_users_of(self, email):
        """All logins, archived ones too, that use this address as login or e-mail.

        :return: res.users (sudo)
        """
        Users = self.env["res.users"].sudo()  # reason: a login may be anybody's
        return Users.with_context(active_test=False).search(
            [
                "|",
                ("login", "=ilike", escape_psql(email)),
                ("partner_id.email_normalized", "=", email),
            ]
        )

    @api.model
    def _client_users_of_contact(self, contact):
        """Logins of a known contact, archived ones too; of nobody when there is none."""
        contact = (contact or self.env["res.partner"]).sudo()  # reason: archived logins are nobody's to read
        return contact.with_context(active_test=False).user_ids

    @api.model
    def _client_reactivate_user(self, user):
        """Open the door again for a login whose portal access was taken away."""
        portal, public = self.env.ref("base.group_portal"), self.env.ref("base.group_public")
        if not user.active or not user._is_portal():
            user.write({"active": True, "group_ids": [(3, public.id), (4, portal.id)]})
        if not user.login_date:
            user.partner_id.signup_prepare()

    @api.model
    def _client_create_user(self, client, name, email, contact=None):
        """Create the portal login on the right contact.

        :return: res.users (sudo)
        """
        contact = self._client_contact(client, name, email, contact)
        company = contact.company_id or self._client_sender_company(client)
        Users = self.env["res.users"].sudo().with_company(company)  # reason: an invitation makes a login
        try:
            user = Users.with_context(no_reset_password=True)._create_user_from_template(
                {
                    "login": email,
                    "email": email,
                    "partner_id": contact.id,
                    "company_id": company.id,
                    "company_ids": [(6, 0, company.ids)],
                }
            )
        except (SignupError, IntegrityError) as error:
            raise UserError(
                self.env._(
                    "A login for %s could not be created; perhaps it was created a moment ago. Try again.",
                    email,
                )
            ) from error
        contact.signup_prepare()
        return user

    @api.model
    def _client_contact(self, client, name, email, contact=None):
        """The contact that will hold a new login: the given one, the best existing one, or a new one.

        :return: res.partner (sudo), active and with this address
        """
        Partner = self.env["res.partner"].sudo()  # reason: inviting makes the contact, whoever invites
        contact = Partner.browse((contact or self._client_find_contact(client, name, email)).id)
        if not contact:
            contact = Partner.create(
                {
                    "name": name or email,
                    "email": email,
                    "type": "contact",
                    "is_company": False,
                    "parent_id": client.id,
                    "lang": client.lang,
                    "company_id": client.company_id.id,
                }
            )
        if email_normalize(contact.email) != email:
            contact.email = email
        contact.action_unarchive()
        return contact

    @api.model
    def _client_find_contact(self, client, name, email):
        """The contact without a login that an invitation to this address means.

        Persons below the client come first, then a person who stands alone. A company or a contact of somebody
        else is left where it is: the new login gets a contact of its own.

        :return: res.partner, empty or one
        """
        Partner = self.env["res.partner"].sudo()  # reason: duplicates may be anybody's
        found = Partner.with_context(active_test=False).search([("email_normalized", "=", email)])
        fitting = found.filtered(
            lambda partner: (
                not partner.is_company
                and not partner.user_ids
                and (partner.commercial_partner_id == client or not partner.parent_id)
                and not partner.is_client_site
            )
        )
        return fitting.sorted(
            lambda partner: (
                partner.commercial_partner_id != client,
                partner.type != "contact",
                not partner.active,
                (partner.name or "").casefold() != (name or "").casefold(),
                partner.id,
            )
        )[:1]

    @api.model
    def _client_invite_membership(self, client, user, role, sites):
        """Create the membership, or bring a removed one back with the new role and sites.

        :return: client.member
        """
        values = {"role_id": role.id, "all_sites": not sites, "site_ids": [(6, 0, sites.ids if sites else [])]}
        Member = self.sudo().with_context(active_test=False)  # reason: the caller checked the right to invite
        member = Member.search([("user_id", "=", user.id), ("client_id", "=", client.id)], limit=1)
        if member.active:
            raise UserError(
                self.env._(
                    "%(name)s is already a member of %(client)s. Change the role, or end the suspension, in the list "
                    "of members.",
                    name=user.name,
                    client=client.display_name,
                )
            )
        if member:
            member.write(dict(values, active=True, suspended=False, suspended_reason=False))
        else:
            member = Member.create(dict(values, user_id=user.id, client_id=client.id))
        return member.with_context(active_test=True)

    # -- the mail ---------------------------------------------------------------------------------

    def _client_send_invitation(self):
        """Queue the invitation mail of each member, in their language, from their client's operator company.

        The mail hangs on no record: whoever may read memberships must not read a sign-up link in its body.
        """
        template = self.env.ref(
            "client_portal.mail_template_client_invitation"
        ).sudo()  # reason: staff need no right on it
        for member in self:
            company = self._client_sender_company(member.client_id)
            template.with_company(company).send_mail(member.id, email_values={"model": False, "res_id": False})
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()  # reason: any mail may wake it

    def _client_invitation_url(self):
        """Where the button of the invitation leads: choosing a password, or the portal for those who have one.

        :return: str, absolute address
        """
        self.ensure_one()
        partner = self.user_id.partner_id.sudo()  # reason: the sign-up token is made for the mail's own recipient
        if self.user_id.sudo().login_date:  # reason: members' sign-in dates are not readable by those who invite
            return "%s/my" % partner.get_base_url()
        partner.signup_prepare()
        hours = 24 * self._client_invitation_days()
        return partner.with_context(client_invitation_hours=hours)._get_signup_url_for_action(url="/my")[partner.id]

    @api.model
    def _client_sender_company(self, client):
        """The operator company that speaks to a client: the current one when it serves them, else their first.

        :return: res.company
        """
        companies = client.sudo().client_company_ids  # reason: the companies of a client may not be the caller's
        if not companies or self.env.company in companies:
            return self.env.company
        return companies[:1]
