"""Passwords of the demo logins: the same as the login, so they are no secret and need no slow hash."""

from passlib.hash import pbkdf2_sha512

ROUNDS = 1000  # Odoo's 600,000 take half a second each; it hashes again at the first sign-in


def give(user, password):
    """Set a password without the mail that Odoo sends about a changed one.

    :param user: res.users
    :param str password: in clear
    """
    hashed = pbkdf2_sha512.using(rounds=ROUNDS).hash(password)
    user.env["res.users"]._set_encrypted_password(user.id, hashed)
