"""A completion record on paper: by Odoo's report engine, and without it."""

import base64
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .completion_common import NOTE, READINGS, CompletionCase


@tagged("post_install", "-at_install", "client_portal")
class TestCompletionPrinters(CompletionCase):
    """Odoo's report engine where it works, our own printer where it does not; the same words from both."""

    def html(self):
        """What the report engine is given to print."""
        job = self.job.sudo()._client_in_own_words()
        paper = self.env["client.completion"]._paper({**job._client_completion_values(), "version": 1}, job.env)
        engine = self.env["ir.actions.report"].with_context(client_paper=paper).with_company(self.company_one)
        return engine._render_qweb_html("client_portal.completion_record_report", None)[0].decode()

    def test_both_printers_say_the_same(self):
        self.job.write({"client_done_note": NOTE, "client_readings": READINGS})
        html = self.html()
        self.job.write({"state": "1_done"})
        text = self.text(self.versions(self.job))
        for words in ("Completion record", self.job.client_name, "Alder Harbour", "42 trees pruned.", "20 km/h: gusts"):
            self.assertIn(words, html)
            self.assertIn(words, text)
        self.assertIn("&lt;b&gt;left&lt;/b&gt; &amp; noted", html, "words are words")
        self.assertIn("Oakline One", html)

    def test_the_engine_is_asked_and_its_failure_does_not_stop_the_crew(self):
        engine = type(self.env["ir.actions.report"])
        printed = b"%PDF-1.4 by the engine"
        for outcome, expected in (
            ({"return_value": (printed, "pdf")}, printed),
            ({"side_effect": UserError("wkhtmltopdf failed")}, None),
            ({"return_value": (b"<html/>", "html")}, None),
        ):
            self.job.state = "01_in_progress"
            with (
                patch.object(type(self.env["client.completion"]), "_engine_works", lambda _self: True),
                patch.object(engine, "_render_qweb_pdf", **outcome) as asked,
                mute_logger("odoo.addons.client_portal.models.client_completion_print"),
            ):
                self.job.state = "1_done"
            self.assertTrue(asked.called)
            made = base64.b64decode(self.versions(self.job)[0].pdf)
            self.assertEqual(made if expected else made[:5], expected or b"%PDF-")

    def test_without_the_engine_it_is_not_asked(self):
        engine = type(self.env["ir.actions.report"])
        for state in ("install", "broken", "workers"):
            with (
                patch.object(engine, "get_wkhtmltopdf_state", lambda _self, state=state: state),
                patch.object(engine, "_render_qweb_pdf") as asked,
            ):
                self.job.state = "1_done"
                self.assertFalse(asked.called)
            self.job.state = "01_in_progress"
        self.assertEqual(len(self.versions(self.job)), 3)

    def test_letterheads(self):
        """With a logo, with one nobody can read, and with nothing at all."""
        picture = (
            b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        for values in (
            {"logo": picture, "company_details": "<p>Oak Lane 1</p><p>Springfield</p>", "primary_color": "#aa0000"},
            {"logo": False, "company_details": False, "report_footer": "<p>Bank &amp; Co</p>", "primary_color": "red"},
        ):
            self.company_one.write(values)
            self.job.state = "1_done"
            self.assertIn(self.job.client_name, self.text(self.versions(self.job)[0]))
            self.job.state = "01_in_progress"
        self.assertIn("Bank & Co", self.text(self.versions(self.job)[0]))
