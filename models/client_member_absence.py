from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ClientMemberAbsence(models.Model):
    """While a member is away a colleague answers in their place, by their right and in their turn."""

    _name = "client.member.absence"
    _inherit = "client.seldom"
    _description = "Delegation while a member is away"
    _order = "date_from, id"
    _rec_name = "delegate_id"

    member_id = fields.Many2one("client.member", "Away", required=True, index=True, ondelete="cascade")
    client_id = fields.Many2one(related="member_id.client_id")
    delegate_id = fields.Many2one(
        "client.member",
        "Answers in their place",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('client_id', '=', client_id), ('id', '!=', member_id), ('role_id.can_approve', '=', True)]",
    )
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Until", required=True)

    _in_order = models.Constraint("CHECK (date_to >= date_from)", "The last day is before the first one.")

    @api.constrains("member_id", "delegate_id")
    def _check_delegate(self):
        for absence in self:
            if absence.delegate_id == absence.member_id:
                raise ValidationError(self.env._("Choose a colleague."))
            if absence.delegate_id.client_id != absence.member_id.client_id:
                raise ValidationError(self.env._("Only a colleague of the same client can answer in their place."))
            if not absence.delegate_id.role_id.can_approve:
                raise ValidationError(self.env._("The role of %s does not approve.", absence.delegate_id.user_id.name))

    @api.model_create_multi
    def create(self, vals_list):
        absences = super().create(vals_list)
        absences._log_team("member_away")
        return absences

    def unlink(self):
        self._log_team("member_back")
        return super().unlink()

    def _log_team(self, kind):
        """Tell who manages the team who answers for whom, and when."""
        for absence in self.sudo():  # names of people, whoever acts
            days = {"first": str(absence.date_from), "last": str(absence.date_to)}
            absence.member_id._log_team(kind, delegate=absence.delegate_id.user_id.name, **days)

    @api.model
    def _running(self, field, members):
        """Absences of today (sudo), of people who have access.

        :param str field: member_id or delegate_id
        :param members: client.member on that side
        """
        today = self.env["client.words"]._today()
        return self._seldom_of(field, members).filtered(
            lambda absence: absence.date_from <= today <= absence.date_to
            and absence.member_id._is_open()
            and absence.delegate_id._is_open()
        )


class ClientMember(models.Model):
    _inherit = "client.member"

    can_approve = fields.Boolean(related="role_id.can_approve")
    absence_ids = fields.One2many("client.member.absence", "member_id", string="Away")
    covering_ids = fields.One2many("client.member.absence", "delegate_id", string="Answers for")


class ClientApproval(models.Model):
    _inherit = "client.approval"

    def _stand_ins(self, members):
        """Own right first, then that of colleagues who are away today."""
        absences = self.env["client.member.absence"]._running("delegate_id", members)
        return [*super()._stand_ins(members), *((absence.delegate_id, absence.member_id) for absence in absences)]

    def _notify(self, members):
        """Who answers for somebody who is away hears of it, too."""
        delegates = self.env["client.member.absence"]._running("member_id", members).delegate_id
        return super()._notify(members | delegates)
