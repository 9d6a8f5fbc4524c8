from odoo import api, models
from odoo.fields import Date, Datetime
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# kind -> (words, tone). Words are filled with the update's values; tones colour the dot.
WORDS = {
    "project_published": (_lt("Project started: %(name)s"), "info"),
    "project_on_track": (_lt("Project on track: %(name)s"), "success"),
    "project_at_risk": (_lt("Project at risk: %(name)s"), "warning"),
    "project_off_track": (_lt("Project off track: %(name)s"), "warning"),
    "project_on_hold": (_lt("Project on hold: %(name)s"), "muted"),
    "project_done": (_lt("Project complete: %(name)s"), "success"),
    "milestone_reached": (_lt("Milestone reached: %(name)s"), "success"),
    "request_received": (_lt("Request %(number)s received: %(name)s"), "info"),
    "request_answered": (_lt("Request %(number)s answered: %(name)s"), "success"),
    "job_question": (_lt("We have a question: %(name)s"), "warning"),
    "job_published": (_lt("New job: %(name)s"), "info"),
    "job_requested": (_lt("%(name)s: received"), "muted"),
    "job_scheduled": (_lt("%(name)s scheduled"), "info"),
    "job_in_progress": (_lt("Work started: %(name)s"), "info"),
    "job_waiting": (_lt("%(name)s waits for you"), "warning"),
    "job_completed": (_lt("%(name)s completed"), "success"),
    "job_sign_off": (_lt("%(name)s is done and waits for your sign-off"), "warning"),
    "job_signed_off": (_lt("%(name)s signed off by %(by)s"), "success"),
    "job_reopened": (_lt("%(name)s is open again"), "warning"),
    "job_record_updated": (_lt("Completion record updated: %(name)s"), "info"),
    "job_cancelled": (_lt("%(name)s cancelled"), "muted"),
    "job_visit_set": (_lt("Visit planned for %(visit)s"), "info"),
    "job_visit_moved": (_lt("Visit moved to %(visit)s"), "warning"),
    "job_visit_off": (_lt("Visit of %(visit)s called off"), "warning"),
    "job_visit_asked": (_lt("Please confirm the visit on %(visit)s"), "warning"),
    "job_visit_confirmed": (_lt("Visit on %(visit)s confirmed"), "success"),
    "job_visit_another": (_lt("Another time asked for"), "info"),
    "job_visit_kept": (_lt("The visit stays on %(visit)s"), "info"),
    "quote_sent": (_lt("Quote for your review: %(subject)s"), "warning"),
    "variation_sent": (_lt("Variation quote for your review: %(subject)s"), "warning"),
    "quote_approved": (_lt("Quote approved: %(subject)s"), "success"),
    "variation_approved": (_lt("Variation approved: %(subject)s"), "success"),
    "quote_declined": (_lt("Quote declined: %(subject)s"), "muted"),
    "variation_declined": (_lt("Variation declined: %(subject)s"), "muted"),
    "option_passed": (_lt("%(subject)s: another option was chosen"), "muted"),
    "approval_requested": (_lt("%(title)s waits for your approval"), "warning"),
    "approval_approved": (_lt("%(title)s approved"), "success"),
    "approval_declined": (_lt("%(title)s declined"), "muted"),
    "approval_changes": (_lt("Changes requested: %(title)s"), "warning"),
    "approval_stale": (_lt("%(title)s changed since it was approved"), "warning"),
    "approval_withdrawn": (_lt("%(title)s: the question was withdrawn"), "muted"),
    "approval_expired": (_lt("%(title)s: the time to answer has passed"), "muted"),
    "invoice_posted": (_lt("Invoice %(name)s"), "info"),
    "credit_note_posted": (_lt("Credit note %(name)s"), "info"),
    "invoice_due": (_lt("Invoice %(name)s is due"), "warning"),
    "invoice_paid": (_lt("Invoice %(name)s paid"), "success"),
    "member_joined": (_lt("%(name)s joined as %(role)s"), "info"),
    "access_asked": (_lt("%(name)s (%(email)s) asks for access"), "warning"),
    "member_removed": (_lt("%(name)s was removed from the team"), "muted"),
    "member_suspended": (_lt("%(name)s was suspended"), "warning"),
    "member_resumed": (_lt("%(name)s has access again"), "success"),
    "member_role_changed": (_lt("%(name)s is now %(role)s"), "info"),
    "member_all_sites": (_lt("%(name)s now sees all sites"), "info"),
    "member_sites_changed": (_lt("%(name)s now sees %(sites)s"), "info"),
    "member_limit": (_lt("%(name)s approves up to %(limit)s"), "info"),
    "member_limit_lifted": (_lt("Limit of %(name)s lifted: %(limit)s"), "info"),
    "member_away": (_lt("%(name)s is away %(days)s, %(delegate)s answers"), "info"),
    "member_back": (_lt("%(name)s answers again, no longer %(delegate)s"), "info"),
}

