"""What stays behind in the suite's own tables when the module goes."""

from odoo.tools import SQL


def uninstall_hook(env):
    """Hide the updates of documents: the rule that keeps them from who may not see documents goes with the module."""
    env.flush_all()
    env.cr.execute(SQL("UPDATE client_update SET client_published = FALSE WHERE res_model = 'client.document'"))
    env["client.update"].invalidate_model(["client_published"], flush=False)
