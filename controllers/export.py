"""A list as a file: the records on screen, all pages of them, in the same order."""

from odoo.http import content_disposition, request

from ..models.client_sheet import csv_sheet, xlsx_sheet

# kind of file: (what it is called, content type, how it is made)
FORMATS = {
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_sheet),
    "csv": ("CSV", "text/csv;charset=utf-8", csv_sheet),
}


def sheet(asked):
    """Answer with a list as a file; the download is journalled for every client it may hold.

    :param asked: see ``listing.Listing``
    """
    kind = asked.download
    _name, content_type, make = FORMATS[kind]
    title = asked.records._client_section_label()
    body = make(title, *asked.table())
    request.env["client.access"]._listed(asked.records, asked.clients)
    day = asked.records.env["client.words"]._today()
    return attached(f"{title} {day.isoformat()}.{kind}", content_type, body)


def attached(name, content_type, body):
    """Answer with a file to keep.

    :param str name: of the file
    :param bytes body: what is in it
    """
    return request.make_response(
        body,
        headers=[
            ("Content-Type", content_type),
            ("Content-Length", len(body)),
            ("Content-Disposition", content_disposition(name)),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
