{
    "name": "Client Portal Documents",
    "summary": "Reports, certificates, photos and contracts on the record they belong to,"
    " and one library for the client",
    "version": "19.0.1.1.0",
    "category": "Services/Client Portal",
    "author": "Client Portal contributors",
    "license": "LGPL-3",
    "depends": ["client_portal"],
    "uninstall_hook": "uninstall_hook",
    "data": [
        "security/ir.model.access.csv",
        "security/rules_client_document.xml",
        "security/rules_client_document_approval.xml",
        "data/client_document_category_data.xml",
        "wizards/client_share_wizard_views.xml",
        "views/backend/client_document_views.xml",
        "views/backend/client_document_category_views.xml",
        "views/backend/client_document_reading_views.xml",
        "views/backend/record_views.xml",
        "views/backend/menus.xml",
        "views/portal/documents.xml",
        "views/portal/document.xml",
        "views/portal/cards.xml",
        "views/portal/reading.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "client_portal_docs/static/src/scss/documents.scss",
        ],
    },
}
