"""What is kept of an answer: who, by what right, from where, to which words, and the document as it was."""

import base64

from odoo import models

from .client_canonical import decimal, digest
from .ir_attachment_evidence import FROZEN

_AGENT_MAX = 300


class ClientApproval(models.Model):
    _inherit = "client.approval"

    def _evidence(self, verdict, typed, origin, member, behalf):
        """Everything the ledger keeps of this answer but what was shown.

        :param member: client.member who answers
        :param behalf: client.member they stand in for, or empty
        :rtype: dict
        """
        return {
            **self._evidence_what(),
            **self._evidence_who(member, behalf),
            **self._evidence_yes(typed, verdict == "approve"),
            "verdict": verdict,
            "comment": typed["comment"],
            "ip": origin["ip"],
            "user_agent": (origin["user_agent"] or "")[:_AGENT_MAX],
            "request_id": typed["request"],
        }

    def _evidence_what(self):
        words, record = self._kind(), self._subject()
        title, reference = words._subject(record)
        amount, currency = words._amount(record)
        return {
            "client_id": self.client_id.id,
            "client_name": self.client_id.name,
            "approval_id": self.id,
            "kind": self.kind,
            "kind_label": words.with_context(lang="en_US")._label(),
            "res_model": self.res_model,
            "res_id": self.res_id,
            "subject": title or reference,
            "reference": reference,
            "amount": decimal(amount, currency.decimal_places) if currency else "",
            "currency": currency.name,
        }

    def _evidence_who(self, member, behalf):
        user = self.env.user
        return {
            "user_id": user.id,
            "login": user.login,
            "user_name": user.name,
            "member_id": member.id,
            "role": member.role_id.name,
            "authority": (behalf or member)._client_authority_text(self),
            "behalf_member_id": behalf.id,
            "behalf_name": behalf.user_id.name,
        }

    def _evidence_yes(self, typed, yes):
        """Words, order number and signature: of a yes only."""
        words, record = self._kind(), self._subject()
        version, _words = words._consent()
        signature = self._signature(typed) if yes and words._signs(record) else b""
        return {
            "order_number": typed["order_number"] if yes and words._asks_order_number(record) else "",
            "consent": self._consent_words() if yes else "",
            "consent_version": f"{self.kind}.{version}.{self.env.lang or 'en_US'}" if yes else "",
            "signed_name": typed["signer"] if signature else "",
            "signature": base64.b64encode(signature) if signature else False,
            "signature_sha256": digest(signature) if signature else "",
        }

    def _consent_words(self):
        """The words agreed to, in the reader's language."""
        _version, words = self._kind()._consent()
        sentence = self.env._(words)
        return sentence % {"client": self.client_id.name}

    def _freeze(self, record, shown):
        """Keep the document that was approved; the same one for everybody who saw the same.

        :param str shown: digest of what was shown
        :return: document_name, document_sha256, document_id
        """
        earlier = self.env["client.decision"].sudo()  # the engine's own
        earlier = earlier.search([("approval_id", "=", self.id), ("snapshot_sha256", "=", shown)], limit=1)
        if earlier:
            return {name: earlier[name] for name in ("document_name", "document_sha256", "document_id")}
        name, content = self._kind()._file(record) or self._printed_file(record) or self._plain_file(record)
        files = self.env["ir.attachment"].sudo()  # nobody outside has rights on files
        file = files.create(
            {
                "name": name,
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
                "res_field": FROZEN,
                "company_id": self.company_id.id,
            }
        )
        return {"document_name": name, "document_sha256": digest(content), "document_id": file.id}
