"""Settings of mails about updates."""

from odoo import fields, models

from .client_notification_time import HOUR, MINUTES


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_notifications_off = fields.Boolean(
        string="Send no mails about updates", config_parameter="client_portal.notifications_off"
    )
    client_notification_minutes = fields.Integer(
        string="Minutes to collect updates for",
        config_parameter="client_portal.notification_minutes",
        default=MINUTES,
    )
    client_digest_hour = fields.Integer(
        string="Hour of summaries", config_parameter="client_portal.digest_hour", default=HOUR
    )
    client_digest_weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        string="Day of weekly summaries",
        config_parameter="client_portal.digest_weekday",
        default="0",
    )
