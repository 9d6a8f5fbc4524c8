"""Coming in by a link: a code mailed to the address the link was mailed to."""

import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request
from odoo.tools import SQL, consteq

from .client_link import digest_of
from .client_number import whole_number
from .client_throttle import TooMany

CODE_MINUTES = 10
TRIES = 5
_DIGITS = 6


class ClientLink(models.Model):
    _inherit = "client.link"

    @api.model
    def _code_minutes(self):
        """How long a code works; a setting."""
        value = self.env["ir.config_parameter"].sudo().get_param("client_portal.link_code_minutes")  # reason: a setting
        return whole_number(value) or CODE_MINUTES

    def _send_code(self, nonce):
        """Mail a code to the address of this link; the one before it ends.

        :param str nonce: of the browser that asks: the code works in no other
        :raise TooMany: asked too often, for this address or from this place
        :raise UserError: the mail could not be sent
        """
        self.ensure_one()
        throttle, source = self.env["client.throttle"], request.httprequest.remote_addr if request else "-"
        if not throttle._hit("link_code", self.email) or not throttle._hit("link_code_from", source):
            raise TooMany(self.env._("That was a lot at once. Please wait an hour and try again."))
        code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
        until = fields.Datetime.now() + timedelta(minutes=self._code_minutes())
        self.write({"code_digest": self._code_of(code, nonce), "code_until": until, "code_tries": 0})
        self._mail_code(code)
        self._note("link_code")

    def _code_of(self, code, nonce):
        return digest_of(f"{self.id}:{nonce}:{code}")

    def _mail_code(self, code):
        company = self._company()
        values = {"code": code, "minutes": self._code_minutes(), "company": company.name}
        mail = self.env["mail.mail"].create(
            {
                "subject": self.env._("Your code for %s", company.name),
                "body_html": self.env["ir.qweb"]._render("client_portal.link_code_mail", values),
                "email_from": company.email_formatted or self.env.ref("base.user_root").email_formatted,
                "email_to": self.email,
                "auto_delete": True,
            }
        )
        try:
            mail.send(raise_exception=True)  # at once, and deleted: the code is stored nowhere
        except Exception as error:
            raise UserError(self.env._("The code could not be sent. Please try again in a moment.")) from error

    def _code_fits(self, code, nonce):
        """Whether somebody typed the code that was mailed for this browser; it works once.

        :param str code: from a form
        """
        self.ensure_one()
        self.env.cr.execute(SQL("SELECT 1 FROM client_link WHERE id = %s FOR UPDATE", self.id))
        self.invalidate_recordset(["code_digest", "code_until", "code_tries"])
        alive = self.code_digest and self.code_until > fields.Datetime.now() and self.code_tries < TRIES
        typed = "".join(code.split())
        if alive and nonce and consteq(self.code_digest, self._code_of(typed, nonce)):
            self.code_digest = False
            return True
        self.code_tries += 1
        self._note("link_wrong")
        return False

    def _enter(self, code, nonce):
        """Let in whoever typed the right code.

        :return: what the session needs: the credential of a member, or {'email'} of somebody else
        :raise UserError: wrong, old or used code
        """
        if (self.member_id and self.used_on) or not self._code_fits(code, nonce):
            return None
        self._note("link_signin")
        if not self.member_id:
            return {"email": self.email}
        proof = secrets.token_urlsafe(16)
        self.write({"code_digest": digest_of(proof), "code_until": fields.Datetime.now() + timedelta(minutes=1)})
        login = self.member_id.user_id.login
        return {"login": login, "type": "client_link", "link_id": self.id, "proof": proof}

    @api.model
    def _redeem(self, link_id, proof):
        """The link that was just entered with a code, once (sudo); none otherwise."""
        link = self.sudo().browse(link_id).exists()  # reason: who signs in is decided here
        fits = link.code_digest and proof and consteq(link.code_digest, digest_of(proof))
        if not fits or link.code_until < fields.Datetime.now() or not link._works():
            return self.browse()
        link.code_digest = False
        return link


class ResUsers(models.Model):
    _inherit = "res.users"

    def _check_credentials(self, credential, env):
        """A member may also come in with the code for a link; a second factor is asked for as ever."""
        if credential.get("type") != "client_link":
            return super()._check_credentials(credential, env)
        link = self.env["client.link"]._redeem(credential.get("link_id"), credential.get("proof"))
        if not link or link.member_id.user_id != self.env.user:
            raise AccessDenied()
        return {"uid": self.env.uid, "auth_method": "client_link", "mfa": "default"}
