from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

_TODO = "mail.mail_activity_data_todo"


class ClientApprovable(models.AbstractModel):
    """A record that clients may be asked to approve. What for is said by ``client.approval.kind``."""

    _name = "client.approvable"
    _description = "Record a client may approve"

    client_approval_id = fields.Many2one(
        "client.approval",
        string="Approval",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="What the client was asked last.",
    )
    client_approval_state = fields.Selection(related="client_approval_id.state", string="Approval state")
    client_approval_count = fields.Integer(compute="_compute_client_approval_count", string="Approvals")

    def _compute_client_approval_count(self):
        groups = self.env["client.approval"]._read_group(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"], ["__count"]
        )
        counts = dict(groups)
        for record in self:
            record.client_approval_count = counts.get(record.id, 0)

    # ----------------------------------------------------------------------- hooks

    def _client_approval_scope(self):
        """The client.scoped record whose client, site and company an approval of this one has."""
        return self

    # -------------------------------------------------------------------- for the engine

    def _client_approvals(self):
        """Every approval of these records, newest first (sudo)."""
        approvals = self.env["client.approval"].sudo()  # the engine's own, of records at hand
        return approvals.search([("res_model", "=", self._name), ("res_id", "in", self.ids)])

    def _client_alert(self, summary, note="", fallback=None):
        """A to-do for whoever is responsible, on the record the staff work on.

        :param str summary: one line
        :param str note: what the client wrote, as they wrote it
        :param fallback: res.users when nobody is responsible
        """
        self.ensure_one()
        admin = self.env.ref("base.user_admin").sudo()  # somebody always hears of it
        users = self._client_responsible(), fallback or self.env["res.users"]
        user = next((user for user in users if user.filtered("active")), admin)
        on = self._client_approval_scope().sudo()  # whoever acts, the to-do is the staff's
        on.activity_schedule(
            _TODO, summary=summary, note=plaintext2html(note) if note else False, user_id=user[:1].id
        )

    def _client_say(self, body, author, internal=False):
        """A message of a member on the record: part of the conversation, or a note for staff."""
        self.sudo().with_context(client_decides=True).message_post(  # the engine writes what the member decided
            body=plaintext2html(body),
            author_id=author.id,
            message_type="comment",
            subtype_xmlid="mail.mt_note" if internal else "mail.mt_comment",
        )

    # ------------------------------------------------------------------------ staff

    def action_client_ask_approval(self):
        """Open the question to the client."""
        self.ensure_one()
        self.check_access("write")
        if not self.env["client.approval.kind"]._fitting(self.sudo()):  # only which kinds fit
            raise UserError(self.env._("The client does not see this, or nothing of it can be approved now."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask approval"),
            "res_model": "client.approval.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }

    def action_client_approvals(self):
        """List what the client was asked about these records."""
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal.client_approval_action")
        return dict(action, domain=[("res_model", "=", self._name), ("res_id", "in", self.ids)], context={})
