"""What the engine of approvals needs to know of documents: whose they are, who may answer, what is told."""

import hashlib

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from odoo.addons.client_portal.models.client_role import CAPABILITIES
from odoo.addons.client_portal.models.client_told import Told

from .client_approval_kind_document import READ

_lt = LazyTranslate(__name__)
DOCUMENTS = "client.document"
PAPER_MOST = 25 * 1024 * 1024  # bytes of a PDF that is frozen whole with an answer

_ASKED = {"family": "answer", "approvers": True, "mailed": True}
_DECIDED = {"family": "decisions"}


class ClientDocument(models.Model):
    """A document is approved and read in its current version."""

    _name = "client.document"
    _inherit = ["client.document", "client.approvable"]

    _client_watched_fields = ("name", "state")
    _client_updates = {
        "document_approval_requested": Told(_lt("%(name)s waits for your approval"), "warning", **_ASKED),
        "document_approval_approved": Told(_lt("%(name)s approved"), "success", **_DECIDED),
        "document_approval_declined": Told(_lt("%(name)s declined"), "muted", **_DECIDED),
        "document_approval_changes": Told(_lt("Changes requested: %(name)s"), "warning", **_DECIDED),
        "document_approval_stale": Told(_lt("%(name)s changed since it was approved"), "warning", **_ASKED),
        "document_approval_withdrawn": Told(_lt("%(name)s: the question was withdrawn"), "muted", **_DECIDED),
        "document_approval_expired": Told(_lt("%(name)s: the time to answer has passed"), "muted", **_DECIDED),
        "document_read_requested": Told(_lt("Please read: %(name)s"), "warning", family="answer", mailed=True),
    }

    approved_version_id = fields.Many2one(
        "client.document.version", string="Approved version", readonly=True, copy=False, ondelete="set null"
    )

    def write(self, vals):
        """What a role needs to see the document, it needs to see the questions about it."""
        result = super().write(vals)
        if "capability" in vals:
            for document in self:
                document._client_approvals().write({"capability": vals["capability"]})
        return result

    def _client_responsible(self):
        """Whoever looks after what it belongs to."""
        document = self.sudo()  # names of staff, for staff
        there = document.res_model in self.env and document.env[document.res_model].browse(document.res_id).exists()
        filed = document.create_uid.filtered(lambda user: user._is_internal() and user.active)
        return (there and there._client_responsible()) or super()._client_responsible() or filed


class ClientDocumentVersion(models.Model):
    _inherit = "client.document.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        versions.document_id._client_touched()
        return versions

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self.document_id._client_touched()
        return result

    def _paper(self):
        """(name, bytes) of a PDF that can be kept with a decision; None for what cannot, or is not there."""
        version = self.sudo()  # the engine keeps what was shown
        if version.mimetype != "application/pdf" or version.size > PAPER_MOST:
            return None
        content = version.attachment_id.raw or b""
        return (version.name, content) if hashlib.sha256(content).hexdigest() == version.sha256 else None


class ClientApproval(models.Model):
    _inherit = "client.approval"

    @api.model
    def _asked_vals(self, record, kind):
        """A question about a quote's document needs quotes; that it needs documents is a rule of its own."""
        vals = super()._asked_vals(record, kind)
        if vals["scope_model"] == DOCUMENTS:
            vals["capability"] = record.capability
        return vals

    def _tell(self, event):
        """News of a document is the document's, so that the rules of documents keep it."""
        papers = self.filtered(lambda approval: approval.scope_model == DOCUMENTS)
        super(ClientApproval, self - papers)._tell(event)
        rows = []
        for approval in papers:
            document = approval._subject()
            shown = document and document.client_published and document.client_id.is_client
            if shown and approval._kind()._tells(approval, event):
                prefix = READ if approval.kind == READ else "document_approval"
                rows.append(document._client_update_vals(f"{prefix}_{event}"))
        self.env["client.update"].sudo()._append(rows)  # nobody has create rights on updates


class ClientMember(models.Model):
    _inherit = "client.member"

    def _client_authority_domain(self):
        """Of documents only who may see documents answers; that one has read something, anybody may say."""
        papers = Domain("scope_model", "=", DOCUMENTS)
        others = super()._client_authority_domain() & Domain("kind", "!=", READ)
        if not self.role_id.can_see_documents:
            return others & ~papers
        return others | (papers & Domain("kind", "=", READ) & self._client_reading_domain())

    def _client_reading_domain(self):
        """Approvals about documents this member sees, by role, site and person, as a domain in sudo."""
        if not self.active or self.suspended or not self.role_id.can_see_documents:
            return Domain.FALSE
        able = [name for name in CAPABILITIES if self.role_id[f"can_{name}"]]
        domain = Domain("client_id", "=", self.client_id.id) & Domain("capability", "in", able)
        domain &= Domain("client_only_user_id", "in", [False, self.user_id.id])
        if not self.all_sites:
            domain &= Domain("client_site_id", "in", self.site_ids.filtered(self._owns_site).ids)
        return domain