# "note" of an update -> words that follow what it is about
NOTES = {
    "asked_for": _lt("you asked for another time"),
    "confirm": _lt("we ask you to confirm it"),
}

_DETAIL_KEYS = ("beside", "title", "site", "by", "note")


class ClientUpdate(models.Model):
    """How an update reads: words from structured values, in the reader's language."""

    _inherit = "client.update"

    def _client_rows(self):
        """What a feed shows, one dict per update.

        :return: list of {'id', 'date', 'day', 'kind', 'title', 'detail', 'url', 'tone'}
        """
        rows, beside = [], self._client_beside()
        for update in self:
            told = self._kind(update.kind)
            values = {**update._reader_values(), "beside": beside.get(update.id, "")}
            sentence = self.env._(told.words)
            rows.append(
                {
                    "id": update.id,
                    "date": update.date,
                    "day": self._reader_day(update.date),
                    "kind": update.kind,
                    "title": sentence % values,
                    "detail": " · ".join(update._detail(sentence, values)),
                    "url": update._client_url(),
                    "tone": told.tone,
                }
            )
        return rows

    def _client_beside(self):
        """{id of an update: words} of what else the reader sees of the record now, to stand below the sentence.

        Extended by modules that know more; one query for the whole set at most.
        """
        return {}

    def _detail(self, sentence, values):
        """What stands below the sentence: what it is about, where, by whom, and what else there is to say."""
        if "%(subject)s" in sentence:  # the sentence says what it is about, its number stands below
            values = {**values, "title": values["name"] if values["subject"] != values["name"] else ""}
        for key in _DETAIL_KEYS:
            if key == "by" and values.get(key):
                if "%(by)s" not in sentence:
                    yield self.env._("by %(name)s", name=values[key])
            elif values.get(key):
                yield values[key]

    def _reader_values(self):
        """Values with dates written for the reader; missing names read as nothing."""
        values = dict.fromkeys(("name", "number", "role", "sites", "visit", "note", "by"), "") | (self.values or {})
        values["subject"] = values.get("title") or values["name"]
        if values.get("about"):
            values["title"] = self.env["client.approval.kind"]._of(values["about"])._label()
        if values.get("first"):
            days = (Date.to_date(values[day]) for day in ("first", "last"))
            values["days"] = self.env["client.words"]._span(*days)
        if values["visit"]:
            values["visit"] = self._reader_visit(values["visit"], values.get("until"))
        values["note"] = self.env._(NOTES[values["note"]]) if values["note"] in NOTES else ""
        return values

    @api.model
    def _reader_visit(self, start, end=None):
        """'Tuesday 24 November, 08:00–10:00', by the reader's clock."""
        day = format_date(self.env, self._reader_day(start), date_format="EEEE d MMMM")
        if not end:
            return day
        words = self.env["client.words"]
        begins, ends = (words._time(Datetime.to_datetime(moment)) for moment in (start, end))
        return f"{day}, {begins}–{ends}"

    @api.model
    def _reader_day(self, moment):
        """The date of a UTC moment where the reader is."""
        return Datetime.context_timestamp(self, Datetime.to_datetime(moment)).date()

    def _client_url(self):
        """Portal address of the record an update is about."""
        self.ensure_one()
        model = self.env.get(self.res_model)
        if model is None or not hasattr(model, "_client_url"):
            return "/my"
        return model.browse(self.res_id)._client_url()
