"""Who is told by mail when a document of a category is shared: roles of the client, and staff who follow its record."""

from odoo import fields, models


class ClientDocumentCategory(models.Model):
    _inherit = "client.document.category"

    told_role_ids = fields.Many2many(
        "client.role",
        "client_document_category_told_rel",
        string="Told by mail",
        help="Members of these roles who see a document of this category get a mail when it is shared.",
    )
    told_followers = fields.Boolean(
        "Tell followers", help="Colleagues who follow what the document belongs to hear of it, too."
    )


class ClientDocument(models.Model):
    _inherit = "client.document"

    def action_client_publish(self):
        before = {document: document.current_id for document in self}
        answer = super().action_client_publish()
        for document in self:
            if document.client_published and document.current_id != before[document]:
                document._tell_people()
        return answer

    def _tell_people(self):
        """Mail to those whom the category names; whoever is asked to read it hears of it by that."""
        document = self.sudo()  # names of members and followers, for the mail
        category, asked = document.category_id, document._readings().filtered(lambda a: a.state == "pending")
        if document.client_id.is_client:
            members = document.client_id.client_member_ids.filtered(
                lambda m: m.role_id in category.told_role_ids and not m.suspended and document._read_by(m)
            )
            for member in members - asked.approver_ids.filtered("turn").member_id:
                document._mail_shared(member.user_id)
        if category.told_followers:
            for user in document._following_staff() - self.env.user:
                document._mail_shared(user)

    def _following_staff(self):
        """Colleagues who follow what it belongs to (sudo)."""
        record = self.res_model in self.env and self.env[self.res_model].browse(self.res_id).exists()
        followed = record if record and "message_partner_ids" in record else self
        return followed.message_partner_ids.user_ids.filtered(lambda user: user._is_internal() and user.active)

    def action_client_unpublish(self):
        answer = super().action_client_unpublish()
        self._forget_mails()
        return answer

    def _forget_mails(self):
        """Mails that were to tell of these documents, and have not left, never do."""
        waiting = self.env["mail.message.schedule"].sudo()  # ours alone, once the caller was allowed to withdraw
        of_these = [("mail_message_id.model", "=", self._name), ("mail_message_id.res_id", "in", self.ids)]
        waiting.search(of_these).mail_message_id.unlink()

    def _mail_shared(self, user):
        """One mail with the address of the document and no key; it waits as long as mails about updates do."""
        document = self.with_context(lang=user.lang)
        company = document.company_id or self.env.company
        body = self.env["ir.qweb"].with_context(lang=user.lang)._render(
            "client_portal_docs.shared_mail",
            {
                "name": document.name,
                "category": document.category_id.name,
                "company": company.name,
                "note": document.current_id.note or "",
                "url": document.get_base_url() + document._client_url() if user.share else "",
            },
        )
        document.message_notify(
            author_id=(self.env.user.partner_id if self.env.user._is_internal() else company.partner_id).id,
            subject=document.env._("Shared with you: %s", document.name),
            body=body,
            partner_ids=user.partner_id.ids,
            scheduled_date=fields.Datetime.now() + self.env["client.member"]._collecting(),
            model_description=document.category_id.name,
            email_layout_xmlid="mail.mail_notification_light",
        )


class ClientDocumentVersion(models.Model):
    _inherit = "client.document.version"

    def action_withdraw(self):
        # mail and feed tell of what is shown: an earlier version that goes leaves them alone
        shown = self.filtered(lambda version: version.document_id.current_id == version).document_id
        answer = super().action_withdraw()
        shown._forget_mails()
        shown._forget_news()
        return answer
