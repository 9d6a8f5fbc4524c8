"""Mails about updates look like the portal; templates that staff have edited stay as they are."""

from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file

_NAMES = ("mail_template_notification", "mail_template_digest")


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    found = [env.ref(f"client_portal.{name}", raise_if_not_found=False) for name in _NAMES]
    if all(template and template.write_uid.id == SUPERUSER_ID for template in found):
        convert_file(env, "client_portal", "data/mail_template_notification.xml", {}, mode="init", noupdate=True)
