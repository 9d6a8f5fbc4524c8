from odoo import api, models


class MailFollowers(models.Model):
    _inherit = "mail.followers"

    @api.model
    def _insert_followers(self, res_model, res_ids, partner_ids, *args, **kwargs):
        """Following a project or a job takes nobody outside past the boundary.

        Odoo copies followers of a project to its new tasks and of a task to its
        sub-tasks. Of a client's record only those follow who may see it.
        """
        insert = super()._insert_followers
        guarded = self._client_guarded(res_model, res_ids) if partner_ids else ()
        rest = [res_id for res_id in res_ids if res_id not in guarded]
        for record in guarded and self.env[res_model].browse(guarded):
            inside = self.env["client.door"]._partners_inside(record, partner_ids)
            allowed = [partner_id for partner_id in partner_ids if partner_id in inside]
            insert(res_model, record.ids, allowed, *args, **kwargs)
        return insert(res_model, rest, partner_ids, *args, **kwargs) if rest or not guarded else None

    @api.model
    def _client_guarded(self, res_model, res_ids):
        """Ids of clients' records, when followers are being handed down."""
        if not self.env.context.get("client_inherits_followers") or res_model not in self.env:
            return ()
        return self.env["client.door"]._guarded(self.env[res_model].browse(res_ids)).ids


class ProjectTask(models.Model):
    _inherit = "project.task"

    @api.model_create_multi
    def create(self, vals_list):
        """A sub-task hands down its parent's followers while it is created."""
        tasks = super(ProjectTask, self.with_context(client_inherits_followers=True)).create(vals_list)
        return tasks.with_env(self.env)
