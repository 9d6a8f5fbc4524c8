"""Mails that carry links, and browsers that open them."""

import re

from odoo import http
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from .doors_common import LOUD
from .test_doors_mail import MailCase

LINK = re.compile(r"/my/link/[\w-]{20,}")
CODE = re.compile(r">(\d{6})<")


class LinkCase(MailCase, HttpCase):
    """``links`` gives the addresses that mails carry, ``browse`` opens one as somebody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.companies.write({"email": "office@oakline.example"})

    def quote_mail(self, *actors, order=None):
        """Send a quote by hand to members; {actor: link of their mail}."""
        order = (order or self.order_a_draft).with_env(self.staff)
        return self.sent(order, self.people(*actors))

    def people(self, *actors):
        return self.env["res.partner"].union(*[self.person(actor) for actor in actors])

    def sent(self, order, partners):
        """Send a quote by hand; {e-mail: link of the mail}."""
        action = order.action_quotation_send()
        composer = self.staff["mail.compose.message"].with_context(**action["context"])
        composer = composer.create({"partner_ids": [(6, 0, partners.ids)]})
        return self.links(composer.action_send_mail)

    def links(self, act):
        """{e-mail: first link} of the mails that went out while ``act`` ran."""
        with self.mock_mail_gateway():
            act()
            self.env.flush_all()
        found = {}
        for mail in self._mails:
            for one in LINK.findall(mail["body"])[:1]:
                found[self.address(mail)] = one
        return found

    def address(self, mail):
        return re.search(r"[\w.-]+@[\w.-]+", mail["email_to"][0])[0]

    def browse(self, actor, path, method="GET", **kwargs):
        if getattr(self, "_actor", None) != actor:
            self.authenticate(None if actor == "public" else actor, actor)
            self._actor = actor
        with mute_logger(*LOUD):
            return self.url_open(path, allow_redirects=False, timeout=60, method=method, **kwargs)

    def post(self, path, **data):
        """Send a form as the browser at hand; the mails it causes are in ``self._mails``."""
        data["csrf_token"] = http.Request.csrf_token(self)
        with self.mock_mail_gateway(), mute_logger(*LOUD):
            return self.url_open(path, data=data, allow_redirects=False, timeout=60)

    def code(self):
        """The code of the one mail that was sent last."""
        [mail] = self._mails
        return CODE.search(mail["body"])[1]

    def link(self, path):
        return self.env["client.link"]._alive(path.rsplit("/", 1)[1])
