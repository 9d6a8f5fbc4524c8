"""What a line about finished work says of its photos."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

# kinds of update that tell of finished work
FINISHED = ("job_completed", "job_sign_off", "job_record_updated")


class ClientUpdate(models.Model):
    _inherit = "client.update"

    def _client_beside(self):
        """Of finished jobs how many photos the reader sees: counted when it is read, for sharing and rights change."""
        found = super()._client_beside()
        finished = self.filtered(lambda update: update.kind in FINISHED)
        numbers = self.env["client.document"]._client_photo_numbers("project.task", finished.mapped("res_id"))
        told = finished.filtered(lambda update: update.res_id in numbers)
        return {**found, **{update.id: self._photo_words(*numbers[update.res_id]) for update in told}}

    def _photo_words(self, count, placed):
        """'12 geo-tagged photos'; where only some of them are, how many."""
        if count == placed:
            return self.env._("1 geo-tagged photo") if count == 1 else self.env._("%s geo-tagged photos", count)
        if placed:
            return self.env._("%(count)s photos, %(placed)s of them geo-tagged", count=count, placed=placed)
        return self.env._("1 photo") if count == 1 else self.env._("%s photos", count)


class ClientDocument(models.Model):
    _inherit = "client.document"

    def _client_photo_numbers(self, model, ids):
        """How many photos the reader may see in the sets of records, and how many of them say where they were taken.

        :param str model: name of the records' model
        :param list ids: theirs
        :return: {record id: (count, placed)}; one query, none without ids
        :rtype: dict
        """
        if not ids or not self.has_access("read"):
            return {}
        sets = Domain("res_model", "=", model) & Domain("res_id", "in", ids) & Domain("client_published", "=", True)
        shown = self._client_visible_domain() & sets & Domain("shared_photos", ">", 0)
        found = self.sudo()._search(shown)  # numbers come out, and the user's own rules are part of the domain
        self.env["client.photo"].flush_model(["document_id", "version_id", "state", "placed"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT d.res_id, COUNT(*), COUNT(*) FILTER (WHERE p.placed)
                  FROM (%s) d
                  JOIN client_photo p ON p.document_id = d.id AND p.version_id IS NULL AND p.state = 'published'
                 GROUP BY d.res_id
                """,
                found.select(SQL.identifier(found.table, "id"), SQL.identifier(found.table, "res_id")),
            )
        )
        return {record_id: (count, placed) for record_id, count, placed in rows}
