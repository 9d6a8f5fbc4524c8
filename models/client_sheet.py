"""Rows as a file for a spreadsheet: text stays text, dates and amounts are real ones."""

import csv
import io
from datetime import date, datetime

import xlsxwriter

# a spreadsheet takes a text that begins with one of these for a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NARROW, WIDE = 9, 48  # width of a column in characters
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))  # in the name of a worksheet
# Excel's own formats, which it writes the way the reader's computer does
_DAY, _MOMENT, _AMOUNT = 14, 22, 4


def csv_sheet(title, headings, rows):
    """The rows as CSV, with the mark that tells spreadsheets it is UTF-8.

    :param str title: not used, a CSV has none
    :param headings: list of texts
    :param rows: iterable of lists of text, date, naive local datetime, number or nothing
    :rtype: bytes
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_csv_value(heading) for heading in headings)
    writer.writerows([_csv_value(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _csv_value(value):
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = value or ""
    return f"'{text}" if text.startswith(FORMULA) else text


def xlsx_sheet(title, headings, rows):
    """The rows as an Excel workbook with one worksheet.

    :param str title: name of the worksheet
    :param headings: list of texts
    :param rows: as for ``csv_sheet``
    :rtype: bytes
    """
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    worksheet = book.add_worksheet((title.translate(_FORBIDDEN).strip("' ") or "1")[:31])
    formats = {name: book.add_format({"num_format": name, "align": "left"}) for name in (_DAY, _MOMENT)}
    formats[_AMOUNT] = book.add_format({"num_format": _AMOUNT})
    widths = [len(heading) for heading in headings]
    for column, heading in enumerate(headings):
        worksheet.write_string(0, column, heading, book.add_format({"bold": True}))
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            widths[column] = max(widths[column], _write(worksheet, last, column, value, formats))
    for column, width in enumerate(widths):
        worksheet.set_column(column, column, min(max(width + 1, NARROW), WIDE))
    worksheet.freeze_panes(1, 0)
    worksheet.autofilter(0, 0, last, len(headings) - 1)
    book.close()
    return output.getvalue()


def _write(worksheet, row, column, value, formats):
    """Write one cell by its type, so that no text ever becomes a formula or a link; its width."""
    if isinstance(value, date):  # a datetime is one too
        kind = _MOMENT if isinstance(value, datetime) else _DAY
        worksheet.write_datetime(row, column, value, formats[kind])
        return 16 if kind == _MOMENT else 10
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        worksheet.write_number(row, column, value, formats[_AMOUNT] if isinstance(value, float) else None)
        return len(str(value)) + 3
    worksheet.write_string(row, column, value or "")
    return max(map(len, (value or "").splitlines()), default=0)
