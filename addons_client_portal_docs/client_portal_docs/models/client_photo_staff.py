"""What the back office does with photos: add, pair, share, open the original."""

from odoo import fields, models


class ClientPhoto(models.Model):
    _inherit = "client.photo"

    def action_publish(self):
        """Share these photos of a set."""
        self.write({"state": "published"})

    def action_withdraw(self):
        """Take them back: nobody outside opens them any more."""
        self.write({"state": "withdrawn"})

    def action_open_file(self):
        """Download the original; staff only, by Odoo's own address."""
        self.ensure_one()
        self.check_access("read")
        url = f"/web/content/{self.sudo().attachment_id.id}?download=true"  # readable, asked above
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}


class ClientDocument(models.Model):
    _inherit = "client.document"

    new_photos = fields.Many2many("ir.attachment", compute="_compute_new_photos", inverse="_inverse_new_photos")

    def _compute_new_photos(self):
        """Always empty: what is dropped here becomes photos of the set."""
        self.new_photos = False

    def _inverse_new_photos(self):
        for document in self:
            for file in document.new_photos:
                file.check_access("write")
                document._add_photo(file.sudo())  # the user's own, asked just above

    def action_pair_photos(self):
        """Put the first photo after beside the first one before, and so on; those that are paired stay so."""
        for document in self:
            photos = document.photo_ids
            befores = photos.filtered(lambda p: p.stage == "before") - photos.before_id
            afters = photos.filtered(lambda p: p.stage == "after" and not p.before_id)
            for before, after in zip(befores, afters):
                after.before_id = before
