from odoo import api, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
_VARIATION_CONSENT = (
    "1",
    _lt(
        "I have read this variation, its lines, prices and terms, and accept on behalf of %(client)s that it changes "
        "what was agreed before. My name here is a simple electronic signature."
    ),
)


class ClientApprovalKindVariation(models.AbstractModel):
    """A quote that changes an order or a job: why, and what it does to the dates, is part of what is approved."""

    _name = "client.approval.kind.variation"
    _inherit = "client.approval.kind.quote"
    _description = "Approval of a variation"

    @api.model
    def _label(self):
        return self.env._("Variation")

    @api.model
    def _consent(self):
        return _VARIATION_CONSENT

    @api.model
    def _labels(self):
        return {
            **super()._labels(),
            "job": self.env._("Job that it changes"),
            "reason": self.env._("Reason"),
            "days": self.env._("Days that it adds"),
        }

    @api.model
    def _fits(self, record):
        seen = self.env["client.approval.kind"]._fits(record)
        return bool(seen and record._client_varies() and record.state in ("sent", "sale"))

    @api.model
    def _content(self, record):
        job = record.variation_task_id
        return {
            **super()._content(record),
            "job": f"#{job.id}" if job else "",
            "reason": record.variation_reason or "",
            "days": str(record.variation_days),
        }

    @api.model
    def _facts(self, record):
        return [*self._as_reader(record)._client_variation_facts(), *super()._facts(record)]

    @api.model
    def _page_facts(self, record):
        """The page tells what is changed on a card of its own."""
        return self.env["client.approval.kind.quote"]._facts(record)

    @api.model
    def _lines(self, record):
        return {**super()._lines(record), "variation": self._as_reader(record)._client_variation()}

    @api.model
    def _as_reader(self, record):
        """Members are told what it changes only as far as they see that."""
        member = self.env.user._is_client_governed()
        return record.sudo(False) if member else record  # as that member; staff see all that they ask about
