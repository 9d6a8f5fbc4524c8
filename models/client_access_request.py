"""From a request to the journal: the one place where looking is noted."""

from odoo import api, models
from odoo.http import request


class ClientAccess(models.Model):
    _inherit = "client.access"

    @api.model
    def _opened(self, record, kind=""):
        """Note that the current user opens ``record``: a page, a download, or a preview by staff.

        Only looking is noted here; acts (POST) leave updates.

        :param record: what was opened, bound to the user
        :param str kind: 'open' or 'download'; by default what the address says
        """
        if not request or request.httprequest.method != "GET":
            return
        staff_id = self.env.context.get("client_preview")
        if not kind:
            kind = "download" if request.httprequest.args.get("report_type") else "open"
        self._later(
            {
                "kind": "preview" if staff_id else kind,
                "user_id": self.env.uid,
                "res_model": record._name,
                "res_id": record.id,
                "staff_id": staff_id or 0,
                **self._where_from(),
            }
        )

    @api.model
    def _listed(self, records, clients, kind="list"):
        """Note that the current user downloads a list, once for each client it may hold records of.

        :param records: any records of the model, bound to the user
        :param clients: res.partner, the user's own
        :param str kind: 'list', or 'statement' of an account
        """
        staff_id = self.env.context.get("client_preview")
        capability = records._client_list_capability or records._client_capability
        for client in clients:
            if self.env.user._client_can(capability, client):
                self._later(
                    {
                        "kind": "preview" if staff_id else kind,
                        "user_id": self.env.uid,
                        "res_model": records._name,
                        "res_id": 0,
                        "client_id": client.id,
                        "staff_id": staff_id or 0,
                        **self._where_from(),
                    }
                )

    @api.model
    def _where_from(self):
        """Where the request comes from."""
        return {"ip": request.httprequest.remote_addr, "user_agent": request.httprequest.user_agent.string}


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        """A member who fetches a file of a client's record downloads from that record."""
        if record._name == "ir.attachment" and request and request.httprequest.path.startswith("/web/content"):
            file = record.sudo()  # only whose file it is; who asks was decided before
            if file.res_model in self.env["client.scoped"]._inherit_children and self.env.user._is_client_governed():
                self.env["client.access"]._opened(self.env[file.res_model].browse(file.res_id), "download")
        return super()._record_to_stream(record, field_name)
