"""Tables whose rows stay as they were written, whoever asks, through Odoo or through SQL."""

from odoo.tools import SQL

_FUNCTION = """
    CREATE OR REPLACE FUNCTION %(refuse)s() RETURNS trigger AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF %(may_delete)s THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION USING MESSAGE = %(message)s, ERRCODE = 'restrict_violation';
    END $$ LANGUAGE plpgsql
"""
_TRIGGER = "CREATE TRIGGER %s BEFORE %s ON %s %s EXECUTE FUNCTION %s()"


def guard(cr, table, columns, may_delete=None):
    """Refuse changes of ``columns`` and deletion by triggers.

    Such a table has no foreign keys and no log columns, because partner merges and
    ``SET NULL`` write those by raw SQL.

    :param cr: database cursor
    :param str table: its name
    :param columns: names of the columns that are written once
    :param SQL may_delete: condition on ``OLD`` under which a row may go; by default none may
    """
    refuse = SQL.identifier(f"{table}_is_append_only")
    events = {
        "no_delete": SQL("DELETE"),
        "no_truncate": SQL("TRUNCATE"),
        "no_change": SQL("UPDATE OF %s", SQL(", ").join(map(SQL.identifier, columns))),
    }
    message = f"{table} is append-only"
    cr.execute(SQL(_FUNCTION, refuse=refuse, may_delete=may_delete or SQL("FALSE"), message=message))
    for name, event in events.items():
        trigger = SQL.identifier(f"{table}_{name}")
        each = SQL("" if name == "no_truncate" else "FOR EACH ROW")
        cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, SQL.identifier(table)))
        cr.execute(SQL(_TRIGGER, trigger, event, SQL.identifier(table), each, refuse))
