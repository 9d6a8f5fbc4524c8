from odoo import api, models


class ClientCompletionReport(models.AbstractModel):
    """Puts the words of a completion record into Odoo's layout."""

    _name = "report.client_portal.completion_record"
    _description = "Completion record on paper"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Words that are about to be frozen come with the context; frozen ones from their records."""
        paper = self.env.context.get("client_paper")
        records = self.env["client.completion"].browse(docids or ())
        records.check_access("read")
        company = records[:1].company_id or self.env.company.id
        return {
            "papers": [paper] if paper else [records._paper(record.values, self.env) for record in records],
            "company": self.env["res.company"].browse(company),
        }
