"""What staff and clients wrote on the jobs, and the notes staff kept to themselves."""


def events(book, client):
    """Every message.

    :return: list of (moment, play), `play` takes a Book at that moment
    """
    return [(book.past(talk.day, talk.clock), _say(client, talk)) for talk in client.talk]


def _say(client, talk):
    def play(book):
        author = book.get(f"user_{talk.who}").partner_id
        book.get(f"job_{client.key}_{talk.on}").message_post(
            body=talk.text,
            author_id=author.id,
            email_from=author.email_formatted,
            date=book.past(talk.day, talk.clock),
            message_type="comment",
            subtype_xmlid="mail.mt_note" if talk.internal else "mail.mt_comment",
        )

    return play
