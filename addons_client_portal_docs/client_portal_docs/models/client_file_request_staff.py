"""Asking for files: how it begins, reminds and ends, and whose turn it is meanwhile."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from odoo.addons.client_portal.models.client_told import Told

from .client_file_request import REMIND_AGAIN, REMIND_BEFORE

_lt = LazyTranslate(__name__)
# models with a court that waits for the files
_COURTS = ("project.task", "project.project")


class ClientFileRequest(models.Model):
    _inherit = "client.file.request"

    _client_updates = {
        "file_asked": Told(
            _lt("Please send: %(name)s"),
            "warning",
            many=_lt("Please send %(count)s files"),
            family="answer",
            when=("state", "open"),
            mailed=True,
            still=("state", "open"),
        ),
        "file_received": Told(_lt("%(name)s: sent by you"), when=("state", "received"), family="documents"),
        "file_done": Told(
            _lt("%(name)s: received and checked"), "success", when=("state", "done"), family="documents"
        ),
    }

    document_count = fields.Integer(compute="_compute_document_count")

    @api.depends("document_ids")
    def _compute_document_count(self):
        for asked in self:
            asked.document_count = len(asked.document_ids)

    # ------------------------------------------------------------------------ states

    def action_ask(self):
        """Ask the client, or ask again for what was not right."""
        self.check_access("write")
        for asked in self:
            if not asked.sudo().client_id.is_client:  # whether
                raise UserError(self.env._("%s has no portal.", asked.client_id.display_name))
            asked.write({"state": "open", "date_reminder": asked._first_reminder()})
        self.env.flush_all()
        self._mail_asked()

    def action_done(self):
        """What came in is right."""
        self.check_access("write")
        self.write({"state": "done", "date_reminder": False})

    def action_cancel(self):
        self.check_access("write")
        self.write({"state": "cancelled", "date_reminder": False})

    def action_documents(self):
        """What came in for it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("client_portal_docs.client_document_action")
        return {**action, "domain": [("file_request_id", "=", self.id)], "context": {"create": False}}

    def _first_reminder(self):
        """The day staff chose, or some days before it is due; never a day that is over."""
        today = self.env["client.words"]._today()
        day = self.date_reminder or (self.date_due and self.date_due - relativedelta(days=REMIND_BEFORE))
        return day and max(day, today + relativedelta(days=1))

    def _client_update_vals(self, kind, values=None, capability=None):
        """Needed is what the record needs; who may not see documents is kept out by a rule of its own."""
        return super()._client_update_vals(kind, values, capability or self.capability)

    # --------------------------------------------------------------------- reminding

    @api.model
    def _cron_remind(self):
        """Write to those asked when the reminder is due, and again every week."""
        today = self.env["client.words"]._today()
        due = self.search([("state", "=", "open"), ("date_reminder", "<=", today)])
        due._mail_asked(reminder=True)
        due.write({"date_reminder": today + relativedelta(days=REMIND_AGAIN)})

    def _asked_members(self):
        """Members who may send it (sudo): those named, or whoever sees it and may write or request."""
        asked = self.sudo()  # whom to ask
        members = asked.member_ids or asked.client_id.client_member_ids
        return members.filtered(lambda member: not member.suspended and member.active and asked._sent_by(member))

    def _sent_by(self, member):
        """Whether a membership (sudo) sees this and may send the file."""
        asked, role = self.sudo(), member.role_id  # its scope
        only = asked.client_only_user_id
        able = role.can_see_documents and role[f"can_{asked.capability}"] and (not only or only == member.user_id)
        named = member in asked.member_ids or (not asked.member_ids and (role.can_comment or role.can_request))
        return able and named and member._covers(asked)

    def _mail_asked(self, reminder=False):
        """A mail to each, with the address of the page and no key."""
        words = self.env["client.words"]
        for asked in self.filtered("client_published"):
            for member in asked._asked_members():
                lang = member.user_id.lang
                here = asked.with_context(lang=lang)
                values = {
                    "name": asked.name,
                    "company": asked.company_id.name or self.env.company.name,
                    "due": words.with_context(lang=lang)._short(asked.date_due) if asked.date_due else "",
                    "note": asked.note or "",
                    "url": f"{asked.get_base_url()}{asked._client_url()}",
                }
                subject = here.env._("Reminder: please send %s", asked.name)
                here.message_notify(
                    author_id=(asked.user_id.partner_id or asked.company_id.partner_id).id,
                    subject=subject if reminder else here.env._("Please send: %s", asked.name),
                    body=self.env["ir.qweb"].with_context(lang=lang)._render("client_portal_docs.asked_mail", values),
                    partner_ids=member.partner_id.ids,
                    model_description=here.env._("File"),
                    email_layout_xmlid="mail.mail_notification_light",
                )

    # ------------------------------------------------------------------- whose turn

    def _count_on_records(self):
        """Say on the jobs and projects how many files are waited for; the clock of both sides follows."""
        for model in _COURTS:
            ids = self.filtered(lambda asked, model=model: asked.res_model == model).mapped("res_id")
            if not ids:
                continue
            open_ones = [("res_model", "=", model), ("res_id", "in", ids), ("state", "=", "open")]
            counts = dict(self.sudo()._read_group(open_ones, ["res_id"], ["__count"]))  # a number for the clock
            for record in self.env[model].sudo().browse(ids).exists():  # the clock is the suite's
                if record.client_files_wanted != counts.get(record.id, 0):
                    record.client_files_wanted = counts.get(record.id, 0)


class ProjectTask(models.Model):
    _inherit = "project.task"

    client_files_wanted = fields.Integer("Files asked of the client", readonly=True, copy=False, aggregator=None)

    def _client_court_depends(self):
        return [*super()._client_court_depends(), "client_files_wanted"]

    def _client_court_now(self):
        """A file we wait for is the client's turn, whatever else we have to do, while the job is open."""
        if self.client_files_wanted and self.client_status not in ("completed", "cancelled"):
            return "client"
        return super()._client_court_now()


class ProjectProject(models.Model):
    _inherit = "project.project"

    client_files_wanted = fields.Integer("Files asked of the client", readonly=True, copy=False, aggregator=None)

    def _client_court_depends(self):
        return [*super()._client_court_depends(), "client_files_wanted"]

    def _client_court_now(self):
        return "client" if self.client_files_wanted else super()._client_court_now()


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    def action_client_ask_file(self):
        """Ask the client for a file for this record."""
        self.ensure_one()
        self.check_access("write")
        self.env["client.document"]._for_staff()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a file"),
            "res_model": "client.file.request",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id, "dialog_size": "medium"},
        }
