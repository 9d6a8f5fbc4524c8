"""A file on a job, and somebody of the staff who may share it."""

from odoo.addons.client_portal.tests.common import ClientPortalCommon


class ShareCase(ClientPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls.users["staff"]
        cls.worker.group_ids += cls.env.ref("project.group_project_user")
        cls.task = cls.task_a_one.with_user(cls.worker)
        cls.file = cls._file("Report.txt", b"words")

    @classmethod
    def _file(cls, name, raw, record=None):
        record = record or cls.task_a_one
        place = {"res_model": record._name, "res_id": record.id}
        return cls.env["ir.attachment"].create({"name": name, "raw": raw, **place})
