import hashlib

from odoo.http import Controller, content_disposition, request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.client_calendar_feed import CalendarBusy
from .forms import attempt, status
from .frame import member_page, render
from .gate import client_domain, client_env, clients, current_client, get_record, need
from .listing import STEP, narrowed_by_client, page_number

_PAGE = {"type": "http", "auth": "user", "website": True, "methods": ["GET"], "readonly": True}
_ACT = {"type": "http", "auth": "user", "website": True, "methods": ["POST"]}
_FILE = {"type": "http", "methods": ["GET"], "readonly": True, "sitemap": False}
_OWN = {"auth": "user", "website": True, "multilang": False, **_FILE}
_KIND = "text/calendar; charset=utf-8"


class ClientCalendar(Controller):
    """Visits by day, as a file, and under a secret address for other calendars."""

    @route(["/my/calendar", "/my/calendar/page/<int:page>"], **_PAGE)
    @member_page
    def client_calendar(self, page=1, when="", **kw):
        need("see_jobs")
        return _render(page, when)

    @route("/my/calendar/feed", **_ACT)
    @member_page
    def client_calendar_renew(self, **kw):
        """Make a new address; this answer is the only place where it is ever shown."""
        need("see_jobs")
        feeds = client_env()["client.calendar.feed"]
        key, refusal = attempt(feeds._renew)
        response = _render(key=key, refusal=refusal)
        response.headers["Cache-Control"] = "no-store"
        return response

    @route("/my/calendar/feed/end", **_ACT)
    @member_page
    def client_calendar_end(self, **kw):
        client_env()["client.calendar.feed"]._own()._end()
        return request.redirect("/my/calendar")

    @route("/my/calendar.ics", **_OWN)
    @member_page
    def client_calendar_file(self, **kw):
        """The visits to come and of the last weeks, for whoever is signed in."""
        need("see_jobs")
        calendar = client_env()["client.calendar"]
        request.env["client.access"]._listed(client_env()["project.task"], current_client() or clients())
        return _file(calendar._ics(calendar._visits(client_domain()), calendar._title()), "visits.ics")

    @route("/my/jobs/<int:job_id>/visit.ics", **_OWN)
    @member_page
    def client_calendar_visit(self, job_id, **kw):
        job = get_record("project.task", job_id)
        if not job.client_visit_start:
            return request.redirect(job._client_url())
        return _file(client_env()["client.calendar"]._ics(job, job.client_name), f"visit-{job.id}.ics")

    @route("/my/calendar/feed/<string:key>.ics", auth="public", save_session=False, **_FILE)
    def client_calendar_feed(self, key, **kw):
        """Whoever holds the address, without a session; wrong, ended and dead addresses look the same."""
        try:
            text = request.env["client.calendar.feed"]._serve(key)
        except CalendarBusy:
            return request.make_response("Too many requests", [("Retry-After", "3600")], status=429)
        if text is None:
            return request.make_response("Not found", [("Content-Type", "text/plain")], status=404)
        response = request.make_response(text, [("Content-Type", _KIND), ("X-Robots-Tag", "noindex")])
        response.headers["Cache-Control"] = "private, no-cache"  # kept, and asked about each time
        response.set_etag(hashlib.sha256(text.encode()).hexdigest())
        return response.make_conditional(request.httprequest)


def _file(text, name):
    """A calendar file to keep."""
    headers = [("Content-Type", _KIND), ("Content-Disposition", content_disposition(name))]
    return request.make_response(text, [*headers, ("Cache-Control", "private, no-store")])


def _render(page=1, when="", key=None, refusal=None):
    """The page of visits.

    :param str key: of an address made just now
    :param refusal: ``UserError`` why none was made
    """
    calendar, domain = client_env()["client.calendar"], client_domain()
    kept = {**narrowed_by_client(), **({"when": when} if when == "past" else {})}
    pager = portal_pager("/my/calendar", calendar._count(domain, when), page_number(page), STEP, url_args=kept)
    values = {
        "days": calendar._days(domain, when, STEP, max(pager["offset"], 0)),
        "pager": pager,
        "past": when == "past",
        "feed": client_env()["client.calendar.feed"]._card(key),
        "error": str(refusal.args[0]) if refusal else "",
        "page_name": "jobs",
    }
    response = render("client_portal.calendar", values)
    response.status_code = status(refusal)
    return response
