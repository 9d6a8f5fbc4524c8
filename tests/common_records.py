"""Business records of the fixture, one line each. Keys are the row names of the tables in ``tests/tables``."""

from odoo import fields

from .common_agreements import AGREEMENTS, AgreementsMixin
from .common_project_updates import PROJECT_UPDATES, ProjectUpdatesMixin
from .common_sites import ASSETS, SitesMixin
from .extensions import added, call

# key: (client, site, hidden from clients?, company)
PROJECTS = {
    "project_a_one": ("a", "site_a_one", False, 1),
    "project_a_two": ("a", "site_a_two", False, 1),
    "project_a_whole": ("a", None, False, 1),
    "project_a_hidden": ("a", "site_a_one", True, 1),
    "project_a_company_two": ("a", "site_a_one", False, 2),
    "project_b_one": ("b", "site_b_one", False, 1),
    "project_b_whole": ("b", None, False, 1),
    "project_b_hidden": ("b", "site_b_one", True, 1),
    "project_internal": (None, None, False, 1),
    "project_stock": ("stock", None, False, 1),
}
# key: (project, client, site, client_publish)
TASKS = {
    "task_a_one": ("project_a_whole", "a", "site_a_one", "auto"),
    "task_a_two": ("project_a_whole", "a", "site_a_two", "auto"),
    "task_a_whole": ("project_a_whole", "a", None, "auto"),
    "task_a_unpublished": ("project_a_whole", "a", "site_a_one", "no"),
    "task_a_subtask": ("project_a_whole", "a", "site_a_one", "auto"),
    "task_a_project_hidden": ("project_a_hidden", "a", "site_a_one", "yes"),
    "task_a_all_hidden": ("project_a_hidden", "a", "site_a_one", "auto"),
    "task_a_company_two": ("project_a_company_two", "a", "site_a_one", "auto"),
    "task_a_only_requester": ("project_a_whole", "a", "site_a_one", "auto"),
    "task_a_only_one_site": ("project_a_whole", "a", "site_a_one", "auto"),
    "task_b_in_project_of_a": ("project_a_whole", "b", "site_b_one", "auto"),
    "task_b_one": ("project_b_whole", "b", "site_b_one", "auto"),
    "task_b_two": ("project_b_whole", "b", "site_b_two", "auto"),
    "task_b_whole": ("project_b_whole", "b", None, "auto"),
    "task_b_unpublished": ("project_b_whole", "b", "site_b_one", "no"),
    "task_private": (None, None, None, "auto"),
    "task_stock": ("project_stock", "stock", None, "auto"),
}
# jobs that one person keeps to themselves
ONLY = {"task_a_only_requester": "requester_a", "task_a_only_one_site": "site_viewer_a"}
# key: (client, delivery address, state, company)
ORDERS = {
    "order_a_draft": ("a", "site_a_one", "draft", 1),
    "order_a_sent": ("a", "site_a_one", "sent", 1),
    "order_a_confirmed": ("a", "site_a_two", "sale", 1),
    "order_a_whole": ("a", None, "sent", 1),
    "order_a_sent_then_cancelled": ("a", "site_a_one", "sent cancel", 1),
    "order_a_draft_then_cancelled": ("a", "site_a_one", "cancel", 1),
    "order_a_shipped_to_site_of_b": ("a", "site_b_one", "sent", 1),
    "order_a_company_two": ("a", "site_a_one", "sale", 2),
    "order_b_draft": ("b", "site_b_one", "draft", 1),
    "order_b_sent": ("b", "site_b_one", "sent", 1),
    "order_b_confirmed": ("b", "site_b_two", "sale", 1),
    "order_stock": ("stock", None, "sent", 1),
}
# key: (client, delivery address, move_type, posted?, company)
MOVES = {
    "invoice_a_draft": ("a", "site_a_one", "out_invoice", False, 1),
    "invoice_a_one": ("a", "site_a_one", "out_invoice", True, 1),
    "invoice_a_two": ("a", "site_a_two", "out_invoice", True, 1),
    "refund_a_whole": ("a", None, "out_refund", True, 1),
    "bill_a": ("a", None, "in_invoice", True, 1),
    "invoice_a_company_two": ("a", "site_a_one", "out_invoice", True, 2),
    "invoice_b_draft": ("b", "site_b_one", "out_invoice", False, 1),
    "invoice_b_one": ("b", "site_b_one", "out_invoice", True, 1),
    "bill_b": ("b", None, "in_invoice", True, 1),
    "invoice_stock": ("stock", None, "out_invoice", True, 1),
}
KINDS = {
    "project.project": PROJECTS,
    "project.task": TASKS,
    "sale.order": ORDERS,
    "account.move": MOVES,
    "client.asset": ASSETS,
    "project.update": PROJECT_UPDATES,
    "client.agreement": AGREEMENTS,
    **added("KINDS"),
}
SCOPED = tuple(KINDS)
FIRM = {"a": "Alder", "b": "Birch", "stock": "Cedar", None: "Nobody"}


