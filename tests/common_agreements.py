"""Agreements of the fixture, one line each; see ``common_records.py``."""

# key: (client, sites, order, project, client_publish, company)
AGREEMENTS = {
    "agreement_a_one": ("a", ("site_a_one",), "order_a_confirmed", "project_a_whole", "auto", 1),
    "agreement_a_two": ("a", ("site_a_two",), None, "project_a_two", "auto", 1),
    "agreement_a_both": ("a", ("site_a_one", "site_a_two"), None, "project_a_whole", "yes", 1),
    "agreement_a_whole": ("a", (), None, "project_a_whole", "auto", 1),
    "agreement_a_hidden": ("a", ("site_a_one",), "order_a_confirmed", None, "no", 1),
    "agreement_a_project_hidden": ("a", ("site_a_one",), None, "project_a_hidden", "auto", 1),
    "agreement_a_company_two": ("a", ("site_a_one",), "order_a_company_two", None, "yes", 2),
    "agreement_b_one": ("b", ("site_b_one",), "order_b_confirmed", None, "auto", 1),
    "agreement_b_hidden": ("b", ("site_b_one",), None, "project_b_hidden", "auto", 1),
    "agreement_stock": ("stock", (), None, "project_stock", "yes", 1),
}


class AgreementsMixin:
    @classmethod
    def _make_agreements(cls):
        agreements = cls.env["client.agreement"].create(
            [
                {
                    "name": cls._title(key, client),
                    "partner_id": cls.customer[client].id,
                    "site_ids": [(6, 0, [cls._site_named(site).id for site in sites])],
                    "order_id": cls.records[order].id if order else False,
                    "project_id": cls.records[project].id if project else False,
                    "company_id": cls.company_of[company].id,
                    "client_publish": publish,
                    "description": "SECRET margin",
                    "line_ids": [(0, 0, {"name": f"Line of {cls._title(key, client)}", "quantity": 12})],
                }
                for key, (client, sites, order, project, publish, company) in AGREEMENTS.items()
            ]
        )
        cls._keep(AGREEMENTS, agreements)
