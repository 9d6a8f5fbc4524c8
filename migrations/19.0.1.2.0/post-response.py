"""Clients that were waiting for an answer before answers were counted."""

from odoo.tools import SQL

_TABLES = {
    "project.task": "project_task",
    "project.project": "project_project",
    "sale.order": "sale_order",
    "account.move": "account_move",
}


def migrate(cr, version):
    """Start a clock where one ran on the record alone; who wrote stands in the conversation.

    :param cr: database cursor
    :param str version: version the database comes from
    """
    for model, table in _TABLES.items():
        cr.execute(
            SQL(
                """
                INSERT INTO client_response
                       (res_model, res_id, client_id, client_site_id, company_id, question, asked_on, create_date)
                SELECT %(model)s, t.id, t.client_id, t.client_site_id, t.company_id, FALSE, t.client_wrote_on, now()
                  FROM %(table)s t
                 WHERE t.client_wrote_on IS NOT NULL AND t.client_id IS NOT NULL
                   AND NOT EXISTS (
                        SELECT 1 FROM client_response r
                         WHERE r.res_model = %(model)s AND r.res_id = t.id AND r.ended_on IS NULL
                       )
                """,
                model=model,
                table=SQL.identifier(table),
            )
        )
