"""The record's own document, printed when staff ask and kept for the answer.

The report engine takes seconds and asks the server it prints for for its styles: several members who
answer at the same moment would keep every worker waiting for another one. So nothing is printed while
somebody answers.
"""

from odoo import fields, models

from .client_canonical import canonical, digest

PRINTED_AT_ONCE = 3  # in one transaction; whoever asks about more gets plain documents
_COUNT = "client_portal.printed"
_FIELD = "printed_id"  # marks the file: of no list of attachments


class ClientApproval(models.Model):
    _inherit = "client.approval"

    printed_id = fields.Integer("Printed document, id", readonly=True, aggregator=None)
    printed_digest = fields.Char("Content of the printed document", readonly=True)

    def _printed_of(self, record):
        """SHA-256 of what stands on the document; files that go along do not."""
        content = self._kind()._snapshot(self, record)["content"]
        return digest(canonical({key: value for key, value in content.items() if key != "documents"}))

    def _print_shown(self, record):
        """Print what is asked about, unless it is printed as it is."""
        counts = self.env.cr.precommit.data
        shown = self._printed_of(record)
        if shown == self.printed_digest or counts.get(_COUNT, 0) >= PRINTED_AT_ONCE:
            return
        printed = self._kind()._print(record)
        if not printed:
            return
        counts[_COUNT] = counts.get(_COUNT, 0) + 1
        name, content = printed
        files = self.env["ir.attachment"].sudo()  # nobody outside has rights on files
        files.browse(self.printed_id).exists().unlink()
        vals = {"name": name, "raw": content, "mimetype": "application/pdf", "res_field": _FIELD}
        file = files.create({**vals, "res_model": self._name, "res_id": self.id, "company_id": self.company_id.id})
        self.write({"printed_id": file.id, "printed_digest": shown})

    def _printed_file(self, record):
        """(name, bytes) of what was printed, if it still is what is shown."""
        if not self.printed_id or self._printed_of(record) != self.printed_digest:
            return None
        file = self.env["ir.attachment"].sudo().browse(self.printed_id).exists()  # the engine's own
        return (file.name, file.raw) if file else None
