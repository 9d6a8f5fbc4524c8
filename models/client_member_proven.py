"""Whether a login may be given an invitation to its address: addresses are typed, and prove nothing by themselves."""

from odoo import api, models
from odoo.tools import email_normalize


class ClientMember(models.Model):
    _inherit = "client.member"

    @api.model
    def _client_proven(self, users, email):
        """Those of the logins to whom an invitation to this address may be given.

        Whoever signed in once may have typed any address on their own card: it proves nothing then, or
        somebody of another client could wait there for an invitation meant for somebody else. So may whoever
        signed up alone have typed any login: Odoo asks for no proof of it.

        :param users: res.users (sudo) of ``_client_users_of``
        :param str email: normalised
        """
        known = users.filtered(lambda user: not self._client_signed_up_alone(user))
        return known.filtered(lambda user: user.login.lower() == email or not user.login_date)

    @api.model
    def _client_signed_up_alone(self, user):
        """Whether nobody but a visitor of the sign-up page made this login and its contact, and no client knows it.

        :param user: res.users (sudo)
        :rtype: bool
        """
        makers = user.create_uid | user.partner_id.create_uid
        return bool(makers) and all(maker._is_public() for maker in makers) and not user._client_members()

    @api.model
    def _client_unproven_words(self, user, email):
        """For staff: why an address is not taken for the login it stands on."""
        if user.login.lower() == email:
            return self.env._(
                "%(name)s made the login “%(login)s” on the sign-up page, which asks for no proof of the address. If "
                "you know that it is theirs, add the membership in the list of members; otherwise archive the login.",
                name=user.name,
                login=user.login,
            )
        return self.env._(
            "%(name)s has %(email)s on their card but signs in as “%(login)s”. People may change their own card: if it "
            "is really theirs, make it their login, or add the membership in the list of members.",
            name=user.name,
            email=email,
            login=user.login,
        )

    @api.model
    def _client_address_of_others(self, email):
        """Whether an address is staff's or a colleague's: a member puts it on no card of their own.

        Of anybody else nothing is told: a login elsewhere is nobody's business here.

        :param str email: as typed
        :rtype: bool
        """
        address, me = email_normalize(email or ""), self.env.user
        if not address or address == me.sudo().email_normalized:  # reason: their own, which may stay what it is
            return False
        colleagues = me._client_members().client_id.client_member_ids.user_id
        others = self._client_users_of(address) - me
        return any(user.active and (user._is_internal() or user in colleagues) for user in others)
