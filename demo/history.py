"""Plays the year: all events of all clients, in order of time, each at its own moment."""

from collections import defaultdict

from odoo.tools import SQL

from . import invoices, jobs, projects, quotes, talk, things

CHAPTERS = (projects, quotes, jobs, talk, invoices, things)


def play(book, clients):
    """Make everything happen, oldest first, so that numbers and updates come in the order of a real year.

    :param Book book: acting for the operator
    :param clients: words.Client
    """
    events = [event for client in clients for chapter in CHAPTERS for event in chapter.events(book, client)]
    company = book.get("company")
    mails = book.env["mail.mail"]
    last = mails.search([], order="id desc", limit=1).id
    for moment, happen in sorted(events, key=lambda event: event[0]):
        then = book.at(company, moment)
        happen(then)
        then.env.flush_all()  # what is computed of it, such as whose turn it is, is of that moment too
    mails.search([("id", ">", last)]).unlink()  # what the story writes to its people stays a story
    book.env.flush_all()
    _age(book)


def _age(book):
    """Give the new records the creation dates of the story.

    By SQL, because the ORM lets nobody write log columns, nor a task's dates of stage changes.
    """
    by_model = defaultdict(list)
    for record, moment in book.born.items():
        by_model[record._name].append(SQL("(%s, %s)", record.id, moment))
    for model, rows in by_model.items():
        table = SQL.identifier(book.env[model]._table)
        book.env.cr.execute(
            SQL(
                "UPDATE %s r SET create_date = v.moment::timestamp FROM (VALUES %s) v(id, moment) WHERE r.id = v.id",
                table,
                SQL(", ").join(rows),
            )
        )
    tasks = [record.id for record in book.born if record._name == "project.task"]
    if tasks:
        book.env.cr.execute(
            SQL(
                """
                UPDATE project_task
                   SET date_last_stage_update = client_status_since,
                       date_assign = create_date,
                       date_end = CASE WHEN state IN ('1_done', '1_canceled') THEN client_status_since END
                 WHERE id IN %s
                """,
                tuple(tasks),
            )
        )
    book.env.invalidate_all(flush=False)
