from odoo import api, fields, models
from odoo.tools import SQL

_SECTIONS = ("line_section", "line_subsection")


class ClientLine(models.AbstractModel):
    """Lines of a quote or an invoice, whose sections may hide prices or what they are made of.

    Odoo hides them on paper and on its pages only. Here a line below such a section is read
    by no member at all; the record rules and every search say so by ``client_folded``.
    """

    _name = "client.line"
    _description = "Line of a client's document"

    # many2one to the document, and its inverse
    _client_document_field = ""
    _client_lines_field = ""

    client_folded = fields.Boolean(
        compute="_compute_client_folded",
        search="_search_client_folded",
        compute_sudo=True,
        export_string_translation=False,
    )

    def _compute_client_folded(self):
        self._client_find_sections()
        for line in self:
            line.client_folded = line._client_hides("collapse_prices") or line._client_hides("collapse_composition")

    def _client_find_sections(self):
        """Have Odoo compute ``parent_id`` of whole documents: asked for a part, it writes on the rest."""
        self[self._client_document_field][self._client_lines_field].mapped("parent_id")

    def _client_hides(self, field):
        """Whether a section above this line says ``collapse_prices`` or ``collapse_composition``."""
        return self.parent_id[field] or self.parent_id.parent_id[field]

    @api.model
    def _search_client_folded(self, operator, value):
        if operator != "in":  # the ORM turns the others into this one
            return NotImplemented
        return [("id", "in" if True in value else "not in", self._client_folded_lines())]

    @api.model
    def _client_folded_lines(self):
        """Ids of lines between a folding section and the next one, as ``parent_id`` has them.

        Of the documents the current user sees, so that nobody else's lines are looked at.
        """
        document = self._client_document_field
        documents = self.env[self._fields[document].comodel_name].sudo(False)._search([])  # those the user sees
        self.flush_model([document, "sequence", "display_type", "collapse_prices", "collapse_composition"])
        return SQL(
            """(
            SELECT line.id
              FROM %(table)s section
              JOIN %(table)s line
                ON line.%(document)s = section.%(document)s
               AND (line.sequence, line.id) > (section.sequence, section.id)
               AND line.display_type IS DISTINCT FROM 'line_section'
               AND (section.display_type = 'line_section' OR line.display_type IS DISTINCT FROM 'line_subsection')
             WHERE (section.collapse_prices IS TRUE OR section.collapse_composition IS TRUE)
               AND section.display_type IN %(sections)s
               AND section.%(document)s IN %(documents)s
               AND NOT EXISTS (
                    SELECT 1
                      FROM %(table)s next
                     WHERE next.%(document)s = section.%(document)s
                       AND (next.sequence, next.id) > (section.sequence, section.id)
                       AND (next.sequence, next.id) < (line.sequence, line.id)
                       AND (next.display_type = 'line_section'
                            OR next.display_type = section.display_type)
                   )
            )""",
            table=SQL.identifier(self._table),
            document=SQL.identifier(document),
            documents=documents.subselect(),
            sections=_SECTIONS,
        )
