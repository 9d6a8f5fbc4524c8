"""Whose a document is: its record's client, site and visibility, or what staff chose."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from .client_document import RECORD_MODELS

_FOLLOWS = ("client_id", "client_site_id", "client_only_user_id", "company_id")


class ClientDocument(models.Model):
    _inherit = "client.document"

    record_ref = fields.Reference(
        selection="_record_models",
        string="Belongs to",
        compute="_compute_record_ref",
        inverse="_inverse_record_ref",
        help="The job, project, asset, quote or invoice it belongs to. Empty: to the site, or the client itself.",
    )

    @api.model
    def _record_models(self):
        return [(name, self.env["ir.model"]._get(name).name) for name in RECORD_MODELS]

    @api.depends("res_model", "res_id")
    def _compute_record_ref(self):
        for document in self:
            there = document.res_model in self.env and document.res_id
            record = there and self.env[document.res_model].browse(document.res_id).exists()
            document.record_ref = f"{record._name},{record.id}" if record else False

    def _inverse_record_ref(self):
        for document in self:
            document.write(self._scope_of(document.record_ref))

    @api.model
    def _scope_of(self, record):
        """Columns that say what a document belongs to.

        :param record: one scoped record, or nothing
        :rtype: dict
        """
        if not record:
            free = {"res_model": False, "res_id": False, "capability": "see_documents", "record_published": True}
            return {**free, "client_only_user_id": False}
        record.check_access("read")
        sudo = record.sudo()  # readable just now; its scope columns
        if not sudo.client_id:
            raise ValidationError(self.env._("“%s” has no client.", record.display_name))
        return {
            "res_model": record._name,
            "res_id": record.id,
            "capability": record._client_capability,
            "record_published": sudo.client_published,
            "client_only_user_id": record._client_only_field and sudo[record._client_only_field].id,
            "client_id": sudo.client_id.id,
            "client_site_id": sudo.client_site_id.id,
            "company_id": sudo.company_id.id,
        }

    @api.model_create_multi
    def create(self, vals_list):
        """With a record, the record says whose it is."""
        return super().create([self._with_scope(vals) for vals in vals_list])

    @api.model
    def _with_scope(self, vals):
        vals = dict(vals)
        reference = vals.pop("record_ref", None)
        if not reference and vals.get("res_model") in RECORD_MODELS and vals.get("res_id"):
            reference = f"{vals['res_model']},{vals['res_id']}"
        if reference:
            model, _comma, record_id = reference.partition(",")
            if model not in RECORD_MODELS:
                raise ValidationError(self.env._("A document cannot belong to this."))
            vals.update(self._scope_of(self.env[model].browse(int(record_id)).exists()))
        return vals

    def _compute_client_site_id(self):
        """With a record it follows by itself; otherwise a site that is none any more is left out."""
        for document in self.filtered("client_site_id"):
            if not document._client_owns_site(document.client_site_id):
                document.client_site_id = False

    @api.onchange("client_id")
    def _onchange_client_id(self):
        if self.client_site_id and self.client_site_id.commercial_partner_id != self.client_id:
            self.client_site_id = False

    @api.constrains("client_id", "client_site_id", "res_id")
    def _check_follows(self):
        """Of a record's document nobody chooses the client."""
        for document in self.sudo():  # compared only
            if document.res_model not in self.env or not document.res_id:
                continue
            record = self.env[document.res_model].sudo().browse(document.res_id).exists()  # as above
            if record and (record.client_id, record.client_site_id) != (document.client_id, document.client_site_id):
                raise ValidationError(self.env._("Client and site of this document are those of what it belongs to."))

    @api.model
    def _follow(self, model, table, ids):
        """Copy the scope of records onto their documents, in one statement.

        A record that loses its client keeps its documents with the old one, hidden.

        :param str model: model name of the records
        :param str table: their table
        :param list ids: their ids
        """
        self.flush_model()
        only = self.env[model]._client_only_field
        followed = self.env.execute_query(
            SQL(
                """
                UPDATE client_document d
                   SET client_id = COALESCE(r.client_id, d.client_id),
                       client_site_id = r.client_site_id,
                       client_only_user_id = %(only)s,
                       company_id = r.company_id,
                       record_published = COALESCE(r.client_published, FALSE) AND r.client_id IS NOT NULL,
                       client_published = COALESCE(r.client_published, FALSE) AND r.client_id IS NOT NULL
                           AND d.active AND d.state = 'published' AND (d.current_id IS NOT NULL OR d.shared_photos > 0)
                           AND d.client_publish != 'no'
                  FROM %(table)s r
                 WHERE d.res_model = %(model)s
                   AND d.res_id = r.id
                   AND r.id IN %(ids)s
                RETURNING d.id
                """,
                table=SQL.identifier(table),
                only=SQL.identifier("r", only) if only else SQL("NULL::integer"),
                model=model,
                ids=tuple(ids),
            )
        )
        self.invalidate_model([*_FOLLOWS, "record_published", "client_published"], flush=False)
        if followed:
            moved = [row[0] for row in followed]
            self.env["client.update"]._follow(self._name, self._table, moved)
            self.env["client.approval"]._follow(self._name, self._table, moved)


