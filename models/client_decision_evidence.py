"""A decision as files that stand without Odoo: evidence one can check offline, the frozen document."""

import base64
import json

from odoo import models

from .client_canonical import digest
from .client_gate import ClientNotFound

EVIDENCE = "client-portal-evidence"
VERSION = 1


class ClientDecision(models.Model):
    _inherit = "client.decision"

    def _paper(self, name):
        """A file about one decision, for somebody who may have it.

        :param str name: certificate, document or evidence; from an address, trusted in no way
        :return: (file name, mimetype, bytes)
        :raise ClientNotFound: there is no such file
        """
        self.ensure_one()
        decision = self.sudo()  # behind the gate of the approval, or for staff who may read decisions
        papers = {
            "certificate": decision._certificate_file,
            "document": decision._document_file,
            "evidence": decision._evidence_file,
        }
        if name not in papers:
            raise ClientNotFound()
        return papers[name]()

    def _document_file(self):
        document = self._document()
        if not document:
            raise ClientNotFound()
        return self.document_name, "application/pdf", document.raw

    def _document(self):
        """The frozen document; empty when it is not there, or not the one that was frozen."""
        file = self.env["ir.attachment"].browse(self.document_id).exists()
        return file if file and digest(file.raw or b"") == self.document_sha256 else file.browse()

    def _evidence_file(self):
        """One or more decisions as JSON, for the verifier."""
        names = {"client": self[:1].client_name, "position": self[:1].position}
        name = (
            self.env._("Evidence %(client)s %(position)s.json", **names)
            if len(self) == 1
            else self.env._("Evidence %(client)s.json", **names)
        )
        return name.replace("/", "-"), "application/json", self._evidence_json().encode()

    def _evidence_json(self):
        """Everything that the digests cover, so that they can be computed again from the file alone.

        :rtype: str
        """
        decisions = [decision._evidence_values() for decision in self]
        file = {"format": EVIDENCE, "version": VERSION, "decisions": decisions}
        return json.dumps(file, ensure_ascii=False, indent=1)

    def _evidence_values(self):
        """The row as it is now: whoever checks it compares it with its digest.

        :return: {'sealed', 'digest', 'snapshot', 'signature', 'document'}
        """
        picture, document = self.with_context(bin_size=False).signature, self._document()
        return {
            "sealed": self._sealed(),
            "digest": self.digest,
            "snapshot": self.snapshot,
            "signature": picture.decode() if picture else None,
            "document": base64.b64encode(document.raw).decode() if document else None,
        }

    def _problem(self):
        """What of this row is not as it was written, in words; empty when all is."""
        self.ensure_one()
        ledger = self.env["client.ledger"]
        return ledger._row_problem(self, self.previous)
