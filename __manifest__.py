{
    "name": "Client Portal",
    "summary": "A secure front door for the clients of a service business: sites, jobs,"
    " quotes, invoices and documents at /my",
    "version": "19.0.1.0.0",
    "category": "Services/Client Portal",
    "author": "Client Portal contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "account_payment",
        "auth_signup",
        "portal",
        "project",
        "sale_management",
        "sale_project",
    ],
    "pre_init_hook": "pre_init_hook",
    "data": [
        # who may see what
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules_account_move.xml",
        "security/rules_client_member.xml",
        "security/rules_client_update.xml",
        "security/rules_project_milestone.xml",
        "security/rules_project_project.xml",
        "security/rules_project_task.xml",
        "security/rules_res_partner.xml",
        "security/rules_res_users.xml",
        "security/rules_sale_order.xml",
        # records shipped
        "data/client_role_data.xml",
        # what staff see
        # what clients see
    ],
    "assets": {},
}
