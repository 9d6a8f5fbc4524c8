"""Fill the scope columns of existing databases by SQL.

Odoo would compute them record by record in Python; on a million tasks that is hours. The
columns are made and filled before the module's models are, so the ORM finds nothing to
compute. ``tests/test_scoped_install.py`` holds these statements to the ORM's own results.
"""

from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

_SCOPE = {
    "client_id": "int4",
    "client_customer_id": "int4",
    "client_site_id": "int4",
    "client_site_manual": "bool",
    "client_publish": "varchar",
    "client_published": "bool",
}
_COURT = {
    "client_court": "varchar",
    "client_court_since": "timestamp",
    "client_spent_client": "int4",
    "client_spent_operator": "int4",
}
_COLUMNS = {
    "project_project": {**_SCOPE, **_COURT, "client_name": "varchar", "client_publish_jobs": "varchar"},
    "project_task": {
        **_SCOPE,
        **_COURT,
        "client_name": "varchar",
        "client_only_user_id": "int4",
        "client_status": "varchar",
        "client_status_since": "timestamp",
        "client_done_on": "date",
    },
    "project_update": {**_SCOPE, "client_name": "varchar", "company_id": "int4"},
    "sale_order": {**_SCOPE, **_COURT, "client_sent": "bool"},
    "account_move": _SCOPE,
}

# Sites stay empty: on the day of installation no partner is a site yet.
_FILL = {
    "project_project": """
        UPDATE project_project p
           SET client_id = c.commercial_partner_id,
               client_customer_id = q.partner_id,
               client_publish = 'auto',
               client_published = COALESCE(p.active, FALSE)
                   AND NOT COALESCE(p.is_template, FALSE)
                   AND p.privacy_visibility IN ('portal', 'invited_users'),
               client_name = p.name ->> 'en_US',
               client_publish_jobs = CASE
                   WHEN p.privacy_visibility IN ('portal', 'invited_users') THEN 'auto'
                   ELSE 'manual' END,
               client_spent_client = 0,
               client_spent_operator = 0
          FROM project_project q LEFT JOIN res_partner c ON c.id = q.partner_id
         WHERE q.id = p.id
    """,
    "project_task": """
        UPDATE project_task t
           SET client_id = COALESCE(c.commercial_partner_id, p.client_id),
               client_customer_id = u.partner_id,
               client_publish = 'auto',
               client_published = COALESCE(t.active, FALSE)
                   AND NOT COALESCE(t.is_template, FALSE)
                   AND p.id IS NOT NULL
                   AND NOT COALESCE(p.is_template, FALSE)
                   AND t.parent_id IS NULL
                   AND p.client_publish_jobs = 'auto',
               client_name = t.name,
               client_status = CASE t.state
                   WHEN '1_done' THEN 'completed'
                   WHEN '1_canceled' THEN 'cancelled'
                   WHEN '04_waiting_normal' THEN 'scheduled'
                   ELSE 'in_progress' END,
               client_status_since = COALESCE(t.date_last_stage_update, t.write_date),
               client_done_on = CASE WHEN t.state = '1_done'
                   THEN COALESCE(t.date_last_stage_update, t.write_date)::date END,
               client_spent_client = 0,
               client_spent_operator = 0
          FROM project_task u
               LEFT JOIN res_partner c ON c.id = u.partner_id
               LEFT JOIN project_project p ON p.id = u.project_id
         WHERE u.id = t.id
    """,
    "project_update": """
        UPDATE project_update u
           SET client_id = p.client_id,
               client_customer_id = p.client_customer_id,
               client_publish = 'auto',
               client_published = FALSE,
               client_name = p.client_name,
               company_id = p.company_id
          FROM project_project p
         WHERE p.id = u.project_id
    """,
    "sale_order": """
        UPDATE sale_order s
           SET client_id = c.commercial_partner_id,
               client_customer_id = c.id,
               client_publish = 'auto',
               client_sent = s.state IN ('sent', 'sale'),
               client_published = s.state IN ('sent', 'sale'),
               client_court = CASE WHEN s.state = 'sent' THEN 'client' END,
               client_court_since = CASE WHEN s.state = 'sent' THEN s.write_date END,
               client_spent_client = 0,
               client_spent_operator = 0
          FROM res_partner c
         WHERE c.id = s.partner_id
    """,
    "account_move": """
        UPDATE account_move m
           SET client_id = c.commercial_partner_id,
               client_customer_id = n.partner_id,
               client_publish = 'auto',
               client_published = m.state = 'posted' AND m.move_type IN ('out_invoice', 'out_refund')
          FROM account_move n LEFT JOIN res_partner c ON c.id = n.partner_id
         WHERE n.id = m.id
    """,
}


def pre_init_hook(env):
    """Make and fill the scope columns (table by table: tasks lean on projects)."""
    make_columns(env.cr)
    for table in _COLUMNS:
        fill(env.cr, table)


def make_columns(cr):
    """Make the columns that are not there yet.

    :param cr: database cursor
    """
    for table, columns in _COLUMNS.items():
        for column, column_type in columns.items():
            if not column_exists(cr, table, column):
                create_column(cr, table, column, column_type)


def fill(cr, table):
    """Compute the scope columns of one table from what staff have already entered.

    :param cr: database cursor
    :param str table: one of the tables that clients may see
    """
    cr.execute(SQL(_FILL[table]))
