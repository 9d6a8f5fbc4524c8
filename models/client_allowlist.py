"""What a governed portal user may read: fields by model, and models that need no scope.

Declarations only. The models of optional modules may be named here without depending on
them. Another module adds its own with ``CLIENT_READABLE["its.model"] = frozenset({...})``
(see docs/permissions.md).
"""

_SCOPE = {
    "id",
    "display_name",
    "client_id",
    "client_site_id",
    "client_published",
    "company_id",
    "create_date",
    "access_url",
    "active",
}

_ADDRESS = {"street", "street2", "zip", "city", "state_id", "country_id", "country_code"}

# model name -> fields a governed user may read, search, sort and group by
CLIENT_READABLE = {
    "project.project": frozenset(
        _SCOPE | {"client_name", "client_summary", "date_start", "date"}
    ),
    "project.task": frozenset(
        _SCOPE
        | {
            "client_court",
            "client_answered_on",
            "client_done_on",
            "client_name",
            "client_only_user_id",
            "client_promise_deadline",
            "client_request_number",
            "client_request_text",
            "client_sign_off_state",
            "client_signed_by",
            "client_signed_on",
            "client_summary",
            "client_urgency",
            "client_status",
            "client_status_since",
            "client_visit_start",
            "client_visit_end",
            "client_visit_state",
        }
    ),
    "client.asset": frozenset(
        (_SCOPE - {"access_url"})
        | {"name", "kind_id", "serial", "installed_date", "next_due_date", "client_summary"}
    ),
    "project.update": frozenset(
        (_SCOPE - {"access_url", "active"})
        | {"client_name", "client_text", "project_id", "status", "progress", "date"}
    ),
    "client.agreement": frozenset(_SCOPE | {"name", "client_summary", "date_start", "date_end"}),
    "client.asset.kind": frozenset({"id", "display_name", "name", "active"}),
    "client.site.correction": frozenset(
        (_SCOPE - {"active", "access_url"}) | {"name", "state"}
    ),
    "project.milestone": frozenset(
        {"id", "display_name", "name", "project_id", "deadline", "is_reached", "reached_date"}
    ),
    "sale.order": frozenset(
        _SCOPE
        | {
            "name",
            "state",
            "date_order",
            "validity_date",
            "amount_untaxed",
            "amount_tax",
            "amount_total",
            "currency_id",
            "client_order_ref",
            "note",
            "require_signature",
            "require_payment",
            "prepayment_percent",
            "signed_by",
            "signed_on",
        }
    ),
    "sale.order.line": frozenset(
        {
            "id",
            "display_name",
            "order_id",
            "sequence",
            "name",
            "display_type",
            "product_uom_qty",
            "price_unit",
            "discount",
            "price_subtotal",
            "price_tax",
            "price_total",
            "currency_id",
        }
    ),
    "account.move": frozenset(
        _SCOPE
        | {
            "name",
            "ref",
            "state",
            "move_type",
            "payment_state",
            "invoice_date",
            "invoice_date_due",
            "payment_reference",
            "amount_untaxed",
            "amount_tax",
            "amount_total",
            "amount_residual",
            "amount_untaxed_signed",
            "amount_total_signed",
            "amount_residual_signed",
            "currency_id",
            "narration",
        }
    ),
    "account.move.line": frozenset(
        {
            "id",
            "display_name",
            "move_id",
            "sequence",
            "name",
            "display_type",
            "quantity",
            "price_unit",
            "discount",
            "price_subtotal",
            "price_total",
            "currency_id",
        }
    ),
    "client.approval": frozenset(
        {
            "id",
            "display_name",
            "name",
            "reference",
            "kind",
            "state",
            "amount",
            "currency_id",
            "date_asked",
            "date_due",
            "date_closed",
            "res_model",
            "res_id",
            "scope_model",
            "scope_id",
            "capability",
            "client_id",
            "client_site_id",
            "client_published",
            "company_id",
        }
    ),
    # denied as a whole; an administrator who lets one in opens no more than this of it
    "account.analytic.line": frozenset({"id", "date", "unit_amount"}),
    "calendar.event": frozenset({"id", "display_name", "name", "start", "stop", "allday", "duration", "location"}),
    "project.tags": frozenset({"id", "display_name", "name", "color"}),
    "project.task.type": frozenset({"id", "display_name", "name", "sequence", "fold"}),
    "client.update": frozenset(
        {
            "id",
            "display_name",
            "date",
            "kind",
            "values",
            "res_model",
            "res_id",
            "client_id",
            "client_site_id",
            "client_published",
            "capability",
            "company_id",
        }
    ),
    "mail.message": frozenset(
        {
            "id",
            "display_name",
            "date",
            "body",
            "author_id",
            "author_avatar",
            "model",
            "res_id",
            "message_type",
            "subtype_id",
            "is_internal",
            "attachment_ids",
            "create_date",
            "write_date",  # read when the author's picture is served
        }
    ),
    "res.partner": frozenset(
        _ADDRESS
        | {
            "id",
            "display_name",
            "name",
            "complete_name",
            "active",
            "is_client",
            "is_client_site",
            "is_company",
            "type",
            "parent_id",
            "commercial_partner_id",
            "commercial_company_name",
            "company_name",
            "email",
            "phone",
            "vat",
            "lang",
            "tz",
            "partner_latitude",
            "partner_longitude",
            "image_128",
            "image_256",
            "avatar_128",
            "avatar_256",
        }
    ),
    "res.users": frozenset(
        {"id", "display_name", "name", "partner_id", "active", "share", "image_128", "avatar_128"}
    ),
    "res.company": frozenset(
        {
            "id",
            "display_name",
            "name",
            "active",
            "sequence",
            "currency_id",
            "email",
            "phone",
            "website",
            "logo",
            "logo_web",
            "primary_color",
            "secondary_color",
        }
    ),
}

# Models without a client that a governed user may use, by operation. Everything else with
# portal access and no boundary rule is denied, whatever module brings it.
REVIEWED_MODELS = {
    "read": frozenset(
        {
            "mail.message",
            "mail.message.subtype",
            "payment.method",
            "res.company",
            "res.country",
            "res.country.group",
            "res.country.state",
            "res.currency",
            "res.currency.rate",
            "res.lang",
            "res.users.apikeys",
            "res.users.apikeys.description",
            "res.users.identitycheck",
            "res.device",
            "auth.passkey.key",
            "auth.passkey.key.create",
            "auth_totp.device",
            "auth_totp.wizard",
            # frame of every page where the website module is installed; anybody on the web reads them
            "website",
            "website.menu",
            "website.page",
        }
    ),
    "write": frozenset(
        {"res.users.identitycheck", "auth_totp.wizard", "auth.passkey.key", "auth.passkey.key.create"}
    ),
    "create": frozenset(
        {
            "res.users.apikeys.description",
            "res.users.identitycheck",
            "auth_totp.wizard",
            "auth.passkey.key.create",
        }
    ),
    "unlink": frozenset({"auth_totp.wizard", "auth.passkey.key.create"}),
}
