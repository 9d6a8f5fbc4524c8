"""The documents of the demo world, made after the suite's own part; does nothing the second time."""

from odoo.addons.client_portal.demo.book import Book
from odoo.addons.client_portal.models.client_letterhead import Letterhead

from . import certificates
from .pictures import photo
from .story import FILED, PAPERS


def build(env):
    """File and share the documents, each on the day of the story it was shared.

    :param env: Odoo environment; everything is done as the superuser, the caller commits
    """
    book = Book(env(su=True))
    if book.find("documents"):
        return
    company = book.get("user_mira").company_id
    certificates.build(book.at(company))
    for paper in sorted(PAPERS, key=lambda paper: book.past(paper.day, paper.clock)):
        _file(book.at(company, book.past(paper.day, paper.clock)), paper, company)
    for job, day in FILED:
        _file_record(book.at(company, book.past(day, "19:40")), job, book.past(day, "19:40"))
    certificates.tell(book)
    book.keep("documents", company)


def _file_record(book, name, moment):
    """What was done on a job, filed as it files itself."""
    job = book.get(name)
    record = book.env["client.completion"]._latest(job)
    record._file()
    document = book.env["client.document"].search([("source_model", "=", record._name), ("source_id", "=", job.id)])
    document.published_on = moment
    book.env.flush_all()
    _backdate(book, document, moment)


def _file(book, paper, company):
    """One document with its versions."""
    record, moment = book.get(paper.on), book.past(paper.day, paper.clock)
    document = book.make(f"document_{paper.key}", "client.document", _vals(book, paper, record))
    for note in paper.notes:
        name, content = _content(paper, note, company, record, moment)
        file = book.env["ir.attachment"].create({"name": name, "raw": content})
        version = document._add_version(file, note, take=True)
        version.author_id = book.get("user_mira")
        if paper.shared:
            version.state = "published"
    if paper.shared:
        document.action_client_publish()
        document.published_on = moment
    book.env.flush_all()
    _backdate(book, document, moment)


def _vals(book, paper, record):
    tags = book.env["client.document.tag"]
    for name in paper.tags:
        tags |= book.make(f"document_tag_{name}", "client.document.tag", {"name": name})
    vals = {
        "name": paper.title,
        "category_id": book.env.ref(f"client_portal_docs.category_{paper.kind}").id,
        "tag_ids": [(6, 0, tags.ids)],
    }
    if paper.certifies:
        vals["certificate_kind_id"] = book.get(f"certificate_{paper.certifies}").id
    if paper.valid:
        vals.update(valid_from=book.day(paper.valid[0]), valid_until=book.day(paper.valid[1]))
    if record._name == "res.partner":
        site = record if record.is_client_site else record.browse()
        return {**vals, "client_id": record.commercial_partner_id.id, "client_site_id": site.id}
    return {**vals, "record_ref": f"{record._name},{record.id}"}


def _content(paper, note, company, record, moment):
    """(file name, bytes) of a version."""
    name = paper.title.replace(",", "").replace(":", "")
    if paper.kind == "photos":
        site = record if record._name == "res.partner" else record.client_site_id
        return f"{name}.jpg", photo(paper.title, moment, (site.partner_latitude, site.partner_longitude))
    sheet = Letterhead(company, paper.title, moment.strftime("%d %B %Y"))
    for line in (*paper.text, note):
        if line:
            sheet.text(line)
    return f"{name}.pdf", sheet.pdf()


def _backdate(book, document, moment):
    """The day it was filed is the day of the story."""
    for table, ids in (("client_document", document.ids), ("client_document_version", document.version_ids.ids)):
        book.env.cr.execute(f"UPDATE {table} SET create_date = %s WHERE id = ANY(%s)", [moment, ids])
    book.env.invalidate_all()
