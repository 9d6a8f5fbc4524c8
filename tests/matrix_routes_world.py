"""What the route matrix knocks for: one record of every kind for every place of a cell."""

from odoo.tests import HttpCase

from .common import ClientPortalCommon
from .extensions import call
from .matrix_watch import WatchMixin

REACH = ("own", "sibling", "hidden", "foreign")


class RoutesWorld(WatchMixin, ClientPortalCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._site_administrator()
        cls._record_targets()
        threads = cls.targets["task"]
        cls.env["project.task"].concat(*threads.values()).write({"client_visit_start": "2036-05-05 08:00:00"})
        cls.targets["finished"] = {place: cls._finish(task) for place, task in threads.items()}
        cls.targets["message"] = {place: cls._say(task) for place, task in threads.items()}
        cls.targets["note"] = {place: cls._say(task, "mail.mt_note") for place, task in threads.items()}
        cls.targets["file"] = {place: cls._file(record) for place, record in cls.targets["order"].items()}
        cls.targets["shown file"] = {
            place: cls._file(task, cls.targets["message"][place]) for place, task in threads.items()
        }
        team = (cls.members[name] for name in ("viewer_a", "site_viewer_a", "revoked", "viewer_b", "viewer_b"))
        cls.targets["team"] = dict(zip((*REACH, "stock"), team))
        places = (cls.site_a_one, cls.site_a_two, cls.users["staff"].partner_id, cls.site_b_one, cls.no_client)
        cls.targets["approval"] = cls._approvals()
        cls.targets["partner"] = dict(zip((*REACH, "stock"), places))
        cls._requests()
        cls.targets.update(call("targets", cls))
        if "purchase.order" in cls.env:  # a client may be a supplier too
            cls.targets["purchase"] = cls._purchases()
        for kind in ("project", "task", "order", "invoice", *(("purchase",) if "purchase" in cls.targets else ())):
            for record in cls.targets[kind].values():
                record._portal_ensure_token()
        for kind in ("file", "shown file"):
            for record in cls.targets[kind].values():
                record.generate_access_token()
        cls.env.flush_all()

    @classmethod
    def _record_targets(cls):
        """The records of the fixtures, by how far a member reaches them."""
        keys = {
            "agreement": tuple(f"agreement_{place}" for place in ("a_one", "a_two", "a_hidden", "b_one", "stock")),
            "asset": ("asset_a_one", "asset_a_two", "asset_a_hidden", "asset_b_one", "asset_stock"),
            "project": ("project_a_one", "project_a_two", "project_a_hidden", "project_b_one", "project_stock"),
            "update": ("update_a_one", "update_a_two", "update_a_unpublished", "update_b_one", "update_stock"),
            "task": ("task_a_one", "task_a_two", "task_a_unpublished", "task_b_one", "task_stock"),
            "order": ("order_a_sent", "order_a_confirmed", "order_a_draft", "order_b_sent", "order_stock"),
            "invoice": ("invoice_a_one", "invoice_a_two", "invoice_a_draft", "invoice_b_one", "invoice_stock"),
        }
        cls.targets = {
            kind: dict(zip((*REACH, "stock"), (cls.records[key] for key in names))) for kind, names in keys.items()
        }

    @classmethod
    def _site_administrator(cls):
        """May everything, on one site only."""
        login = "site_administrator_a"
        partner = cls.env["res.partner"].create(
            {"name": f"Contact {login}", "parent_id": cls.client_a.id, "email": f"{login}@example.com"}
        )
        portal = cls.env.ref("base.group_portal")
        user = cls.env["res.users"].create(cls._login(login, portal, cls.company_one, partner_id=partner.id))
        cls.users[login] = user
        cls.env["client.member"].create(
            {
                "user_id": user.id,
                "client_id": cls.client_a.id,
                "role_id": cls.roles["administrator"].id,
                "all_sites": False,
                "site_ids": [(6, 0, cls.site_a_one.ids)],
            }
        )

    @classmethod
    def _approvals(cls):
        """A question about a quote of each place; stock asks nothing."""
        hidden = cls.order_a_whole.copy({"name": "Alder order-hidden."})
        hidden.action_quotation_sent()
        asked = [
            cls.order_a_sent.client_approval_id,
            cls.env["client.approval"]._ask(cls.order_a_confirmed, "quote"),
            hidden.client_approval_id,
            cls.order_b_sent.client_approval_id,
            cls.order_b_sent.client_approval_id,
        ]
        hidden.client_publish = "no"
        return dict(zip((*REACH, "stock"), asked))

    @classmethod
    def _requests(cls):
        """A request at each place, and a kind of request for each place's client; the hidden kind is archived."""
        cls.targets["request"] = {place: task.copy() for place, task in cls.targets["task"].items()}
        for place, task in cls.targets["request"].items():
            source = cls.targets["task"][place]
            task.write({"name": source.name, "client_publish": source.client_publish, "client_request_number": place})
        clients = {"own": cls.client_a, "sibling": cls.client_a, "hidden": cls.client_a, "foreign": cls.client_b}
        cls.targets["request type"] = {
            place: cls.env["client.request.type"].create(
                {
                    "name": f"{client.name} kind {place}",
                    "project_id": cls.project_a_whole.id,
                    "client_ids": [(6, 0, client.ids)],
                    "active": place != "hidden",
                }
            )
            for place, client in {**clients, "stock": cls.no_client}.items()
        }
        (cls.client_a + cls.client_b).client_company_ids = cls.companies

    @classmethod
    def _purchases(cls):
        """A sent purchase order of each place's partner."""
        partners = {"own": cls.client_a, "sibling": cls.client_a, "hidden": cls.client_a, "foreign": cls.client_b}
        orders = {
            place: cls.env["purchase.order"].create(
                {"partner_id": partner.id, "name": f"{partner.name} purchase {place}", "company_id": cls.company_one.id}
            )
            for place, partner in {**partners, "stock": cls.no_client}.items()
        }
        for order in orders.values():
            order.state = "sent"
        return orders

    @classmethod
    def _finish(cls, task):
        """A job like ``task`` with a completion record."""
        job = task.copy({"name": f"{task.name} finished", "client_publish": task.client_publish})
        job._client_complete({"client_done_note": "Done."})
        job._portal_ensure_token()
        return job

    @classmethod
    def _say(cls, record, subtype="mail.mt_comment"):
        return cls.env["mail.message"].create(
            {
                "author_id": cls.users["manager"].partner_id.id,
                "body": f"Talk on {record.name}",
                "model": record._name,
                "res_id": record.id,
                "message_type": "comment",
                "subtype_id": cls.env.ref(subtype).id,
                "is_internal": subtype != "mail.mt_comment",
            }
        )

    @classmethod
    def _file(cls, record, message=None):
        file = cls.env["ir.attachment"].create(
            {
                "name": f"File of {record.name}.txt",
                "raw": f"Content of {record.name}".encode(),
                "mimetype": "text/plain",
                "res_model": record._name,
                "res_id": record.id,
            }
        )
        if message:
            message.attachment_ids = file
        return file
