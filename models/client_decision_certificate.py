"""The certificate of a decision: what, who, when, how and its digests on one paper."""

import base64
import json

from odoo import models
from odoo.fields import Datetime

from .client_letterhead import Letterhead

VERIFIER = "/client_portal/static/verify/verify.html"


class ClientDecision(models.Model):
    _inherit = "client.decision"

    def _certificate_file(self):
        name = self.env._("Certificate %(subject)s.pdf", subject=(self.reference or self.subject)[:80])
        return name.replace("/", "-"), "application/pdf", self._certificate()

    def _certificate(self):
        """PDF in the reader's language.

        :rtype: bytes
        """
        approval = self.env["client.approval"].browse(self.approval_id)
        company = approval.company_id or self.env.company
        paper = Letterhead(company, self.env._("Certificate of a decision"), self._verdict_words())
        for heading, rows in self._certificate_parts():
            paper.heading(heading)
            paper.facts(rows)
        if self.signature:
            paper.picture(base64.b64decode(self.with_context(bin_size=False).signature))
        paper.heading(self.env._("Digests"))
        paper.facts(self._certificate_digests(), size=8)
        for text in self._certificate_notes():
            paper.small(text)
        return paper.pdf()

    def _verdict_words(self):
        """'Approved by Dana Price on behalf of North Metro Grounds'."""
        sentences = {
            "approve": self.env._("Approved by %(who)s on behalf of %(client)s"),
            "decline": self.env._("Declined by %(who)s on behalf of %(client)s"),
            "changes": self.env._("Changes requested by %(who)s on behalf of %(client)s"),
        }
        return sentences.get(self.verdict, "%(who)s") % {"who": self.user_name, "client": self.client_name}

    def _verdict_title(self):
        """'Approved by Dana Price', beside the client's own records."""
        sentences = {
            "approve": self.env._("Approved by %s", self.user_name),
            "decline": self.env._("Declined by %s", self.user_name),
            "changes": self.env._("Changes requested by %s", self.user_name),
        }
        return sentences.get(self.verdict, self.user_name)

    def _certificate_parts(self):
        """[(heading, [(label, value)])], empty values are left out of the paper."""
        right = json.loads(self.authority or "{}")
        sites = self.env._("all sites") if right.get("sites") == "all" else right.get("sites")
        limit = f"{right['limit']} {right['currency']}" if right.get("limit") else self.env._("none")
        return [
            (
                self.env._("What"),
                [
                    (self.kind_label, " · ".join(filter(None, (self.reference, self.subject)))),
                    (self.env._("Amount"), f"{self.amount} {self.currency}" if self.currency else ""),
                    (self.env._("Order number"), self.order_number),
                    (self.env._("Comment"), self.comment),
                    (self.env._("Document"), self.document_name),
                ],
            ),
            (
                self.env._("Who"),
                [
                    (self.env._("Name"), self.user_name),
                    (self.env._("Login"), self.login),
                    (self.env._("Role"), f"{self.role}, {sites}" if sites else self.role),
                    (self.env._("Limit at that time"), limit if self.currency else ""),
                    (self.env._("In place of"), self.behalf_name),
                ],
            ),
            (
                self.env._("When and how"),
                [
                    (self.env._("Time of the server"), f"{Datetime.to_string(self.date)} UTC"),
                    (self.env._("Address"), self.ip),
                    (self.env._("Browser"), self.user_agent),
                    (self.env._("Request"), self.request_id),
                    (self.env._("Words agreed to"), self.consent),
                    (self.env._("Version of the words"), self.consent_version),
                    (self.env._("Name typed"), self.signed_name),
                ],
            ),
        ]

    def _certificate_digests(self):
        return [
            (self.env._("What was shown"), self.snapshot_sha256),
            (self.env._("Document"), self.document_sha256),
            (self.env._("Signature"), self.signature_sha256),
            (self.env._("Decision before"), self.previous or self.env._("none, this is the first")),
            (self.env._("This decision, no. %s", self.position), self.digest),
        ]

    def _certificate_notes(self):
        problem = self._problem()
        return [
            self.env._("When this paper was made the decision did NOT fit its digest: %s.", problem)
            if problem
            else self.env._("When this paper was made the decision and all kept with it fitted their digests."),
            self.env._("All digests are SHA-256. The evidence can be checked, also offline, at %s", self._verifier()),
            self.env._("Typed names and drawings are simple electronic signatures."),
        ]

    def _verifier(self):
        return f"{self.get_base_url()}{VERIFIER}"
