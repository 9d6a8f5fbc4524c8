"""Threads of documents are conversations with the client from here on."""


def migrate(cr, version):
    """What was written there while only staff read it stays with staff.

    :param cr: database cursor
    :param str version: version the database comes from
    """
    cr.execute(
        "UPDATE mail_message SET is_internal = TRUE WHERE model = 'client.document' AND is_internal IS NOT TRUE"
    )
