import hashlib
import json

from odoo import api, fields, models
from odoo.tools.misc import file_path

from odoo.addons.client_portal.models.client_gate import ClientNotFound

from .client_bytes import pieces
from .client_document_bundle import _unique

FORMAT, VERSION = "client-portal-dossier", 1  # what the verifier page knows
LIST = "manifest.json"
_VERIFIER = "client_portal/static/verify/verify.html"


class ClientDossier(models.AbstractModel):
    """Proof of one completed job: everything that its reader may have of it, in one zip that checks itself.

    Each part (``client_dossier_parts.py``) yields ``(name, content, row)``: name in the zip, bytes or a path, and what
    the manifest says beside the digest. All of it is looked up before the first byte leaves.
    """

    _name = "client.dossier"
    _description = "Proof of a job"

    @api.model
    def _of(self, job):
        """Files of the dossier of a job, for whoever passed its gate.

        :param job: project.task, bound to its reader
        :return: [(name in the zip, content as of ``client_bytes``)], the manifest last
        :raise ClientNotFound: the job is not completed
        """
        if not self._records(job):
            raise ClientNotFound()
        taken, members, rows, left_out = {LIST}, [], [], []
        for part in self._parts():
            for name, content, row in part(job, left_out):
                name = _unique(name, taken)
                members.append((name, content))
                rows.append({"file": name, **_facts(content, row), **row})
        return [*members, (LIST, self._manifest(job, rows, left_out))]

    @api.model
    def _parts(self):
        """Functions of a job and of a list of what cannot be given. An extension adds its own."""
        return [
            self._completion,
            self._documents,
            self._certificates,
            self._approvals,
            self._conversation,
            self._journal,
            self._verifier,
        ]

    @api.model
    def _manifest(self, job, rows, left_out):
        facts = job.sudo()  # of a job that its reader sees
        words = {
            "format": FORMAT,
            "version": VERSION,
            "made": fields.Datetime.to_string(fields.Datetime.now()),
            "by": self.env.user.name,
            "job": {
                "title": facts.client_name,
                "number": f"#{job.id}",
                "client": facts.client_id.name,
                "site": facts.client_site_id.name or "",
                "done": fields.Date.to_string(facts.client_done_on) or "",
            },
            "files": rows,
            "left_out": left_out,
        }
        return json.dumps(words, ensure_ascii=False, indent=1).encode()

    @api.model
    def _verifier(self, job, left_out):
        """The page that checks the dossier, to be opened from the zip itself."""
        yield "verify.html", file_path(_VERIFIER), {"part": "verifier"}

    @api.model
    def _records(self, job):
        """Versions of what was done (sudo), oldest first; none of a job that is not completed."""
        records = self.env["client.completion"].sudo()  # read with the job, behind its gate
        if not job.sudo()._client_is_finished():  # as above
            return records.browse()
        return records.search([("task_id", "=", job.id)], order="version")


def _facts(content, row):
    """{'size', 'sha256'} where a part does not know them: read piece by piece."""
    if "sha256" in row:
        return {}
    digest, size = hashlib.sha256(), 0
    for piece in pieces(content):
        digest.update(piece)
        size += len(piece)
    return {"size": size, "sha256": digest.hexdigest()}
