"""Quotes, variations and invoices of a project, each for members who may see such."""

from odoo import api, models
from odoo.fields import Domain

PAPERS_SHOWN = 12  # of each kind on a project's page


class ProjectProject(models.Model):
    _inherit = "project.project"

    def _client_orders_domain(self):
        """Orders that pay for this project or its jobs, and what varies them. For queries in sudo."""
        jobs = self.env["project.task"].sudo()._search(  # only which orders they fulfil
            [("project_id", "=", self.id), ("sale_order_id", "!=", False)]
        )
        direct = (
            Domain("project_id", "=", self.id)
            | Domain("order_line.project_id", "=", self.id)
            | Domain("order_line", "in", self.sudo().sale_line_id.ids)  # same
            | Domain("id", "in", jobs.subselect("sale_order_id"))
        )
        varying = Domain("variation_of_id", "any", direct) | Domain("variation_task_id.project_id", "=", self.id)
        return direct | varying

    def _client_moves_domain(self):
        """Invoices of those orders, and those booked on an analytic account of this project alone."""
        orders = self.env["sale.order"].sudo()._search(self._client_orders_domain())  # only what they are billed by
        lines = Domain("sale_line_ids.order_id", "in", orders)
        account = self.sudo().account_id  # internal: only narrows what is found
        if account and account.project_ids == self:
            lines |= Domain("analytic_distribution", "in", account.ids)
        return Domain("invoice_line_ids", "any", lines)

    def _client_papers(self, model, domain, order, capability):
        """Rows of quotes or invoices of this project the member may see.

        :return: {'rows', 'more': address of the list where there are more, or ''}; None without the capability
        """
        if not self.env.user._client_can(capability, self.client_id):
            return None
        records = self.env[model]
        visible = records._client_visible_domain() & domain
        found = records.sudo().search(visible, order=order, limit=PAPERS_SHOWN + 1)  # the user's rules are in it
        more = f"{records._client_list_url}?project={self.id}" if len(found) > PAPERS_SHOWN else ""
        return {"rows": found[:PAPERS_SHOWN].with_env(self.env)._client_rows(), "more": more}

    def _client_quotes(self):
        return self._client_papers("sale.order", self._client_orders_domain(), "date_order, id", "see_quotes")

    def _client_invoices(self):
        order = "invoice_date desc, id desc"
        return self._client_papers("account.move", self._client_moves_domain(), order, "see_invoices")


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    @api.model
    def _client_project_choice(self, query, client_ids, domain_of):
        """Narrowing of a list by a project the member sees.

        :param domain_of: function of a project (sudo), gives a domain for queries in sudo
        """
        if not self.env.user._client_can("see_jobs"):
            return []
        records = self.sudo()  # AND-ed with the user's rules by the list itself
        return [
            self._client_choice(
                "project",
                self.env._("Project"),
                query,
                "project.project",
                [("client_id", "in", client_ids)],
                lambda project: [("id", "in", records._search(domain_of(project)))],
                title="client_name",
            )
        ]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    _client_list_url = "/my/quotes"

    @api.model
    def _client_narrowings(self, query, client_ids):
        choice = self._client_project_choice(query, client_ids, lambda project: project._client_orders_domain())
        return [*super()._client_narrowings(query, client_ids), *choice]


class AccountMove(models.Model):
    _inherit = "account.move"

    _client_list_url = "/my/invoices"

    @api.model
    def _client_narrowings(self, query, client_ids):
        choice = self._client_project_choice(query, client_ids, lambda project: project._client_moves_domain())
        return [*super()._client_narrowings(query, client_ids), *choice]
