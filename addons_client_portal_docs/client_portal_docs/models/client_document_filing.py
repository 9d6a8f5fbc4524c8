"""What the suite itself puts on paper is filed on its record: completion records, and certificates of decisions.

Filing is queued by the act and done after it by a scheduled action: printing takes its time, and nobody's job or answer
fails for it. Interrupted or run twice, each paper is there once.
"""

import base64
import logging

from odoo import api, fields, models
from odoo.tools import SQL

from .client_document import RECORD_MODELS

SINCE = "client_portal_docs.filed_since"  # parameter: older papers are not filed by themselves
COMPLETION, DECISION = "client.completion", "client.decision"
_BATCH = 500
_logger = logging.getLogger(__name__)


class ClientDocument(models.Model):
    _inherit = "client.document"

    source_model = fields.Char("Filed from", readonly=True, copy=False)
    source_id = fields.Integer("Filed from, id", readonly=True, copy=False, aggregator=None)
    approvers_only = fields.Boolean(
        readonly=True, copy=False, help="Says who decided, and from where: for those who may decide themselves."
    )

    _source_uniq = models.UniqueIndex("(source_model, source_id) WHERE source_model IS NOT NULL")

    def _client_news(self, old, new):
        """What is filed by itself was told already: the job was completed, the question answered."""
        return [] if self.sudo().source_model else super()._client_news(old, new)  # where it came from

    @api.model
    def _queue_filing(self):
        """File what the running transaction wrote, once it is through."""
        self.env["ir.cron"]._client_wake("client_portal_docs.client_filing_cron")

    @api.model
    def _cron_file(self):
        """File all that is not filed yet; one that fails stays for the next run, the others go on."""
        progress, started, failed = self.env["ir.cron"], fields.Datetime.now(), False
        for model, ids in self._unfiled().items():
            for number in ids:
                failed = not self._filed(self.env[model].browse(number)) or failed
                if not progress._commit_progress(1):
                    return
        if not failed:  # nothing older can still come: no transaction takes a day
            day_before = fields.Datetime.subtract(started, days=1)
            since = max(self._filed_since(), day_before)
            self.env["ir.config_parameter"].set_param(SINCE, fields.Datetime.to_string(since))

    def _filed(self, paper):
        """File one paper; whether that went well."""
        try:
            with self.env.cr.savepoint():
                paper._file()
        except Exception:
            _logger.exception("%s %s could not be filed", paper._name, paper.id)
            return False
        return True

    @api.model
    def _filed_since(self):
        text = self.env["ir.config_parameter"].get_param(SINCE)
        return fields.Datetime.to_datetime(text) if text else fields.Datetime.now()

    @api.model
    def _unfiled(self):
        """{model: ids, oldest first} of papers that are on no document yet."""
        self.env.flush_all()
        since = self._filed_since()
        found = self.env.execute_query(
            SQL(
                """
                (SELECT %(completion)s, c.id, c.composed AS moment
                   FROM client_completion c JOIN project_task t ON t.id = c.task_id AND t.client_id IS NOT NULL
                  WHERE c.composed >= %(since)s AND NOT EXISTS (
                        SELECT FROM client_document d JOIN client_document_version v ON v.document_id = d.id
                         WHERE d.source_model = %(completion)s AND d.source_id = c.task_id AND v.sha256 = c.sha256)
                  ORDER BY c.task_id, c.version LIMIT %(batch)s)
                UNION ALL
                (SELECT %(decision)s, r.id, r.date
                   FROM client_decision r
                  WHERE r.date >= %(since)s AND r.res_model IN %(models)s AND NOT EXISTS (
                        SELECT FROM client_document d WHERE d.source_model = %(decision)s AND d.source_id = r.id)
                  ORDER BY r.id LIMIT %(batch)s)
                """,
                completion=COMPLETION,
                decision=DECISION,
                since=since,
                models=RECORD_MODELS,
                batch=_BATCH,
            )
        )
        papers = {COMPLETION: [], DECISION: []}
        for model, number, _moment in found:
            papers[model].append(number)
        return papers

    @api.model
    def _file_paper(self, source, record, vals, file):
        """Keep a paper as the next version of its document, shared as far as its record is.

        :param tuple source: (model, id) that the document is filed from
        :param record: what it belongs to
        :param dict vals: of a new document
        :param dict file: name, content (bytes), author (res.users) and note of the version
        :return: client.document
        """
        model, number = source
        mine = [("source_model", "=", model), ("source_id", "=", number)]
        document = self.with_context(active_test=False).search(mine, limit=1) or self.create(
            {"source_model": model, "source_id": number, "record_ref": f"{record._name},{record.id}", **vals}
        )
        attachment = self.env["ir.attachment"].create({"name": file["name"], "raw": file["content"]})
        version = document._add_version(attachment, file["note"], take=True)
        version.author_id = file["author"] or version.author_id
        if document.state in ("draft", "published"):  # what staff withdrew stays withdrawn
            document.action_client_publish()
        return document


