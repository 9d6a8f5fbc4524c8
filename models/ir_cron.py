from odoo import api, models


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _client_wake(self, name, at=None):
        """Run one of the suite's jobs as soon as this transaction is through.

        :param str name: its external id; there is none yet while its module is being installed
        :param datetime at: naive UTC, the moment to run it at instead
        """
        job = self.env.ref(name, raise_if_not_found=False)
        if job:
            job.sudo()._trigger(at=at)  # wakes it and no more, whoever's act brings it work
