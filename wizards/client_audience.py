from odoo import fields, models
from odoo.exceptions import AccessError


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    def action_client_audience(self):
        """Say who can see this record; for staff."""
        self.ensure_one()
        if not self.env.user._is_internal():
            raise AccessError(self.env._("This is for staff."))
        self.check_access("read")
        audience = self.env["client.audience"]._of(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who can see this?"),
            "res_model": audience._name,
            "res_id": audience.id,
            "views": [(False, "form")],
            "target": "new",
        }


class ClientAudience(models.TransientModel):
    """The answer to "Who can see this?", as a small dialog for staff."""

    _name = "client.audience"
    _description = "Who can see this?"

    name = fields.Char(readonly=True)
    published = fields.Boolean(readonly=True)
    line_ids = fields.One2many("client.audience.line", "audience_id", readonly=True)

    def _of(self, record):
        """The people who can see ``record`` at this moment.

        :param record: one client.scoped record
        """
        lines = [
            {"member_id": one["member"].id, "name": one["name"], "reason": one["reason"], "date": one["last"]}
            for one in record._client_audience()[record.id]
        ]
        lines += [
            {"name": user.name, "reason": self.env._("No member: Odoo's own portal shows it to this follower")}
            for user in record._client_outsiders()
        ]
        return self.create(
            {
                "name": record.display_name,
                "published": record.client_published,
                "line_ids": [fields.Command.create(line) for line in lines],
            }
        )


class ClientAudienceLine(models.TransientModel):
    _name = "client.audience.line"
    _description = "Somebody who can see this"

    audience_id = fields.Many2one("client.audience", required=True, ondelete="cascade")
    member_id = fields.Many2one("client.member", ondelete="cascade")
    name = fields.Char(readonly=True)
    reason = fields.Char("Why", readonly=True)
    date = fields.Datetime("Last opened", readonly=True)

    def action_client_preview(self):
        """Open the portal as this member."""
        return self.member_id.action_client_preview()
