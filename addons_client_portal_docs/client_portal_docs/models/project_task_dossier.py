"""How one gets from a completed job to its proof."""

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.client_portal.models.client_gate import ClientNotFound


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _client_done(self):
        """What was done also leads to its proof, for those who see documents."""
        done = super()._client_done()
        if done and self.env.user._client_can("see_documents", self):
            done["proof"] = f"{self._client_url()}/proof"
        return done

    def _client_proof(self):
        """(file name, members of the zip) for whoever passed the gate of the job; see ``client.dossier``.

        :raise ClientNotFound: the job is not completed, or documents are not for them
        """
        self.ensure_one()
        if self.env.user.share and not self.env.user._client_can("see_documents", self):
            raise ClientNotFound()
        title = self.sudo().client_name.replace("/", "-")  # of a job its reader sees
        return self.env._("Proof of %s.zip", title), self.env["client.dossier"]._of(self)

    def action_client_proof(self):
        """Download everything that proves this job."""
        self.ensure_one()
        self.env["client.document"]._for_staff()
        self.check_access("read")
        if not self.env["client.dossier"]._records(self):
            raise UserError(self.env._("The job is not completed, or its client does not see it."))
        return {"type": "ir.actions.act_url", "url": f"/client_portal/jobs/{self.id}/proof", "target": "self"}


class ClientAccess(models.Model):
    _inherit = "client.access"

    @api.model
    def _opened(self, record, kind=""):
        """The journal is of what the client's people opened: staff who take a proof are none."""
        if not self.env.user._is_internal():
            super()._opened(record, kind)

    @api.model
    def _looks(self):
        return [*super()._looks(), "proof"]

    @api.model
    def _client_what(self, kind):
        return self.env._("downloaded the proof") if kind == "proof" else super()._client_what(kind)
