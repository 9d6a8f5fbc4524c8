"""Settings of the client portal, one set per operator company."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .client_gateway import SERVER
from .client_link import LINK_DAYS
from .client_member_access import INVITATION_DAYS
from .client_message_edit import EDIT_MINUTES
from .client_response import ANSWER_HOURS

REMINDER_MAX = 365


class ResCompany(models.Model):
    _inherit = "res.company"

    client_contact_user_id = fields.Many2one(
        "res.users",
        string="Contact person for clients",
        domain=[("share", "=", False)],
        help="Shown to clients that have no salesperson of their own.",
    )
    client_support_text = fields.Text(
        string="Whom to ask",
        translate=True,
        help="Shown to people who can sign in but have no access, and beside the contact person."
        " Say whom to call or write to.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_contact_user_id = fields.Many2one(related="company_id.client_contact_user_id", readonly=False)
    client_support_text = fields.Text(related="company_id.client_support_text", readonly=False)
    client_invitation_days = fields.Integer(
        string="Invitations work for",
        config_parameter="client_portal.invitation_days",
        default=INVITATION_DAYS,
        help="Days until the link of an invitation expires. It can be sent again.",
    )
    client_link_days = fields.Integer(
        string="Links in mails work for",
        config_parameter="client_portal.link_days",
        default=LINK_DAYS,
        help="Days until the link of a mail about a quote, invoice or approval expires.",
    )
    client_answer_hours = fields.Float(
        string="Questions are answered within",
        config_parameter="client_portal.answer_hours",
        default=ANSWER_HOURS,
        help="Working hours until a client's question is to be answered; the client reads the day. 0: no promise.",
    )
    client_edit_minutes = fields.Integer(
        string="Members may change a message for",
        config_parameter="client_portal.edit_minutes",
        default=EDIT_MINUTES,
        help="Minutes after which a member's message stays as it is. 0: from the start.",
    )
    client_mail_server_name = fields.Char(
        string="Our mail server's name",
        config_parameter=SERVER,
        help="The name your mail server puts into the Authentication-Results of mails it receives. With it, a reply"
        " whose sender that server could not confirm is held for you to decide.",
    )
    client_remind_before = fields.Char(
        string="Remind before the due date",
        help="Days before the last day to answer, such as 7, 2; 0 is that day itself. Empty: no reminder.",
    )
    client_remind_after = fields.Char(
        string="Remind after the due date",
        help="Days after it, of what can be answered still, such as 3, 10. Empty: no reminder.",
    )
    client_access_months = fields.Integer(
        string="Keep the access journal for", config_parameter="client_portal.access_months", default=24
    )
    client_map_tiles = fields.Char(
        string="Address of map tiles",
        config_parameter="client_portal.map_tiles",
        help="With {z}, {x} and {y} in it. Empty: maps are drawn without any other server.",
    )
    client_map_credit = fields.Char(
        string="Credit under the map", config_parameter="client_portal.map_credit"
    )

    @api.model
    def get_values(self):
        days = self.env["client.approval"]._reminder_days()
        return {
            **super().get_values(),
            "client_remind_before": ", ".join(str(-day) for day in days if day <= 0),
            "client_remind_after": ", ".join(str(day) for day in days if day > 0),
        }

    def _client_days(self, text):
        """Days out of '7, 2'.

        :raise UserError: for anything else
        """
        most, parts = REMINDER_MAX, [part.strip() for part in (text or "").split(",") if part.strip()]
        if not all(part.isdecimal() and int(part) <= most for part in parts):
            raise UserError(
                self.env._("Write days as numbers up to %(most)s, such as 7, 2, not “%(days)s”.", most=most, days=text)
            )
        return [int(part) for part in parts]

    def set_values(self):
        """Keep the days of reminders; refuse an address no tiles could come from, before pages quietly do without."""
        for settings in self:
            before, after = map(self._client_days, (settings.client_remind_before, settings.client_remind_after))
            self.env["client.approval"]._set_reminder_days([-day for day in before] + after)
        for settings in self.filtered("client_map_tiles"):
            if not self.env["client.map"]._tiles_fit(settings.client_map_tiles.strip()):
                raise UserError(
                    self.env._("The address of map tiles starts with https:// and holds {z}, {x} and {y}.")
                )
        return super().set_values()
