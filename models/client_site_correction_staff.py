"""How staff are asked to decide on a correction, and decide."""

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError


class ClientSiteCorrection(models.Model):
    _inherit = "client.site.correction"

    changes = fields.Html(compute="_compute_changes", sanitize=False)
    is_stale = fields.Boolean(
        compute="_compute_changes", help="The site was changed since, to something else than was proposed."
    )

    def _compute_changes(self):
        """What would change, side by side; a third column where the site has changed meanwhile."""
        for correction in self:
            stale = correction._client_stale() if correction.state == "proposed" else []
            now = self._client_values_of(correction.site_id)
            lines = [
                {**line, "now": self._client_text(line["name"], now[line["name"]]), "stale": line["name"] in stale}
                for line in correction._client_lines()
            ]
            values = {"lines": lines, "stale": bool(stale)}
            correction.is_stale = bool(stale)
            correction.changes = self.env["ir.qweb"]._render("client_portal.correction_changes", values)

    def _client_ask_staff(self):
        """An activity for whoever looks after the client, in their language."""
        for correction in self.sudo():  # asked by a member, who writes nothing
            person = correction._client_responsible()
            words = correction.with_context(lang=person.lang or self.env.lang)
            correction.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=words.env._("Correction of %s: accept or refuse", correction.name),
                user_id=person.id,
            )

    def action_client_accept(self):
        """Write what was proposed on the site, unless the site has changed meanwhile."""
        for correction in self:
            if correction._client_stale():
                raise UserError(
                    self.env._(
                        "%s was changed after this was proposed. Look at the three columns: accept over the"
                        " changes, or refuse.",
                        correction.site_id.name,
                    )
                )
        self.action_client_accept_over()

    def action_client_accept_over(self):
        """Write what was proposed on the site, whatever stands there now."""
        for correction in self:
            correction._client_check_decision()
            correction._client_check_owner()
            correction.site_id.write(
                {name: value or False for name, value in correction.new_values.items()}  # as the staff user
            )
            correction._client_decide("accepted")

    def action_client_refuse(self):
        """Ask for the reason, which the client reads."""
        self.ensure_one()
        self._client_check_decision()
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_correction_refuse_action")
        return dict(action, context={"default_correction_id": self.id})

    def _client_refuse(self, reason):
        """Leave the site as it is.

        :param str reason: for the client
        """
        self._client_check_decision()
        self._client_decide("refused", reason)

    def _client_check_decision(self):
        """Who decides may write on the site, and nobody decided yet."""
        self.ensure_one()
        self.site_id.check_access("write")
        if self.state != "proposed":
            who = self.decided_by_id.sudo().name  # a colleague
            raise UserError(self.env._("This was decided by %s already.", who))

    def _client_check_owner(self):
        """What one client says of a place counts while the place is theirs."""
        if self.site_id.commercial_partner_id != self.client_id:
            raise UserError(
                self.env._(
                    "%(site)s no longer belongs to %(client)s. Refuse this correction.",
                    site=self.site_id.name,
                    client=self.client_id.name,
                )
            )

    def _client_decide(self, state, reason=False):
        """Keep the decision, say it on the site, and close what waited for it."""
        decided = self.sudo()  # nobody may write a proposal; the right to decide was checked
        decided.write(
            {
                "state": state,
                "reason": reason,
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )
        decided.activity_unlink(["mail.mail_activity_data_todo"])
        body = self.env["ir.qweb"]._render("client_portal.correction_note", self._client_note_values())
        self.site_id._message_log(body=Markup(body))

    def _client_note_values(self):
        """What the note on the site says."""
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "lines": self._client_lines(),
            "state": states[self.state],
            "who": self.proposer_id.sudo().name,  # a member of the client, named for staff
            "reason": self.reason or "",
        }


class ResPartner(models.Model):
    _inherit = "res.partner"

    client_correction_count = fields.Integer(compute="_compute_client_correction_count")

    def _compute_client_correction_count(self):
        """Proposals that wait, on a site or on a client's sites."""
        Correction = self.env["client.site.correction"]
        counts = {}
        if Correction.has_access("read"):
            waiting = [("state", "=", "proposed")]
            for field in ("site_id", "client_id"):
                groups = Correction._read_group([*waiting, (field, "in", self.ids)], [field], ["__count"])
                counts.update({partner.id: count for partner, count in groups})
        for partner in self:
            partner.client_correction_count = counts.get(partner._origin.id, 0)

    def action_client_corrections(self):
        """List what members proposed to put right."""
        self.env["client.asset"]._client_for_staff()
        domain = ["|", ("site_id", "in", self.ids), ("client_id", "in", self.ids)]
        return self._client_open("client_portal.client_site_correction_action", domain)
