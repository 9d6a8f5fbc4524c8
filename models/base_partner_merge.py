from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _log_merge_operation(self, src_partners, dst_partner):
        """Let updates and memberships follow a merge.

        Odoo merges by raw SQL on foreign keys: updates have none, and no ORM hook runs
        for the records that moved. This is its last step before the sources are deleted.
        """
        super()._log_merge_operation(src_partners, dst_partner)
        self.env.invalidate_all()
        self.env["client.update"].sudo()._move_partner(src_partners, dst_partner)  # ids only
        dst_partner._client_boundary_moved(dst_partner._client_members_touched())