class RecordsMixin(ProjectUpdatesMixin, AgreementsMixin, SitesMixin):
    """Builds the records above; ``cls.records[key]`` and ``cls.<key>`` name them."""

    @classmethod
    def _make_records(cls):
        cls.customer = {"a": cls.client_a, "b": cls.client_b, "stock": cls.no_client, None: cls.env["res.partner"]}
        cls.company_of = {1: cls.company_one, 2: cls.company_two}
        cls.records = {}
        cls._make_projects()
        cls._make_tasks()
        cls._make_orders()
        cls._make_moves()
        cls._make_assets()
        cls._make_project_updates()
        cls._make_agreements()
        cls._make_corrections()
        call("make_records", cls)
        for key, record in cls.records.items():
            setattr(cls, key, record)

    @classmethod
    def _keep(cls, keys, records):
        cls.records.update(zip(keys, records, strict=True))

    @classmethod
    def _site_named(cls, name):
        return getattr(cls, name) if name else cls.env["res.partner"]

    @staticmethod
    def _title(key, client):
        """A name that tells the client at first sight and appears in nothing else."""
        return f"{FIRM[client]} {key.replace('_', '-')}."

    @classmethod
    def _make_projects(cls):
        cls.stages = cls.env["project.task.type"].create(
            [{"name": f"SECRET stage {name}", "sequence": i} for i, name in enumerate(("new", "doing"))]
        )
        projects = cls.env["project.project"].create(
            [
                {
                    "name": cls._title(key, client),
                    "partner_id": cls.customer[client].id,
                    "client_site_id": cls._site_named(site).id,
                    "privacy_visibility": "followers" if hidden else "portal",
                    "company_id": cls.company_of[company].id,
                    "description": "SECRET plan",
                    "type_ids": [(6, 0, cls.stages.ids)],
                    "allow_milestones": True,
                    "allow_billable": True,  # else Odoo drops the customer
                }
                for key, (client, site, hidden, company) in PROJECTS.items()
            ]
        )
        cls._keep(PROJECTS, projects)
        cls.milestones = dict(
            zip(
                PROJECTS,
                cls.env["project.milestone"].create(
                    [{"name": f"Milestone of {project.name}", "project_id": project.id} for project in projects]
                ),
            )
        )
        cls.records["project_stock"].message_subscribe(cls.no_client.ids)

    @classmethod
    def _make_tasks(cls):
        tasks = cls.env["project.task"].create(
            [
                {
                    "name": cls._title(key, client),
                    "project_id": cls.records[project].id if project else False,
                    "partner_id": cls.customer[client].id,
                    "client_site_id": cls._site_named(site).id,
                    "client_publish": publish,
                    "client_only_user_id": cls.users[ONLY[key]].id if key in ONLY else False,
                    "stage_id": cls.stages[0].id if project else False,
                    "description": "SECRET description",
                    "email_cc": "SECRET.cc@example.com",
                    "user_ids": [(6, 0, cls.users["manager"].ids)],
                }
                for key, (project, client, site, publish) in TASKS.items()
            ]
        )
        cls._keep(TASKS, tasks)
        cls.records["task_a_subtask"].parent_id = cls.records["task_a_one"]
        cls.records["task_stock"].message_subscribe(cls.no_client.ids)

    @classmethod
    def _make_orders(cls):
        product = cls.env["product.product"].create(
            {
                "name": "Hedge cut",
                "type": "service",
                "default_code": "SECRET-CODE",
                "standard_price": 7,
                "list_price": 100,
                "taxes_id": False,
            }
        )
        cls.product = product
        orders = cls.env["sale.order"].create(
            [
                {
                    "name": cls._title(key, client),
                    "partner_id": cls.customer[client].id,
                    "partner_shipping_id": (cls._site_named(site) or cls.customer[client]).id,
                    "company_id": cls.company_of[company].id,
                    "origin": "SECRET origin",
                    "user_id": cls.users["manager"].id,
                    "order_line": [
                        (
                            0,
                            0,
                            {
                                "product_id": product.id,
                                "name": f"Line of {cls._title(key, client)}",
                                "price_unit": 100,
                                "tax_ids": False,
                            },
                        )
                    ],
                }
                for key, (client, site, state, company) in ORDERS.items()
            ]
        )
        cls._keep(ORDERS, orders)
        cls._walk_orders()

    @classmethod
    def _walk_orders(cls):
        """Bring each order to its state, one step for all of them at a time."""
        for step in ("sent", "sale", "cancel"):
            keys = [key for key, row in ORDERS.items() if step in row[2].split()]
            cls.env["sale.order"].concat(*(cls.records[key] for key in keys)).write({"state": step})
            cls.env.flush_all()

    @classmethod
    def _make_moves(cls):
        moves = cls.env["account.move"]
        for key, (client, site, kind, _posted, company) in MOVES.items():
            company = cls.company_of[company]
            journal = cls.journals[company, "sale" if kind.startswith("out") else "purchase"]
            move = moves.with_company(company).create(
                {
                    "move_type": kind,
                    "partner_id": cls.customer[client].id,
                    "journal_id": journal.id,
                    "partner_shipping_id": (cls._site_named(site) or cls.customer[client]).id,
                    "invoice_date": fields.Date.today(),
                    "invoice_user_id": cls.users["manager"].id,
                    "invoice_origin": "SECRET origin",
                    "invoice_line_ids": [
                        (
                            0,
                            0,
                            {
                                "name": f"Line of {cls._title(key, client)}",
                                "quantity": 1,
                                "price_unit": 100,
                                "account_id": journal.default_account_id.id,
                                "tax_ids": False,
                            },
                        )
                    ],
                }
            )
            cls.records[key] = move
        cls.env["account.move"].concat(*(cls.records[k] for k, row in MOVES.items() if row[3])).action_post()
