"""Who reads what staff are about to write, said before they send it."""

from odoo import models
from odoo.exceptions import AccessError


class ClientScoped(models.AbstractModel):
    _inherit = "client.scoped"

    def client_readers(self):
        """Called by the chatter when staff begin to write.

        :return: see ``_client_reader_words``
        :raise AccessError: for anybody but staff who may read the record
        """
        self.ensure_one()
        if not self.env.user._is_internal():
            raise AccessError(self.env._("This is for staff."))
        self.check_access("read")
        return self._client_reader_words()

    def _client_reader_words(self):
        """Who outside reads the conversation of this record, as the rules have it now.

        :return: {'line', 'names', 'tone'}; empty for a record of no client
        """
        client = self.sudo().client_id  # a name for staff
        if not client.is_client:
            return {}
        if not self._client_talks:
            return {"line": self.env._("Clients do not read this conversation."), "names": [], "tone": "muted"}
        people = [person["short"] for person in self._client_audience()[self.id]]
        others = [self.env._("%s (no member)", user.name) for user in self._client_outsiders()]
        return {
            "line": self._client_reader_line(client.name, len(people), len(others)),
            "names": people + others,
            "tone": "info" if people or others else "warning",
        }

    def _client_reader_line(self, client, count, others):
        """'4 members of North Metro Grounds read this'.

        :param str client: its name
        :param int count: members
        :param int others: followers without a membership whom Odoo's own rules let in
        """
        words = {
            0: self.env._("Nobody at %(client)s reads this yet", client=client),
            1: self.env._("1 member of %(client)s reads this", client=client),
        }
        line = words.get(count) or self.env._("%(count)s members of %(client)s read this", count=count, client=client)
        if others:
            return self.env._("%(line)s, and %(count)s who are no members", line=line, count=others)
        if not count and not self.client_published:
            return self.env._("%s: the record is not shown to them", line)
        return line


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _thread_to_store(self, store, fields, *, request_list=None):
        """Tell the chatter of staff on which records somebody outside may read along."""
        super()._thread_to_store(store, fields, request_list=request_list)
        if request_list is None or not isinstance(self, self.env.registry["client.scoped"]):
            return
        if self.env.user._is_internal():
            for thread in self.env["client.door"]._guarded(self):
                store.add(thread, {"clientReads": True}, as_thread=True)
