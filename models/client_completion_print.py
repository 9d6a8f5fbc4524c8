"""How a completion record reads and how it gets on paper; both printers are given the same words."""

import logging

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Date
from odoo.tools import config, format_date

from .client_completion_pdf import completion_pdf

REPORT = "client_portal.completion_record_report"
PRINTED_AT_ONCE = 3  # by Odoo's report engine, which takes seconds for each; more go the short way
_logger = logging.getLogger(__name__)


class ClientCompletion(models.Model):
    _inherit = "client.completion"

    @api.model
    def _paper(self, values, env):
        """What stands on the paper, in the words of an environment.

        :param dict values: what was frozen, see ``project.task._client_completion_values``
        :param env: whose language speaks
        :return: {'title', 'subject', 'facts': [(label, text)], 'sections': [{'heading', 'text', 'rows'}], 'foot'}
        """
        done_on = Date.to_date(values["done_on"])
        facts = [
            (env._("Client"), values["client"]),
            (env._("Site"), "\n".join(filter(None, (values["site"], values["address"])))),
            (env._("Asset"), "\n".join(values["assets"])),
            (env._("Project"), values["project"]),
            (env._("Job"), f"#{values['number']}"),
            (env._("Done on"), format_date(env, done_on, date_format="long") if done_on else ""),
            (env._("Done by"), ", ".join(values["people"])),
        ]
        sections = [
            {"heading": env._("What was done"), "text": values["note"], "rows": []},
            {"heading": env._("Readings"), "text": "", "rows": values["readings"]},
        ]
        return {
            "title": env._("Completion record"),
            "subject": values["title"],
            "facts": [(label, text) for label, text in facts if text],
            "sections": [section for section in sections if section["text"] or section["rows"]],
            "foot": env._("Job #%(number)s, version %(version)s", number=values["number"], version=values["version"]),
        }

    @api.model
    def _print(self, paper, company, how_many=1):
        """The paper as PDF: by Odoo's report engine with the company's layout where that works, else by ourselves.

        :param dict paper: see ``_paper``
        :param company: res.company whose letterhead it carries
        :param int how_many: papers are printed in one go
        :rtype: bytes
        """
        pdf = self._print_by_engine(paper, company) if how_many <= PRINTED_AT_ONCE else None
        return pdf or completion_pdf(paper, company._client_letterhead())

    @api.model
    def _print_by_engine(self, paper, company):
        """PDF by wkhtmltopdf, or None where it is not there or fails: a job is completed all the same."""
        if not self._engine_works():
            return None
        engine = self.env["ir.actions.report"].sudo()  # a layout of the house, filled with frozen words
        try:
            content, kind = engine.with_company(company).with_context(client_paper=paper)._render_qweb_pdf(REPORT)
        except (UserError, ValidationError, OSError) as failure:
            _logger.warning("Odoo's report engine printed no completion record: %s", failure)
            return None
        return content if kind == "pdf" else None

    @api.model
    def _engine_works(self):
        """Whether wkhtmltopdf is there and finds somebody who serves it the styles."""
        return self.env["ir.actions.report"].get_wkhtmltopdf_state() == "ok" and config["http_enable"]
