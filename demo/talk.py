"""What staff and clients wrote on the jobs, and the notes staff kept to themselves."""

from odoo.tools import groupby


def events(book, client):
    """Every message.

    :return: list of (moment, play), `play` takes a Book at that moment
    """
    found = []
    for _job, talks in groupby(client.talk, key=lambda talk: talk.on):
        moments = book.course((talk.day, talk.clock) for talk in talks)
        found += [(moment, _say(client, talk, moment)) for talk, moment in zip(talks, moments, strict=True)]
    return found


def _say(client, talk, moment):
    def play(book):
        user = book.get(f"user_{talk.who}")
        author, job = user.partner_id, book.get(f"job_{client.key}_{talk.on}")
        if user.share:  # who writes on a page has opened it
            row = {"kind": "open", "user_id": user.id, "res_model": job._name, "res_id": job.id, "date": moment}
            book.env["client.access"]._append([row])
        job.with_context(client_question=talk.question).message_post(
            body=talk.text,
            author_id=author.id,
            email_from=author.email_formatted,
            date=moment,
            message_type="comment",
            subtype_xmlid="mail.mt_note" if talk.internal else "mail.mt_comment",
        )

    return play
