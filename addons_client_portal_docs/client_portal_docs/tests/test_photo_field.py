"""Staff in the field: photos and a note from a phone onto a job."""

import json
from datetime import datetime

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.client_portal.tests.common import ClientPortalCommon

from .photo_common import PhotoMixin, picture


@tagged("post_install", "-at_install", "client_portal")
class TestPhotoField(PhotoMixin, ClientPortalCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = cls.env.ref("base.group_user") + cls.env.ref("project.group_project_user")
        cls.users["crew"] = cls.env["res.users"].create(cls._login("crew", groups, cls.companies, name="Crew"))

    def send(self, actor, content=None, name="IMG_1.jpg", task=None, **told):
        """(status, answer) of one photo sent by a phone."""
        self.authenticate(actor, actor)
        data = {"csrf_token": http.Request.csrf_token(self), **told}
        files = {"photo": (name, picture() if content is None else content)}
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"):
            url = f"/client_portal_docs/photos/{(task or self.task_a_one).id}"
            reply = self.url_open(url, data=data, files=files, allow_redirects=False)
        self.env.invalidate_all()
        return reply.status_code, reply.text

    def photos(self):
        return self.env["client.photo"].search([("document_id.res_id", "=", self.task_a_one.id)])

    def test_a_photo_with_what_the_phone_says(self):
        place = {"latitude": "43.46", "longitude": "11.88", "accuracy": "9.5"}
        told = {"stage": "before", "device_on": "1763400000000", **place}
        content = picture(size=(2400, 1200))
        status, answer = self.send("crew", content, **told)
        self.assertEqual((status, json.loads(answer)), (200, {"number": 1}))
        photo = self.photos()
        self.assertEqual((photo.stage, photo.state, photo.made), ("before", "draft", "waiting"))
        self.assertEqual(photo.attachment_id.sudo().raw, content, "as large as it came, with what the camera wrote")
        self.assertEqual(photo.device_on, datetime.utcfromtimestamp(1763400000))
        self.assertEqual((photo.device_latitude, photo.device_accuracy, photo.device_placed), (43.46, 9.5, True))
        self.assertFalse(photo.placed, "nothing of the phone is taken for the camera's")

    def test_all_go_into_one_set(self):
        self.send("crew")
        self.send("crew", picture("red"), "IMG_2.jpg", device_on="nan", latitude="inf", longitude="900")
        photos = self.photos()
        self.assertEqual((photos.mapped("number"), len(photos.document_id)), ([1, 2], 1))
        self.assertEqual(json.loads(self.send("crew")[1]), {"number": 1}, "sent once more, it is there already")
        self.assertEqual(len(self.photos()), 2)
        self.assertFalse(any(photo.device_on or photo.device_placed for photo in photos))

    def test_what_is_no_photo(self):
        for content, name in ((b"words", "a.txt"), (b"<svg onload='x'/>", "a.svg"), (b"", "a.jpg"), (b"MZ", "a.jpg")):
            status, answer = self.send("crew", content, name)
            with self.subTest(name=name, content=content):
                self.assertIn(status, (415, 422))
                self.assertTrue(json.loads(answer)["error"])
        self.assertFalse(self.photos())

    def test_who_may_not(self):
        for actor in ("staff", "administrator_a", "stock"):
            with self.subTest(actor=actor):
                self.assertGreaterEqual(self.send(actor)[0], 400)
        self.assertFalse(self.photos())

    def test_the_note_and_the_clients_look(self):
        task = self.task_a_one.with_user(self.users["crew"])
        self.assertEqual(task.action_client_photos()["params"]["task_id"], task.id)
        self.send("crew")
        self.photos()._make()
        task.action_client_photos_done("Pruned as agreed.", 1, False)
        self.env.flush_all()
        self.assertEqual(task.client_done_note, "Pruned as agreed.")
        self.assertIn("photos taken", task.message_ids[0].body)
        self.assertTrue(task.message_ids[0].is_internal or task.message_ids[0].subtype_id.internal)
        self.assertFalse(self.sees("viewer_a", self.photos().document_id), "nothing leaves by itself")
        task.action_client_photos_done("", 1, True)
        self.env.flush_all()
        self.assertTrue(self.sees("viewer_a", self.photos().document_id))
        for act in ("action_client_photos", "action_client_photos_done"):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                getattr(self.task_a_one.with_user(self.users["administrator_a"]), act)()
