"""What the back office shows of assets, and the buttons that lead there."""

import base64
import io

import qrcode

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.image import image_data_uri

_ASSETS = "client_portal.client_asset_action"


class ClientAsset(models.Model):
    _inherit = "client.asset"

    job_count = fields.Integer(compute="_compute_job_count", string="Number of jobs")

    def _compute_job_count(self):
        """Jobs the reader may see, in one query."""
        tasks = self.env["project.task"]
        counts = {}
        if tasks.has_access("read"):
            groups = tasks._read_group([("client_asset_ids", "in", self.ids)], ["client_asset_ids"], ["__count"])
            counts = {asset.id: count for asset, count in groups}
        for asset in self:
            asset.job_count = counts.get(asset._origin.id, 0)

    @api.model
    def _client_for_staff(self):
        """Refuse buttons of the back office to people outside.

        :raise AccessError: they are no staff
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("This does not exist, or you have no access to it."))

    def action_client_jobs(self):
        """List the jobs on these assets."""
        self._client_for_staff()
        action = self.env["ir.actions.act_window"]._for_xml_id("project.action_view_all_task")
        domain = [("client_asset_ids", "in", self.ids)]
        return dict(action, domain=domain, context={"default_client_asset_ids": self.ids})

    def _client_label_url(self):
        """What the code on the label opens: the asset's page; staff are led on to the record."""
        self.ensure_one()
        return f"{self.get_base_url()}{self._client_url()}"

    def _client_label_code(self):
        """The address as a QR code: a picture to stand in ``src``.

        Drawn here, so that no other server sees the address, and without the drawing backend that
        Odoo's barcodes ask of the operating system.

        :rtype: str
        """
        data = io.BytesIO()
        qrcode.make(self._client_label_url()).save(data, format="PNG")
        return image_data_uri(base64.b64encode(data.getvalue()))


class ResPartner(models.Model):
    _inherit = "res.partner"

    client_asset_count = fields.Integer(compute="_compute_client_asset_count")

    def _compute_client_asset_count(self):
        """Assets of a client, or at a site."""
        assets = self.env["client.asset"]
        counts = {}
        if assets.has_access("read"):
            for field in ("client_site_id", "client_id"):
                groups = assets._read_group([(field, "in", self.ids)], [field], ["__count"])
                counts.update({partner.id: count for partner, count in groups})
        for partner in self:
            partner.client_asset_count = counts.get(partner._origin.id, 0)

    def action_client_assets(self):
        """List the assets of these clients, or at these sites."""
        self.ensure_one()
        self.env["client.asset"]._client_for_staff()
        domain = ["|", ("client_id", "in", self.ids), ("client_site_id", "in", self.ids)]
        where = "default_client_site_id" if self.is_client_site else "default_partner_id"
        return self._client_open(_ASSETS, domain, {where: self.id})


class ProjectTask(models.Model):
    _inherit = "project.task"

    client_asset_count = fields.Integer(compute="_compute_client_asset_count")

    def _compute_client_asset_count(self):
        for task in self:
            task.client_asset_count = len(task.client_asset_ids)

    def action_client_assets(self):
        """List the assets of this job; the only one is opened."""
        self.ensure_one()
        self.env["client.asset"]._client_for_staff()
        action = self.env["ir.actions.act_window"]._for_xml_id(_ASSETS)
        if len(self.client_asset_ids) == 1:
            return dict(action, views=[(False, "form")], res_id=self.client_asset_ids.id)
        return dict(action, domain=[("id", "in", self.client_asset_ids.ids)])
