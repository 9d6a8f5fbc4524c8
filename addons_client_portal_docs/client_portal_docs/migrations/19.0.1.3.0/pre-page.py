"""First pages of PDFs: nothing is drawn yet, and nothing is to be computed for a whole library during the upgrade."""


def migrate(cr, version):
    """Make the column; the job that draws fills it, a few documents at a time.

    :param cr: database cursor
    :param str version: version the database comes from
    """
    cr.execute("ALTER TABLE client_document ADD COLUMN IF NOT EXISTS cover_page boolean")
