"""What the pages show of pictures: a set as a gallery, one picture with what is known of it, small ones in lists."""

from odoo import api, models

from odoo.addons.client_portal.models.client_number import whole_number

PHOTOS_SHOWN = 80  # of a set on one page; a pair counts once


class ClientDocument(models.Model):
    _inherit = "client.document"

    def _client_rows(self):
        """A set says how many photos it has; in a gallery everything shows what it looks like."""
        rows, documents = super()._client_rows(), self.sudo()  # of visible documents
        for row, document in zip(rows, documents, strict=True):
            if document.shared_photos:
                row["icon"] = "fa-picture-o"
                row["detail"] = self._client_details(row["detail"], self._client_photos_words(document.shared_photos))
            row["page"] = document.cover_page and not document.cover_id
            row["thumb"] = f"{row['url']}/thumb" if document.cover_id or document.cover_page else ""
        return rows

    @api.model
    def _client_photos_words(self, count):
        return self.env._("1 photo") if count == 1 else self.env._("%s photos", count)

    @api.model
    def _client_searchbar(self):
        layouts = {"": (self.env._("List"), "fa-list"), "gallery": (self.env._("Gallery"), "fa-th-large")}
        return {**super()._client_searchbar(), "layouts": layouts}

    def _client_facts(self):
        """Also the photos of a set; ``client_photo_page`` of the context is the page of them, as asked for."""
        facts, document = super()._client_facts(), self.sudo()  # behind the gate
        shared = document.shared_photos
        if shared and not document.current_id:
            facts["current"] = {"url": f"{self._client_url()}/photos/zip", "sha256": "", "number": 0}
            facts["facts"].append({"label": self.env._("Photos"), "value": shared})
        page = whole_number(self.env.context.get("client_photo_page"), 1)
        facts["gallery"] = self._client_gallery(page) if shared else None
        return facts

    def _client_gallery(self, page=1):
        """The photos of a set, so many on a page.

        :return: {'pairs': [{'before', 'after'}], 'photos', 'map', 'page', 'pages', 'url'}; see ``_client_photo_row``
        """
        leading, page, pages = self._client_photo_page(page)
        afters = {photo.before_id.id: photo for photo in leading._client_afters()}
        held, url = self._photo_truth(), self._client_url()
        rows = {photo.id: photo._client_photo_row(url, held) for photo in (*leading, *afters.values())}
        return {
            "pairs": [
                {"before": rows[photo.id], "after": rows[afters[photo.id].id]}
                for photo in leading
                if photo.id in afters
            ],
            "photos": [rows[photo.id] for photo in leading if photo.id not in afters],
            "map": self._client_photo_map(rows.values(), held),
            "page": page,
            "pages": pages,
            "url": url,
        }

    def _client_photo_page(self, page):
        """(photos that lead a place on this page, its number, how many pages); sudo, behind the gate."""
        photos = self.env["client.photo"].sudo()  # as said
        shown = [("document_id", "=", self.id), ("version_id", "=", False), ("state", "=", "published")]
        leads = [*shown, "|", ("before_id", "=", False), ("before_id.state", "!=", "published")]
        pages = max(-(-photos.search_count(leads) // PHOTOS_SHOWN), 1)
        page = min(max(page, 1), pages)
        return photos.search(leads, limit=PHOTOS_SHOWN, offset=(page - 1) * PHOTOS_SHOWN), page, pages

    @api.model
    def _client_photo_map(self, rows, held):
        """A plan of where photos were taken, around the site; None where no photo says."""
        places = [row["place"] for row in rows if row["place"]]
        return self.env["client.map"]._photo_plan(places, held["site"], held["radius"]) if places else None

    def _client_preview_values(self, version):
        """A picture is shown when its copy is there, and with what is known of it."""
        values, photo = super()._client_preview_values(version), version._client_picture()
        if photo is None:
            return values
        row = photo._client_photo_row(self._client_url(), self._photo_truth())
        if photo.made != "ready":
            return {"kind": "waiting", "url": "", "text": row["unmade"]}
        return {"kind": "picture", "url": f"{self._client_url()}/view", "text": "", "photo": row}

    def _client_version_row(self, version, current=False):
        """Which file the fingerprint is of, where the client gets a copy."""
        row, photo = super()._client_version_row(version, current), version._client_picture()
        if photo is not None:
            row["copy_sha256"] = photo.served_sha256 or ""
        return row


class ClientPhoto(models.Model):
    _inherit = "client.photo"

    def _client_afters(self):
        """What was made of the places these photos show."""
        return self.search([("before_id", "in", self.ids), ("state", "=", "published")])

    def _client_photo_row(self, url, held):
        """What the page says of a photo (sudo).

        :param str url: of its document
        :param dict held: see ``client.document._photo_truth``
        :rtype: dict
        """
        truth, words = self._truth(held), self.env["client.words"]
        title = self.caption or self.env._("Photo %s", self.number)
        local = self.taken_on and words._local(self.taken_on)
        position = self._position()
        return {
            "number": self.number,
            "anchor": f"photo-{self.number}",
            "title": title,
            "stage": {"before": self.env._("Before"), "after": self.env._("After")}.get(self.stage, ""),
            "when": self.env._("%(day)s, %(time)s", day=words._short(local.date()), time=words._time(self.taken_on))
            if local
            else "",
            "badge": {"label": truth["label"], "tone": truth["tone"]},
            "words": truth["words"],
            "thumb": f"{url}/photos/{self.number}/thumb" if self.made == "ready" else "",
            "view": f"{url}/photos/{self.number}/view",
            "download": f"{url}/photos/{self.number}/download",
            "unmade": self._client_unmade(),
            "waiting": self.made == "waiting",
            "place": position
            and {
                "lat": position[0][0],
                "lon": position[0][1],
                "number": self.number,
                "title": ": ".join(filter(None, (self.env._("Photo %s", self.number), self.caption))),
                "url": f"#photo-{self.number}",
                "tone": "warning" if truth["verdict"] == "conflict" else "accent",
            },
        }

    def _client_unmade(self):
        """Why there is nothing to see, in words; '' where there is."""
        if self.made == "ready":
            return ""
        if self.made == "waiting":
            return self.env._("This picture is being prepared.")
        if self.made == "broken":
            return self.env._("This picture is damaged.")
        return self.env._("This picture cannot be shown. Please ask us for it.")
