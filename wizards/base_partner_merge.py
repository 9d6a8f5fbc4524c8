from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Settle memberships of one user in both clients before Odoo does it its way.

        Odoo deletes every row of a table in which one would be double; here only the
        double ones go, and the user stays a member of the client that remains.
        """
        self.env["client.member"]._drop_doubles(src_partners, dst_partner)
        super()._update_foreign_keys(src_partners, dst_partner)

    def _log_merge_operation(self, src_partners, dst_partner):
        """Let updates and memberships follow a merge.

        Odoo merges by raw SQL on foreign keys: updates have none, and no ORM hook runs
        for the records that moved. This is its last step before the sources are deleted.
        """
        super()._log_merge_operation(src_partners, dst_partner)
        self.env.invalidate_all()
        self.env["client.update"].sudo()._move_partner(src_partners, dst_partner)  # ids only
        self.env["client.access"].sudo()._move_partner(src_partners, dst_partner)  # ids only
        for model in self.env["client.scoped"]._inherit_children:
            self.env[model]._client_move_customer(src_partners, dst_partner)
        dst_partner._client_boundary_moved(dst_partner._client_members_touched())
