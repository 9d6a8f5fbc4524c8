"""Who did it: a member by name, somebody of the staff only where clients read that name anyway."""

from odoo import api, models


class ClientUpdate(models.Model):
    _inherit = "client.update"

    @api.model
    def _append(self, vals_list):
        """Keep the name with the update, unless the act says another one."""
        rows = list(vals_list)
        named = self._actor_named(rows)
        return super()._append(
            [
                {**vals, "values": {"by": self.env.user.name, **(vals.get("values") or {})}} if shown else vals
                for vals, shown in zip(rows, named, strict=True)
            ]
        )

    @api.model
    def _actor_named(self, rows):
        """Whether each of these updates may name the current user.

        :param list rows: values of updates
        :rtype: list[bool]
        """
        user = self.env.user
        if not user._is_internal() or user._is_superuser():
            return [user._is_client_governed()] * len(rows)
        of_client = {client_id: self._actor_of_client(client_id) for client_id in {row["client_id"] for row in rows}}
        led = self._actor_leads(rows) if not all(of_client.values()) else set()
        return [of_client[row["client_id"]] or (row["res_model"], row["res_id"]) in led for row in rows]

    @api.model
    def _actor_of_client(self, client_id):
        """Whether the current user is whom this client is told to ask."""
        client = self.env["res.partner"].sudo().browse(client_id or ())  # who looks after it: its client reads the name
        return self.env.user in (client.user_id or client.client_company_ids.client_contact_user_id)

    @api.model
    def _actor_leads(self, rows):
        """(model, id) of records in projects whose client reads the current user's name as the manager's."""
        led = set()
        for model in {row["res_model"] for row in rows}:
            records = self.env[model].sudo().browse(  # whose project it is, to compare
                [row["res_id"] for row in rows if row["res_model"] == model]
            )
            if model != "project.project" and "project_id" not in records._fields:
                continue
            for record in records:
                project = record if model == "project.project" else record.project_id
                if project.client_show_manager and project.user_id == self.env.user:
                    led.add((model, record.id))
        return led
