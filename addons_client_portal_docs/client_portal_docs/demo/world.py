"""The documents of the demo world, made after the suite's own part; does nothing the second time."""

import math

from odoo.addons.client_portal.demo.book import Book
from odoo.addons.client_portal.models.client_letterhead import Letterhead

from ..models.client_document_page import TO_DRAW
from . import certificates
from .pictures import photo
from .story import FILED, PAPERS, TO_READ, WANTED
from .story_photos import SHOTS


def build(env):
    """File and share the documents, each on the day of the story it was shared.

    :param env: Odoo environment; everything is done as the superuser, the caller commits
    """
    book = Book(env(su=True))
    if book.find("documents"):
        return
    company = book.get("user_mira").company_id
    mails = book.env["mail.mail"]
    last = mails.search([], order="id desc", limit=1).id
    certificates.build(book.at(company))
    for paper in sorted(PAPERS, key=lambda paper: book.past(paper.day, paper.clock)):
        _file(book.at(company, book.past(paper.day, paper.clock)), paper, company)
    for job, day in FILED:
        _file_record(book.at(company, book.past(day, "19:40")), job, book.past(day, "19:40"))
    certificates.tell(book)
    _ask_to_read(book, company)
    for asked in WANTED:
        _ask_for_file(book.at(company, book.past(asked.day, asked.clock)), asked)
    _read_text(book)
    book.env["client.document.version"].search(TO_DRAW)._draw()  # as the job does
    mails.search([("id", ">", last or 0)]).unlink()  # what the story writes to its people stays a story
    book.keep("documents", company)


def _read_text(book):
    """What the job reads, at once: words inside the papers are found from the first minute."""
    book.env.flush_all()
    files = book.env["ir.attachment"].with_context(skip_res_field_check=True)
    for file in files.search([("client_text", "=", "waiting"), ("res_model", "=", "client.document.version")]):
        file._client_read()


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
    if shots := SHOTS.get(paper.key, ()):
        _fill(book, document, paper, record, shots)
    for note in () if shots else paper.notes:
        name, content = _content(paper, note, company, moment)
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


def _fill(book, document, paper, record, shots):
    """The photos of a set, taken on the day of the visit, with everything that is made of them."""
    site = record if record._name == "res.partner" else record.client_site_id
    visit = record.client_visit_start if record._name == "project.task" else None
    day = (visit.date() - book.today).days if visit else paper.day
    photos = []
    for number, shot in enumerate(shots, 1):
        content = photo(
            shot.scene, book.past(day, shot.clock), _around(site, shot.place), shot.stage != "before", shot.seed
        )
        files = book.env["ir.attachment"].with_context(image_no_postprocess=True)
        file = files.create({"name": f"{paper.key}-{number:02d}.jpg", "raw": content})
        photos.append(document._add_photo(file, caption=shot.caption, stage=shot.stage or False))
        before = photos[shot.pair - 1] if shot.pair else photos[-1].browse()
        photos[-1].write({"author_id": book.get("user_jonas").id, "before_id": before.id})
        photos[-1]._make()


def _around(site, place):
    """(latitude, longitude) so many metres east and north of a site."""
    degree = 111_320  # metres
    latitude = site.partner_latitude + place[1] / degree
    return latitude, site.partner_longitude + place[0] / degree / math.cos(math.radians(latitude))


def _ask_to_read(book, company):
    """One document is to be read and understood by two people, who have yet to say so."""
    key, day, clock, who = TO_READ
    book = book.at(company, book.past(day, clock))
    users = [book.get(name).id for name in who]
    document = book.get(f"document_{key}")
    members = book.env["client.member"].search([("user_id", "in", users), ("client_id", "=", document.client_id.id)])
    document.write({"acknowledge": True, "acknowledge_opened": True, "acknowledge_member_ids": [(6, 0, members.ids)]})
    document._readings().date_due = book.day(2)


def _ask_for_file(book, asked):
    """A file the client is asked for."""
    site = book.get(asked.on)
    request = book.make(
        f"asked_{asked.key}",
        "client.file.request",
        {
            "name": asked.title,
            "note": asked.note,
            "client_id": site.commercial_partner_id.id,
            "client_site_id": site.id,
            "category_id": book.env.ref(f"client_portal_docs.category_{asked.kind}").id,
            "date_due": book.day(asked.due),
            "user_id": book.get("user_mira").id,
        },
    )
    request.action_ask()
    book.env.flush_all()
    moment = book.past(asked.day, asked.clock)
    book.env.cr.execute("UPDATE client_file_request SET create_date = %s WHERE id = %s", [moment, request.id])
    book.env.invalidate_all()


def _vals(book, paper, record):
    tags = book.env["client.document.tag"]
    for name in paper.tags:
        tags |= book.make(f"document_tag_{name}", "client.document.tag", {"name": name})
    vals = {
        "name": paper.title,
        "category_id": book.env.ref(f"client_portal_docs.category_{paper.kind}").id,
        "tag_ids": [(6, 0, tags.ids)],
    }
    if len(paper.notes) > 1:
        vals["show_history"] = True
    if paper.certifies:
        vals["certificate_kind_id"] = book.get(f"certificate_{paper.certifies}").id
    if paper.valid:
        vals.update(valid_from=book.day(paper.valid[0]), valid_until=book.day(paper.valid[1]))
    if record._name == "res.partner":
        site = record if record.is_client_site else record.browse()
        return {**vals, "client_id": record.commercial_partner_id.id, "client_site_id": site.id}
    return {**vals, "record_ref": f"{record._name},{record.id}"}


def _content(paper, note, company, moment):
    """(file name, bytes) of a version."""
    name = paper.title.replace(",", "").replace(":", "")
    sheet = Letterhead(company, paper.title, moment.strftime("%d %B %Y"))
    for line in (*paper.text, note):
        if line:
            sheet.text(line)
    return f"{name}.pdf", sheet.pdf()


def _backdate(book, document, moment):
    """The day it was filed is the day of the story."""
    versions, photos = document.version_ids.ids, document.photo_ids.ids
    tables = {"client_document": document.ids, "client_document_version": versions, "client_photo": photos}
    for table, ids in tables.items():
        book.env.cr.execute(f"UPDATE {table} SET create_date = %s WHERE id = ANY(%s)", [moment, ids])
    book.env.invalidate_all()
