"""Columns that came after 19.0.1.0.0, made and filled before the ORM would compute them record by record."""

from odoo.addons.client_portal import hooks

_FILL = (
    """
    UPDATE project_task
       SET client_done_on = CASE WHEN client_status = 'completed'
               THEN COALESCE(client_status_since, write_date)::date END,
           client_court = CASE client_status WHEN 'waiting' THEN 'client' WHEN 'requested' THEN 'operator' END,
           client_court_since = CASE WHEN client_status IN ('waiting', 'requested')
               THEN COALESCE(client_status_since, write_date) END,
           client_spent_client = 0,
           client_spent_operator = 0
    """,
    "UPDATE project_project SET client_spent_client = 0, client_spent_operator = 0",
    """
    UPDATE sale_order
       SET client_court = CASE WHEN state = 'sent' THEN 'client' END,
           client_court_since = CASE WHEN state = 'sent' THEN write_date END,
           client_spent_client = 0,
           client_spent_operator = 0
    """,
)


def migrate(cr, version):
    """Fill what is new; what staff have published or set stays as it is.

    :param cr: database cursor
    :param str version: version the database comes from
    """
    hooks.make_columns(cr)
    hooks.fill(cr, "project_update")
    for statement in _FILL:
        cr.execute(statement)
