from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProjectTask(models.Model):
    """What a job is about: assets of the job's own client."""

    _inherit = "project.task"

    client_asset_ids = fields.Many2many(
        "client.asset",
        "client_asset_task_rel",
        "task_id",
        "asset_id",
        string="Assets",
        domain="[('client_id', '=', client_id), ('client_site_id', 'in', [client_site_id, False])]"
        " if client_site_id else [('client_id', '=', client_id)]",
        help="The things of the client this job is about. Each of them tells its history.",
    )

    def _compute_client_id(self):
        """A job that moves to another client leaves the assets of the former one."""
        super()._compute_client_id()
        for task in self:
            foreign = task.client_asset_ids.filtered(lambda asset, task=task: asset.client_id != task.client_id)
            if foreign:
                task.client_asset_ids -= foreign

    @api.constrains("client_asset_ids")
    def _check_client_asset_ids(self):
        for task in self:
            for asset in task.sudo().client_asset_ids:  # whoever may edit the job
                if asset.client_id != task.client_id:
                    raise ValidationError(
                        self.env._(
                            "%(asset)s is no asset of %(client)s.",
                            asset=asset.name,
                            client=task.client_id.display_name or self.env._("this client"),
                        )
                    )
