"""What stays behind in the suite's own tables when the module goes."""

from odoo.tools import SQL


def uninstall_hook(env):
    """Hide what only the module's rules keep from who may not see documents, and end what nobody can answer any more.

    What was answered stays in the ledger as it is: its rows know documents by name and digest only.
    """
    waiting = env["client.approval"].search([("scope_model", "=", "client.document"), ("state", "=", "pending")])
    waiting._withdraw("record_gone")
    env.flush_all()
    for table, column in (("client_update", "res_model"), ("client_approval", "scope_model")):
        env.cr.execute(
            SQL(
                "UPDATE %s SET client_published = FALSE WHERE %s = 'client.document'",
                SQL.identifier(table),
                SQL.identifier(column),
            )
        )
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS client_document_words(text) CASCADE"))  # with the index made of it
    env["client.update"].invalidate_model(["client_published"], flush=False)
    env["client.approval"].invalidate_model(["client_published"], flush=False)
