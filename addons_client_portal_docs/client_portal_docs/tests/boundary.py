"""The boundary's tests of the suite, told of documents: see ``client_portal/tests/extensions.py``."""

import base64

OWN_MODELS = {
    "client.certificate.coverage",
    "client.certificate.kind",
    "client.document",
    "client.document.category",
    "client.document.tag",
    "client.document.version",
    "client.photo",
    "client.file.request",
    "client.share.wizard",
}

# key: (client, site, record it belongs to, state, company)
DOCUMENTS = {
    "document_a_one": ("a", "site_a_one", None, "published", 1),
    "document_a_two": ("a", "site_a_two", None, "published", 1),
    "document_a_whole": ("a", None, None, "published", 1),
    "document_a_draft": ("a", "site_a_one", None, "draft", 1),
    "document_a_withdrawn": ("a", "site_a_one", None, "withdrawn", 1),
    "document_a_superseded": ("a", "site_a_one", None, "superseded", 1),
    "document_a_company_two": ("a", "site_a_one", None, "published", 2),
    "document_a_job": ("a", "site_a_one", "task_a_one", "published", 1),
    "document_a_job_hidden": ("a", "site_a_one", "task_a_unpublished", "published", 1),
    "document_a_job_private": ("a", "site_a_one", "task_a_only_requester", "published", 1),
    "document_a_quote": ("a", "site_a_one", "order_a_sent", "published", 1),
    "document_a_quote_draft": ("a", "site_a_one", "order_a_draft", "published", 1),
    "document_a_invoice": ("a", "site_a_one", "invoice_a_one", "published", 1),
    "document_a_asset": ("a", "site_a_two", "asset_a_two", "published", 1),
    "document_b_one": ("b", "site_b_one", None, "published", 1),
    "document_b_draft": ("b", "site_b_one", None, "draft", 1),
    "document_stock": ("stock", None, None, "published", 1),
}
# files asked for; received, so that nothing of the suite's own tests waits for them
ASKED = {
    "asked_a_one": ("a", "site_a_one", None, "received", 1),
    "asked_a_two": ("a", "site_a_two", None, "done", 1),
    "asked_a_whole": ("a", None, None, "received", 1),
    "asked_a_draft": ("a", "site_a_one", None, "draft", 1),
    "asked_a_cancelled": ("a", "site_a_one", None, "cancelled", 1),
    "asked_a_company_two": ("a", "site_a_one", None, "received", 2),
    "asked_a_job": ("a", "site_a_one", "task_a_one", "received", 1),
    "asked_a_job_hidden": ("a", "site_a_one", "task_a_unpublished", "received", 1),
    "asked_a_job_private": ("a", "site_a_one", "task_a_only_requester", "received", 1),
    "asked_a_quote": ("a", "site_a_one", "order_a_sent", "received", 1),
    "asked_a_invoice": ("a", "site_a_one", "invoice_a_one", "received", 1),
    "asked_b_one": ("b", "site_b_one", None, "received", 1),
    "asked_stock": ("stock", None, None, "received", 1),
}
KINDS = {"client.document": DOCUMENTS, "client.file.request": ASKED}
PLACES = {
    "client.document": {"own": "document_a_one", "unpublished": "document_a_draft", "foreign": "document_b_one"},
    "client.file.request": {"own": "asked_a_one", "unpublished": "asked_a_draft", "foreign": "asked_b_one"},
}
LISTS = {"/my/documents": "client.document"}
RECORD_URL = {"client.document": "/my/documents/%s", "client.file.request": "/my/documents/asked/%s"}
INTERNAL = [
    ("client.document", name)
    for name in ("description", "search_text", "version_ids", "current_id", "tag_ids", "create_uid")
] + [("client.file.request", name) for name in ("note", "member_ids", "user_id", "document_ids", "create_uid")]
TARGETS = {"document", "asked"}
# who lacks the capability: nobody of the shipped roles; documents of a quote need quotes as well
WEAK = {"document": "viewer_a", "asked": "viewer_a"}
SECRET = "SECRET"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgaGAAAAEEAIFw9selAAAAAElFTkSuQmCC"
)


def make_records(case):
    """Documents of every place, each with one version that tells whose it is; ``case.<key>`` names them."""
    env = case.env
    category = env.ref("client_portal_docs.category_report")
    made = env["client.document"].create(
        [
            {
                "name": case._title(key, client),
                "category_id": category.id,
                "client_id": case.customer[client].id,
                "client_site_id": case._site_named(site).id,
                "company_id": case.company_of[company].id,
                "record_ref": f"{case.records[record]._name},{case.records[record].id}" if record else False,
                "description": f"{SECRET} remark",
            }
            for key, (client, site, record, _state, company) in DOCUMENTS.items()
        ]
    )
    case._keep(DOCUMENTS, made)
    for (_client, _site, _record, state, _company), document in zip(DOCUMENTS.values(), made, strict=True):
        hand_in(document, f"{document.name}txt", f"Content of {document.name}".encode())
        if state != "draft":
            document.action_client_publish()
        document.state = state
    _make_asked(case)


def _make_asked(case):
    """Files asked for, of every place."""
    made = case.env["client.file.request"].create(
        [
            {
                "name": case._title(key, client),
                "note": f"{SECRET} remark" if client == "stock" else "",
                "client_id": case.customer[client].id,
                "client_site_id": case._site_named(site).id,
                "company_id": case.company_of[company].id,
                "record_ref": f"{case.records[record]._name},{case.records[record].id}" if record else False,
                "state": state,
            }
            for key, (client, site, record, state, company) in ASKED.items()
        ]
    )
    case._keep(ASKED, made)


def hand_in(document, name, content):
    """A version of these bytes."""
    files = document.env["ir.attachment"].sudo()
    return document._add_version(files.create({"name": name, "raw": content}), take=True)


def samples(case):
    """(own, foreign) of each model, for the tests that try everything on both."""
    own, foreign = case.records["document_a_one"], case.records["document_b_one"]
    asked = case.records["asked_a_one"], case.records["asked_b_one"]
    return {"client.document": (own, foreign), "client.file.request": asked}


def targets(case):
    """What the route matrix knocks for: a document of a quote, so that a capability may be lacking."""
    reach = ("own", "sibling", "hidden", "foreign", "stock")
    places = ("document_a_quote", "document_a_two", "document_a_draft", "document_b_one", "document_stock")
    names = dict(zip(reach, (case.records[key] for key in places), strict=True))
    for document in names.values():
        photo = document._add_photo(case.env["ir.attachment"].sudo().create({"name": "x.png", "raw": PNG}))
        photo.state = "published"
        photo._make()
    asked = ("asked_a_quote", "asked_a_two", "asked_a_draft", "asked_b_one", "asked_stock")
    return {"document": names, "asked": dict(zip(reach, (case.records[key] for key in asked), strict=True))}
