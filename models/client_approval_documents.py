"""Files of an approval: what is asked about, and what an answer was frozen with."""

from odoo import models

from .client_gate import ClientNotFound
from .client_letterhead import Letterhead


class ClientApproval(models.Model):
    _inherit = "client.approval"

    def _client_document(self, file_id):
        """A document of the question, behind the gate.

        :param int file_id: from an address, trusted in no way
        :return: ir.attachment (sudo)
        :raise ClientNotFound: it is none of this approval's
        """
        files = self.sudo().document_ids.filtered(lambda file: file.id == file_id)  # behind the gate
        if not files:
            raise ClientNotFound()
        return files

    def _client_decision(self, decision_id):
        """A decision on this question, behind the gate.

        :param int decision_id: from an address, trusted in no way
        :return: client.decision (sudo)
        :raise ClientNotFound: it is none of this approval's
        """
        decisions = self.env["client.decision"].sudo()  # behind the gate
        found = decisions.search([("approval_id", "=", self.id), ("id", "=", decision_id)])
        if not found:
            raise ClientNotFound()
        return found

    def _client_decision_rows(self):
        """What the page offers of the answers given, to those who may answer: [{'title', 'note', 'links'}]."""
        if not self.env.user._client_can("approve", self):
            return []
        words = self.env["client.words"]
        decisions = self.env["client.decision"].sudo()  # behind the gate
        labels = {
            "certificate": self.env._("Certificate (PDF)"),
            "document": self.env._("Document (PDF)"),
            "evidence": self.env._("Evidence (JSON)"),
        }
        return [
            {
                "title": row._verdict_title(),
                "note": words._day(words._local(row.date).date()),
                "links": [
                    {"label": label, "url": f"{self._client_url()}/decisions/{row.id}/{paper}"}
                    for paper, label in labels.items()
                ],
            }
            for row in decisions.search([("approval_id", "=", self.id)], order="id")
        ]

    def _plain_file(self, record):
        """What was shown as a plain PDF, for kinds and servers that print no document of their own.

        :return: (name, bytes)
        """
        words, paper = self._kind(), self._paper(record)
        shown = words._lines(record)
        if shown.get("lines"):
            heads = [self.env._("Description"), self.env._("Quantity"), self.env._("Price"), self.env._("Amount")]
            rows = [[line["name"], line["quantity"], line["price"], line["amount"]] for line in shown["lines"]]
            paper.lines(heads, rows + [[row["label"], "", "", row["amount"]] for row in shown["totals"]])
        text = words._plain_text(record)
        if text:
            paper.heading(self.env._("Details"))
            paper.text(text)
        if self.document_ids:
            paper.heading(self.env._("Documents"))
            for file in words._snapshot(self, record)["content"]["documents"]:
                paper.small(f"{file['name']}  SHA-256 {file['sha256']}")
        return f"{self.name[:80]}.pdf", paper.pdf()

    def _paper(self, record):
        """A paper that begins with what is asked."""
        words = self._kind()
        company = self.company_id or record.env.company
        paper = Letterhead(company, self._client_heading(), self.reference or "")
        facts = [(self.env._("For"), self.client_id.name), (self.env._("Site"), self.client_site_id.name)]
        paper.facts(facts + [(fact["label"], fact["value"]) for fact in words._facts(record)])
        if self.message:
            paper.text(self.message)
        return paper

    def _client_after(self):
        """Where an answer leads: the approval again, or straight on to what comes next."""
        approval = self.sudo()  # the member has just answered it
        after = approval._kind()._after(approval)
        return after or f"{self._client_url()}?done={approval.state if approval.state != 'pending' else 'answered'}"
