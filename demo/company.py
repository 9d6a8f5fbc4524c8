"""Oakline Field Services: the company, its books and its staff."""

from . import passwords, payments, pictures
from .book import ZONE

NAME = "Oakline Field Services"
DOMAIN = "oakline.example"

# key: (name, function, groups)
STAFF = {
    "mira": (
        "Mira Reyes",
        "Account manager",
        (
            "client_portal.group_client_manager",
            "sales_team.group_sale_salesman_all_leads",
            "project.group_project_manager",
            "account.group_account_invoice",
            "base.group_partner_manager",
        ),
    ),
    "tamsin": (
        "Tamsin Cole",
        "Planner",
        (
            "client_portal.group_client_manager",
            "project.group_project_manager",
            "sales_team.group_sale_salesman_all_leads",
        ),
    ),
    "jonas": ("Jonas Weir", "Crew lead", ("project.group_project_user",)),
    "beth": (
        "Beth Lindqvist",
        "Office and billing",
        ("account.group_account_invoice", "sales_team.group_sale_salesman_all_leads"),
    ),
}

# key: (name, unit price); what the operator sells
PRODUCTS = {
    "upkeep": ("Grounds maintenance, monthly", 4250.0),
    "tree": ("Arborist work", 145.0),
    "civil": ("Civil works", 1000.0),
    "design": ("Design and engineering", 1200.0),
    "electric": ("Electrical works", 210.0),
    "crew": ("Crew day", 940.0),
}


def build(book):
    """Company, chart of accounts, staff, products and a way to pay.

    :param Book book: of the superuser
    :return: res.company
    """
    company = _company(book)
    book = book.at(company)
    _staff(book, company)
    _products(book, company)
    payments.build(book, company)
    return company


def _company(book):
    env = book.env
    company = book.find("company")
    if company:
        return company
    usd = env.ref("base.USD")
    usd.active = True
    known = {"iap_enrich_auto_done": True} if "iap_enrich_auto_done" in env["res.company"]._fields else {}
    # Without this context Odoo installs the country's own bookkeeping on the spot, and commits.
    company = (
        env["res.company"]
        .with_context(chart_template_load=True)
        .create(
            {
                **known,  # else Odoo asks a service on the internet about the name
                "name": NAME,
                "street": "7 Oakline Yard",
                "city": "Portland",
                "zip": "04101",
                "state_id": env.ref("base.state_us_20").id,
                "country_id": env.ref("base.us").id,
                "email": f"hello@{DOMAIN}",
                "phone": "+1 207 555 0100",
                "website": f"https://{DOMAIN}",
                "currency_id": usd.id,
                "primary_color": pictures.LEAF,
                "secondary_color": "#b45309",
                "email_secondary_color": pictures.LEAF,
                "logo": pictures.leaf(),
            }
        )
    )
    company = book.keep("company", company.with_env(env))
    company.partner_id.tz = ZONE
    company.resource_calendar_id.tz = ZONE
    env.ref("base.user_admin").company_ids += company
    env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
    _sequences(book, company)
    return company


def _sequences(book, company):
    """Own numbers for own quotes, so that Odoo's demo data does not run through them."""
    book.make(
        "sequence_quote",
        "ir.sequence",
        {
            "name": f"Quotes of {NAME}",
            "code": "sale.order",
            "prefix": "S",
            "padding": 5,
            "number_next": 187,
            "company_id": company.id,
        },
    )


def _staff(book, company):
    env = book.env
    for key, (name, function, groups) in STAFF.items():
        if book.find(f"user_{key}"):
            continue
        user = env["res.users"].create(
            {
                "name": name,
                "login": key,
                "email": f"{key}@{DOMAIN}",
                "tz": ZONE,
                "notification_type": "inbox",
                "company_id": company.id,
                "company_ids": [(6, 0, company.ids)],
                "group_ids": [(6, 0, [env.ref(group).id for group in ("base.group_user", *groups)])],
            }
        )
        user.partner_id.write({"function": function, "phone": f"+1 207 555 01{10 + len(name)}"})
        passwords.give(user, key)
        book.keep(f"user_{key}", user)
    env.ref("base.user_admin").group_ids += env.ref("client_portal.group_client_manager")


def _products(book, company):
    for key, (name, price) in PRODUCTS.items():
        book.make(
            f"product_{key}",
            "product.product",
            {
                "name": name,
                "type": "service",
                "list_price": price,
                "standard_price": price * 0.62,
                "invoice_policy": "order",
                "taxes_id": [(5,)],
                "supplier_taxes_id": [(5,)],
                "purchase_ok": False,
                "company_id": company.id,
            },
        )
