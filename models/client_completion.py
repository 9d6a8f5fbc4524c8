import base64
import hashlib
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from .client_append_only import guard
from .client_gate import ClientNotFound

CONTENT_COLUMNS = ("task_id", "version", "composed", "user_id", "company_id", "values", "sha256")
_logger = logging.getLogger(__name__)


class ClientCompletion(models.Model):
    """One version of what was done on a job, as its client got it: the words and the paper.

    Written once, like ``client.update``, and for the same reasons without foreign keys and log
    columns. A job that is completed again gets the next version; what somebody signed off stays
    what it was.
    """

    _name = "client.completion"
    _description = "Completion record"
    _order = "task_id, version desc"
    _rec_name = "version"
    _log_access = False

    task_id = fields.Integer("Job id", required=True, readonly=True, aggregator=None)
    version = fields.Integer(required=True, readonly=True, aggregator=None)
    composed = fields.Datetime("Composed on", required=True, readonly=True)
    user_id = fields.Integer("Composed by, id", required=True, readonly=True, aggregator=None)
    company_id = fields.Integer("Company id", readonly=True, aggregator=None)
    values = fields.Json(readonly=True)
    pdf = fields.Binary("Paper", attachment=True, required=True, readonly=True)
    sha256 = fields.Char("SHA-256", required=True, readonly=True)

    composer_id = fields.Many2one("res.users", string="Composed by", compute="_compute_staff_words")
    filename = fields.Char(compute="_compute_staff_words")

    _one_of_a_number = models.UniqueIndex("(task_id, version)")

    def init(self):
        """Guard the content below the ORM; a paper that was changed in the filestore no longer fits its digest."""
        guard(self.env.cr, self._table, CONTENT_COLUMNS)

    @api.depends("user_id", "version")
    def _compute_staff_words(self):
        users = self.env["res.users"].with_context(active_test=False).browse(set(self.mapped("user_id"))).exists()
        for record in self:
            record.composer_id = record.user_id if record.user_id in users.ids else False
            numbers = {"job": record.task_id, "version": record.version}
            record.filename = self.env._("Completion record %(job)s v%(version)s.pdf", **numbers)

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("Completion records are kept as they were written."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Completion records are kept as they were written."))

    @api.model
    def _compose(self, tasks):
        """Freeze what was done on jobs, each as its next version; the only way rows come to be.

        :param tasks: project.task of clients, sudo
        :return: the new client.completion records, sudo, in the order of the jobs
        """
        records = self.sudo()  # nobody has create rights on them
        numbers = dict(records._read_group([("task_id", "in", tasks.ids)], ["task_id"], ["version:max"]))
        return records.create([self._row(task, numbers.get(task.id, 0) + 1, len(tasks)) for task in tasks])

    @api.model
    def _row(self, task, version, how_many):
        """Values of one record.

        :param int how_many: are made at once; more than a few are not worth waiting for Odoo's report engine
        """
        task = task._client_in_own_words()
        values = {**task._client_completion_values(), "version": version}
        company = task._client_company()
        pdf = self._print(self._paper(values, task.env), company, how_many)
        return {
            "task_id": task.id,
            "version": version,
            "composed": self.env.context.get("client_update_date") or fields.Datetime.now(),
            "user_id": self.env.uid,
            "company_id": company.id,
            "values": values,
            "pdf": base64.b64encode(pdf),
            "sha256": hashlib.sha256(pdf).hexdigest(),
        }

    @api.model
    def _latest(self, task):
        """The version that counts, sudo; empty when there is none.

        :param task: a job that its reader may see
        """
        versions = self.sudo()  # read with the job, behind its gate
        return versions.search([("task_id", "=", task.id)], order="version desc", limit=1)

    def _stream(self, filename):
        """The paper, for somebody who passed the gate of the job.

        :rtype: odoo.http.Stream
        :raise ClientNotFound: when it is no longer the paper that was frozen
        """
        self.ensure_one()
        pdf = base64.b64decode(self.with_context(bin_size=False).pdf or b"")
        if hashlib.sha256(pdf).hexdigest() != self.sha256:
            _logger.error("The paper of completion record %s does not fit its digest.", self.id)
            raise ClientNotFound()
        return self.env["ir.binary"]._get_stream_from(self, "pdf", filename=filename, mimetype="application/pdf")
