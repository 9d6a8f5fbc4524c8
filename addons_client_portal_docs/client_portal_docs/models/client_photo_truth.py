"""What a photo's place and time come to, in words that stand beside it."""

from odoo import api, fields, models

from odoo.addons.client_portal.models.client_number import whole_number

from . import client_photo_verdict as verdict

RADIUS = 150  # metres, where neither the site nor the settings say otherwise
VERDICTS = [
    ("both", "At the site, during the visit"),
    ("place", "At the site"),
    ("time", "During the visit"),
    ("conflict", "Conflicting"),
    ("unknown", "Unknown"),
]
_TONES = {"both": "success", "place": "success", "time": "accent", "conflict": "warning", "unknown": "muted"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    client_site_radius = fields.Integer(
        "Site radius (m)", help="A photo taken so near to the site's position was taken at the site. 0: as usual."
    )

    def _client_photo_radius(self):
        asked = self.env["ir.config_parameter"].sudo().get_param("client_portal_docs.site_radius")  # a setting
        return self.client_site_radius or whole_number(asked) or RADIUS


class ClientPhoto(models.Model):
    _inherit = "client.photo"

    verdict = fields.Selection(VERDICTS, compute="_compute_verdict")
    verdict_words = fields.Char("Plausibility", compute="_compute_verdict")

    @api.depends("made", "stage", "device_placed", "document_id.client_site_id", "document_id.res_id")
    def _compute_verdict(self):
        for document, photos in self.grouped("document_id").items():
            held = document._photo_truth()
            for photo in photos:
                truth = photo._truth(held)
                photo.verdict = truth["verdict"]
                photo.verdict_words = truth["words"]

    def _position(self):
        """((latitude, longitude), accuracy, whether the camera says so) of a photo, or None.

        The camera counts; where it says nothing, the phone that sent the photo.
        """
        self.ensure_one()
        if self.placed:
            return (self.latitude, self.longitude), self.accuracy, True
        if self.device_placed:
            return (self.device_latitude, self.device_longitude), self.device_accuracy, False
        return None

    def _truth(self, held):
        """{'verdict', 'tone', 'label', 'words'} of a photo (sudo).

        :param dict held: what it is held against, see ``client.document._photo_truth``
        """
        position = self._position()
        at, accuracy, camera = position or (None, 0, True)
        where, metres = verdict.place(at, accuracy, held["site"], held["radius"])
        when = verdict.time(self.taken_on, held["visit"], self.stage)
        future = verdict.impossible(self.taken_on, self.create_date, self.taken_by)
        found = verdict.verdict(where, when, future)
        words = [self._where_words(where, metres, camera), self._when_words(when, future)]
        return {
            "verdict": found,
            "tone": _TONES[found],
            "label": self._verdict_label(found),
            "words": " ".join(part for part in words if part),
        }

    def _client_told_row(self, held):
        """What a manifest says of a photo (sudo): caption, when and where, and who tells.

        :param dict held: see ``client.document._photo_truth``
        """
        position, row = self._position(), {"caption": self.caption or "", "stage": self.stage or ""}
        if self.taken_on:
            row.update(taken_on=f"{fields.Datetime.to_string(self.taken_on)} UTC", time_from=self.taken_by)
        if position:
            (latitude, longitude), _accuracy, camera = position
            where = "the picture" if camera else "the phone that sent it"
            row.update(latitude=latitude, longitude=longitude, position_from=where)
        return {**row, "plausibility": self._truth(held)["verdict"]}

    @api.model
    def _verdict_label(self, found):
        return {
            "both": self.env._("At the site, during the visit"),
            "place": self.env._("At the site"),
            "time": self.env._("During the visit"),
            "conflict": self.env._("Does not fit"),
            "unknown": self.env._("Place and time not known"),
        }[found]

    @api.model
    def _where_words(self, where, metres, camera):
        if where == "unknown":
            return self.env._("The picture does not say where it was taken.") if metres is None else ""
        how_far = self._metres(metres)
        if camera:
            at = self.env._("Taken %s from the site's position.", how_far)
            return at if where == "site" else self.env._("Taken %s away from the site.", how_far)
        if where == "site":
            return self.env._("Sent from the site by a phone; the picture itself does not say where it was taken.")
        return self.env._("Sent %s away from the site; the picture itself does not say where it was taken.", how_far)

    @api.model
    def _when_words(self, when, future):
        if future:
            return self.env._("Its time lies after the moment it was handed in.")
        return {
            "visit": self.env._("Its time lies within the visit."),
            "before": self.env._("Taken before the visit."),
            "outside": self.env._("Its time lies outside the visit."),
        }.get(when, "")

    @api.model
    def _metres(self, metres):
        """A distance as people say it where the reader is, as the scale of a map has it."""
        (short, step), (long, mile) = self.env["client.map"]._units()
        if metres / step < 1000:
            return self.env["client.map"]._distance(max(round(metres / step), 1), short)
        far = metres / mile
        return self.env["client.map"]._distance(round(far, 1 if far < 10 else None), long)


class ClientDocument(models.Model):
    _inherit = "client.document"

    def _photo_truth(self):
        """What the photos of a document are held against: {'site': position, 'radius': metres, 'visit': times}."""
        document = self.sudo()  # of a document at hand
        site = document.client_site_id
        there = site.partner_latitude or site.partner_longitude
        visit = None
        if document.res_model == "project.task" and document.res_id:
            task = self.env["project.task"].sudo().browse(document.res_id).exists()  # as above
            visit = (task.client_visit_start or None, task.client_visit_end or None) if task else None
        return {
            "site": (site.partner_latitude, site.partner_longitude) if there else None,
            "radius": site._client_photo_radius(),
            "visit": visit,
        }
