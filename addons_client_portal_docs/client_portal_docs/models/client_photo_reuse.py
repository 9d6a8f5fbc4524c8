"""A photo whose pixels were shown for another job is flagged to staff, and to nobody else."""

from odoo import api, fields, models
from odoo.tools import SQL


class ClientPhoto(models.Model):
    _inherit = "client.photo"

    reused = fields.Boolean(
        "Used elsewhere",
        compute="_compute_reused",
        search="_search_reused",
        help="The same pixels were handed in for another job, or for another client.",
    )

    @api.depends("pixels", "document_id.res_model", "document_id.res_id", "document_id.client_id")
    def _compute_reused(self):
        used = self._used_elsewhere()
        for photo in self:
            photo.reused = photo._origin.id in used

    def _used_elsewhere(self):
        """Ids of those photos whose pixels stand for another job or client as well."""
        if not self.ids:
            return set()
        self.env.flush_all()
        rows = self.env.execute_query(SQL("SELECT p.id FROM %s WHERE p.id = ANY(%s)", self._twins(), self.ids))
        return {row[0] for row in rows}

    @api.model
    def _twins(self):
        """Pairs of photos ``p``, ``q`` with the same pixels, for different jobs or clients."""
        return SQL(
            """
            client_photo p
            JOIN client_photo q ON q.pixels = p.pixels AND q.id != p.id
            JOIN client_document pd ON pd.id = p.document_id
            JOIN client_document qd ON qd.id = q.document_id
             AND (qd.client_id != pd.client_id
                  OR (qd.res_model = 'project.task' AND pd.res_model = 'project.task' AND qd.res_id != pd.res_id))
            """
        )

    def _search_reused(self, operator, value):
        if operator != "in" or not set(value) <= {True, False}:
            return NotImplemented
        twins = SQL("(SELECT p.id FROM %s)", self._twins())
        return [("id", "in" if True in value else "not in", twins)]

    def _note_reuse(self):
        """Say on the document, for staff alone, that a photo was used before."""
        for photo in self:
            if not photo._used_elsewhere():
                continue
            others = self.search([("pixels", "=", photo.pixels), ("id", "!=", photo.id)]).document_id
            names = ", ".join((others - photo.document_id).mapped("name"))
            photo.document_id._message_log(
                body=self.env._(
                    "“%(photo)s” shows exactly the pixels of a photo handed in elsewhere: %(names)s.",
                    photo=photo.name,
                    names=names,
                )
            )