class ClientCompletion(models.Model):
    _inherit = "client.completion"

    @api.model
    def _compose(self, tasks):
        records = super()._compose(tasks)
        self.env["client.document"]._queue_filing()
        return records

    def _file(self):
        """File this version of what was done on its job."""
        self.ensure_one()
        job = self.env["project.task"].browse(self.task_id).exists()
        if not job.client_id:
            return
        job = job._client_in_own_words()
        title = job.env._("%s: completion record", job.client_name)
        self.env["client.document"]._file_paper(
            (COMPLETION, job.id),
            job,
            {
                "name": title,
                "category_id": self.env.ref("client_portal_docs.category_report").id,
                "show_history": True,
            },
            {
                "name": f"{title.replace('/', '-').replace(':', '')}.pdf",
                "content": base64.b64decode(self.with_context(bin_size=False).pdf),
                "author": self.composer_id,
                "note": "",
            },
        )


class ClientDecision(models.Model):
    _inherit = "client.decision"

    @api.model
    def _append(self, ledger, vals):
        decision = super()._append(ledger, vals)
        self.env["client.document"]._queue_filing()
        return decision

    def _file(self):
        """File the certificate of this decision, for those who may decide."""
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id).exists()
        if not record.client_id:
            return
        decision = self.with_context(lang=record.client_id.lang or self.env.lang)
        name, _mimetype, content = decision._certificate_file()
        subject = decision.subject or decision.reference
        self.env["client.document"]._file_paper(
            (DECISION, self.id),
            record,
            {
                "name": decision.env._("%s: certificate of the decision", subject),
                "category_id": self.env.ref("client_portal_docs.category_decision").id,
                "approvers_only": True,
            },
            {"name": name, "content": content, "author": self.env["res.users"].browse(), "note": ""},
        )


class ResUsers(models.Model):
    _inherit = "res.users"

    # of what a decision's certificate may be read, for the record rule
    portal_decisions_client_ids = fields.Many2many(
        "res.partner",
        string="Decisions: whole clients",
        compute="_compute_portal_decisions",
        compute_sudo=True,
        groups="client_portal.group_client_manager",
    )
    portal_decisions_site_ids = fields.Many2many(
        "res.partner",
        string="Decisions: single sites",
        compute="_compute_portal_decisions",
        compute_sudo=True,
        groups="client_portal.group_client_manager",
    )

    def _compute_portal_decisions(self):
        for user in self:
            clients, sites = user._client_members()._scope_for("approve")
            user.portal_decisions_client_ids = clients
            user.portal_decisions_site_ids = sites

    @api.model
    def _client_forget_scope(self):
        super()._client_forget_scope()
        self.invalidate_model(["portal_decisions_client_ids", "portal_decisions_site_ids"], flush=False)
