"""The statement as a file: what the screen shows, all pages of it."""

from urllib.parse import urlencode

from odoo import api, models

from .client_letterhead import Letterhead
from .client_sheet import xlsx_sheet
from .client_statement_pages import URL

PDF_ROWS = 1_500  # movements on paper; a spreadsheet holds as many as a list
TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class ClientStatement(models.AbstractModel):
    _inherit = "client.statement"

    @api.model
    def _file_links(self, asked):
        """[{'label', 'url', 'kind'}] of the files that what is asked for fits into."""
        labels = {"pdf": self.env._("PDF"), "xlsx": self.env._("Excel")}
        return [
            {"label": label, "kind": kind, "url": "%s?%s" % (URL, urlencode({**asked["kept"], "download": kind}))}
            for kind, label in labels.items()
            if self._fits(asked, kind)
        ]

    @api.model
    def _fits(self, asked, kind):
        """Whether there is such a file: of an account, not longer than the kind of file bears."""
        most = {"pdf": PDF_ROWS, "xlsx": self.env["account.move"]._client_export_limit()}.get(kind, -1)
        return bool(asked["book"]) and not asked["period"]["problem"] and asked["book"]["count"] <= most

    @api.model
    def _too_long(self, asked):
        """How many movements fit on paper, where there are more; else 0."""
        return PDF_ROWS if asked["book"] and asked["book"]["count"] > PDF_ROWS else 0

    @api.model
    def _file(self, asked, kind):
        """The statement as a file; that it was taken is noted.

        :param dict asked: see ``_asked``; it ``_fits``
        :param str kind: one of ``TYPES``
        :return: (name, content type, bytes)
        """
        values = self._values(asked)
        self.env["client.access"]._listed(self.env["account.move"], asked["client"], "statement")
        content = self._pdf(asked, values) if kind == "pdf" else self._sheet(asked, values)
        title = self.env._("Statement %(client)s %(day)s", client=asked["client"].name, day=values["last"].isoformat())
        return "%s.%s" % (title.replace("/", "-"), kind), TYPES[kind], content

    @api.model
    def _sheet(self, asked, values):
        """Movements between the opening and the closing balance; amounts are numbers."""
        book, period = asked["book"], asked["period"]
        headings = [
            self.env._("Date"),
            self.env._("What"),
            self.env._("Details"),
            self.env._("Charged"),
            self.env._("Paid or credited"),
            self.env._("Balance"),
            self.env._("Currency"),
        ]
        rows = [[period["first"], self.env._("Opening balance"), "", "", "", book["opening"], values["currency"]]]
        for row in values["rows"]:
            amount, told = row["amount"], [row["date"], row["title"], row["detail"]]
            sides = [amount, ""] if amount > 0 else ["", -amount]
            rows.append([*told, *sides, row["running"], values["currency"]])
        rows.append([period["last"], self.env._("Closing balance"), "", "", "", book["closing"], values["currency"]])
        return xlsx_sheet(self.env._("Statement"), headings, rows)

    @api.model
    def _pdf(self, asked, values):
        """The statement on the letterhead of the company whose books they are."""
        client, company = asked["client"], values["company"].sudo()  # its letterhead
        paper = Letterhead(company, self.env._("Statement of account"), values["from_to"])
        paper.facts(
            [
                (self.env._("For"), "\n".join(filter(None, (client.name, client._client_address())))),
                (self.env._("Currency"), values["currency"]),
                *((line["label"], line["amount"]) for line in values["summary"]),
            ]
        )
        paper.heading(self.env._("Open by age"))
        paper.facts((age["label"], age["amount"]) for age in values["ages"])
        paper.heading(self.env._("Movements"))
        heads = [
            self.env._("Date"),
            self.env._("What"),
            self.env._("Charged"),
            self.env._("Paid or credited"),
            self.env._("Balance"),
        ]
        rows = [
            [
                row["day"],
                "\n".join(filter(None, (row["title"], row["detail"]))),
                row["charge"],
                row["credit"],
                row["balance"],
            ]
            for row in values["rows"]
        ]
        paper.lines(heads, rows, before=1)
        return paper.pdf()
