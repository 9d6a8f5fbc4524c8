import io
from datetime import timedelta

import pytz
from vobject.base import backslashEscape, foldOneLine

from odoo import api, models
from odoo.fields import Datetime, Domain
from odoo.tools.misc import hmac

PAST_DAYS = 31  # how far back a calendar reaches
_FACTS = ("client_visit_sequence", "client_visit_changed", "client_site_id", "client_summary", "create_date")
_STATUS = {"asked": "TENTATIVE", "proposed": "TENTATIVE"}


class ClientCalendar(models.AbstractModel):
    """Visits as an iCalendar file.

    Runs as the member, so the record rules give the scope. Moments are written in UTC, which every calendar
    shows by its own clock, whatever zone the member, the site and the staff are in. Escaping and folding are
    vobject's; its object tree is left out, it takes milliseconds per visit.
    """

    _name = "client.calendar"
    _description = "Visits for calendars"

    @api.model
    def _visits(self, domain=()):
        """Jobs whose visit belongs into a calendar now, in order of time."""
        since = Datetime.now() - timedelta(days=PAST_DAYS)
        jobs = self.env["project.task"]
        return jobs._client_find(
            Domain(domain) & Domain("client_visit_start", ">=", since), "client_visit_start, id", None
        )

    @api.model
    def _ics(self, jobs, name):
        """The file.

        :param jobs: project.task with a visit, bound to the member
        :param str name: what the calendar is called
        :rtype: str
        """
        lines = [
            ("BEGIN", "VCALENDAR"),
            ("VERSION", "2.0"),
            ("PRODID", "-//Client Portal//Visits//EN"),
            ("CALSCALE", "GREGORIAN"),
            ("X-WR-CALNAME", backslashEscape(name)),
            ("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"),
            ("X-PUBLISHED-TTL", "PT1H"),
            *(line for event in self._events(jobs) for line in event),
            ("END", "VCALENDAR"),
        ]
        file = io.StringIO(newline="")
        for key, value in lines:
            foldOneLine(file, f"{key}:{value}")
        return file.getvalue()

    @api.model
    def _events(self, jobs):
        """Lists of (property, value), one per visit."""
        places = jobs._client_places()
        known = jobs.sudo()  # of visible jobs: how often their visit changed, and where it is
        known.search_fetch([("id", "in", jobs.ids)], _FACTS)  # all at once; reading on demand asks by the thousand
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url") or ""  # reason: links need it
        for job, facts in zip(jobs, known):
            changed = max(filter(None, (facts.client_visit_changed, job.client_status_since, facts.create_date)))
            site = facts.client_site_id
            where = ", ".join(filter(None, (site.name, *site._client_address().splitlines())))
            about = [places[job.id], (job._client_visit_badge() or {}).get("label"), job.client_summary]
            cancelled = job.client_status == "cancelled"
            end = job.client_visit_end if job.client_visit_end != job.client_visit_start else None
            event = [
                ("BEGIN", "VEVENT"),
                ("UID", f"{hmac(self.env(su=True), 'client_portal_visit', job.id)[:32]}@client-portal"),
                ("DTSTAMP", self._stamp(changed)),
                ("LAST-MODIFIED", self._stamp(changed)),
                ("SEQUENCE", facts.client_visit_sequence + cancelled),
                ("STATUS", "CANCELLED" if cancelled else _STATUS.get(facts.client_visit_state, "CONFIRMED")),
                ("DTSTART", self._stamp(job.client_visit_start)),
                ("DTEND", self._stamp(end) if end else ""),
                ("SUMMARY", backslashEscape(job.client_name or "")),
                ("LOCATION", backslashEscape(where)),
                ("DESCRIPTION", backslashEscape("\n".join(filter(None, about)))),
                ("URL", f"{base}{job._client_url()}"),
                ("END", "VEVENT"),
            ]
            yield [(key, value) for key, value in event if value != ""]

    @api.model
    def _stamp(self, moment):
        """A naive UTC datetime as iCalendar writes it."""
        return pytz.utc.localize(moment).strftime("%Y%m%dT%H%M%SZ")

    @api.model
    def _title(self):
        """What the whole calendar is called: 'Visits by Oakline Field Services'."""
        operators = self.env.user._client_members().client_id.client_company_ids or self.env.company.sudo()  # names
        return self.env._("Visits by %s", " / ".join(operators.mapped("name")))
