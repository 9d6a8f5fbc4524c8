from odoo import models
from odoo.fields import Date

from .client_gate import ClientNotFound


class ProjectTask(models.Model):
    """What the pages show of who comes, what was done and what is to be signed off."""

    _inherit = "project.task"

    def _client_record(self):
        """The completion record of a finished job, sudo; empty for one that is not, or that has none."""
        self.ensure_one()
        records = self.env["client.completion"]
        return records._latest(self) if self._client_is_finished() else records

    def _client_done(self):
        """What was done, as it was frozen; None without a record.

        :return: {'day', 'people', 'note', 'readings', 'version', 'signed', 'url'}
        """
        record = self._client_record()
        if not record:
            return None
        words, values = self.env["client.words"], record.values
        return {
            "day": words._day(Date.to_date(values["done_on"])),
            "people": ", ".join(values["people"]),
            "note": values["note"],
            "readings": values["readings"],
            "version": record.version,
            "signed": self._client_signature(),
            "url": f"{self._client_url()}/completion",
        }

    def _client_signature(self):
        """Who signed the job off and when, in words; '' where nobody did."""
        if self.client_sign_off_state != "signed":
            return ""
        words = self.env["client.words"]
        day = words._day(words._local(self.client_signed_on).date())
        return self.env._("%(name)s, %(day)s", name=self.client_signed_by, day=day) if self.client_signed_by else day

    def _client_coming(self):
        """Names of who comes to a job that is not finished."""
        return "" if self._client_is_finished() else ", ".join(self._client_people())

    def _client_action(self):
        return self.env._("Check") if self.client_sign_off_state == "asked" else super()._client_action()

    def _client_completion_file(self):
        """The completion record as a file, for a member who passed the gate.

        :rtype: odoo.http.Stream
        :raise ClientNotFound: when there is none
        """
        record = self._client_record()
        if not record:
            raise ClientNotFound()
        name = self.env._("Completion record %(title)s.pdf", title=self.client_name.replace("/", "-"))
        return record._stream(name)
