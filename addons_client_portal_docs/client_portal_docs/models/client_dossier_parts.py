"""What a dossier holds: papers, photos, certificates of that day, answers, words, and who looked."""

import base64
import json

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Datetime, Domain

from odoo.addons.client_portal.models.client_sheet import csv_sheet

from .client_bytes import content_of
from .client_document_filing import COMPLETION, DECISION


class ClientDossier(models.AbstractModel):
    _inherit = "client.dossier"

    @api.model
    def _completion(self, job, left_out):
        """What was done, every version of it."""
        for record in self._records(job):
            content = base64.b64decode(record.with_context(bin_size=False).pdf or b"")
            row = {"part": "completion", "version": record.version, "sha256": record.sha256, "size": len(content)}
            yield f"completion/record v{record.version}.pdf", content, row

    # -------------------------------------------------------------------- documents

    @api.model
    def _documents(self, job, left_out):
        """Documents of the job that its client sees; photos by themselves."""
        mine = [("res_model", "=", job._name), ("res_id", "=", job.id)]
        for document in self._shown(mine, job):
            kind = document.sudo()  # of a document the reader sees
            if kind.source_model in (COMPLETION, DECISION):
                continue  # stands in another part
            photos = self._is_photos(kind)
            yield from self._files_of(document, "photos" if photos else "documents", left_out)

    @api.model
    def _is_photos(self, document):
        """Whether a document (sudo) is pictures."""
        return (document.current_id.mimetype or "image/").startswith("image/")

    @api.model
    def _certificates(self, job, left_out):
        """Certificates of the site and of the job's assets that were valid on the day."""
        facts = job.sudo()  # of a job that its reader sees
        if not facts.client_site_id or not facts.client_done_on:
            return
        valid = self.env["client.document"]._certificate_domain(facts.client_done_on)
        of_assets = Domain("res_model", "=", "client.asset")
        assets = of_assets & Domain("res_id", "in", facts.client_asset_ids.ids)
        site = (Domain("res_model", "=", False) | Domain("res_model", "!=", "client.asset")) | assets
        found = self._shown(valid & site & Domain("client_site_id", "=", facts.client_site_id.id), job)
        for document in found:
            yield from self._files_of(document, "certificates", left_out)

    @api.model
    def _shown(self, domain, job):
        """Documents of the job's client that both reader and client see, bound to the reader, oldest first."""
        documents = self.env["client.document"]
        if not documents.has_access("read"):
            return documents
        mine = Domain("client_published", "=", True) & Domain("client_id", "=", job.sudo().client_id.id)  # its own
        rules = documents._client_visible_domain()
        found = documents.sudo().search(rules & mine & Domain(domain), order="published_on, id")  # the reader's rules
        return found.sudo(False)  # bound to the reader again

    @api.model
    def _files_of(self, document, part, left_out):
        """Files of one document, as a zip of the library has them."""
        try:
            *members, (_name, manifest) = document._client_bundle()
        except UserError as refusal:
            left_out.append({"title": document.name, "reason": str(refusal)})
            return
        told = json.loads(manifest)
        left_out += told.get("left_out", [])
        sudo = document.sudo()  # of a document the reader sees
        days = {name: str(sudo[name]) for name in ("valid_from", "valid_until") if sudo[name]}
        for (name, content), row in zip(members, told["documents"], strict=True):
            row.pop("file")
            yield f"{part}/{name}", content, {"part": part, **row, **days}

    # --------------------------------------------------------------------- approvals

    @api.model
    def _approvals(self, job, left_out):
        """Answers on the job and on what was quoted for it: certificate, evidence and the frozen document of each."""
        for number, decision in enumerate(self._decisions(job), 1):
            for paper in ("certificate", "evidence", "document"):
                if paper == "document" and not decision._document():
                    continue
                name, _mimetype, content = decision._paper(paper)
                part = "evidence" if paper == "evidence" else "approvals"
                row = {"part": part, "title": decision.subject, "verdict": decision.verdict}
                yield f"approvals/{number} {name}", content, row

    @api.model
    def _decisions(self, job):
        """Decisions (sudo) whose papers the reader may have."""
        decisions = self.env["client.decision"]
        approvals = self.env["client.approval"]
        if not approvals.has_access("read"):
            return decisions.sudo()  # none
        about = Domain("res_model", "=", job._name) & Domain("res_id", "=", job.id)
        quotes = self._quotes(job)
        if quotes:
            about |= Domain("res_model", "=", quotes._name) & Domain("res_id", "in", quotes.ids)
        found = approvals.search(about)
        if self.env.user.share:
            found = found.filtered(lambda approval: self.env.user._client_can("approve", approval))
        elif not decisions.has_access("read"):
            found = found.browse()
        return decisions.sudo().search([("approval_id", "in", found.ids)], order="id")  # asked just above

    @api.model
    def _quotes(self, job):
        """Orders made for the job, as the reader sees them."""
        orders = self.env["sale.order"]
        if not orders.has_access("read"):
            return orders
        made = Domain("variation_task_id", "=", job.id) | Domain("client_request_id", "=", job.id)
        found = orders.sudo().search(orders._client_visible_domain() & made)  # the reader's own rules
        return orders.browse(found.ids)

    # ------------------------------------------------------------------ what was said

    @api.model
    def _conversation(self, job, left_out):
        """The conversation as the client saw it, to read and as data, with its files."""
        messages = self.env["mail.message"].sudo()  # the visible words on a job that its reader sees
        mine = Domain("model", "=", job._name) & Domain("res_id", "=", job.id)
        said = messages.search(mine & messages._client_conversation_domain(), order="date, id")
        rows = []
        for message in said:
            names = []
            for number, file in enumerate(message.attachment_ids, 1):
                content = self._bytes_of(file, left_out)
                if content is not None:
                    clean = self.env["client.upload"]._clean_name(file.name) or "file"
                    name = f"conversation/{message.id}-{number} {clean}"
                    yield name, content, {"part": "conversation", "title": file.name}
                    names.append(name)
            rows.append(self._said(message, names))
        yield "conversation.json", _json(rows), {"part": "conversation"}
        values = {"rows": rows, "said": said, "title": job.sudo().client_name}  # a job the reader sees
        page = self.env["ir.qweb"]._render("client_portal_docs.dossier_conversation", values)
        yield "conversation.html", f"<!DOCTYPE html>\n{page}".encode(), {"part": "conversation"}

    def _said(self, message, names):
        """One message (sudo) as plain values; addresses of people are not what the client saw."""
        return {
            "date": Datetime.to_string(message.date),
            "author": message.author_id.name or "",
            "body": str(message.body or ""),
            "files": names,
        }

    def _bytes_of(self, file, left_out):
        """Content of an attachment (sudo) as of ``client_bytes``; None where it is gone."""
        try:
            stream = self.env["ir.binary"]._get_stream_from(file)
        except FileNotFoundError:
            stream = None
        if not stream or not stream.size:
            left_out.append({"title": file.name, "reason": self.env._("The file is missing.")})
            return None
        return content_of(stream, file)

    # -------------------------------------------------------------------- who looked

    @api.model
    def _journal(self, job, left_out):
        """Who of the client opened the job and its documents: for those who manage the team, and for staff."""
        journal, client = self.env["client.access"], job.sudo().client_id  # whose the reader knows it is
        allowed = journal._client_manages(client.id) if self.env.user.share else journal.has_access("read")
        if not allowed:
            return
        shown = self._shown([("res_model", "=", job._name), ("res_id", "=", job.id)], job)
        looked = Domain("res_model", "=", job._name) & Domain("res_id", "=", job.id)
        looked |= Domain("res_model", "=", "client.document") & Domain("res_id", "in", shown.ids)
        kinds = Domain("kind", "in", journal._looks())
        rows = journal.sudo().search(kinds & looked & Domain("client_id", "=", client.id), order="date, id")  # as said
        users = self.env["res.users"].sudo()  # names of members, for those who manage them
        names = {user.id: user.name for user in users.browse(set(rows.mapped("user_id"))).exists()}
        titles = {("client.document", one.id): one.name for one in shown}
        title = job.sudo().client_name  # the name clients read of a job that the reader sees
        lines = [
            [
                Datetime.to_string(row.date),
                names.get(row.user_id, ""),
                journal._client_what(row.kind),
                titles.get((row.res_model, row.res_id), title),
                row.version or "",
                row.ip or "",
            ]
            for row in rows
        ]
        content = csv_sheet("", ["time (UTC)", "who", "what", "of", "version", "address"], lines)
        yield "access.csv", content, {"part": "access"}


def _json(value):
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
