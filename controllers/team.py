from odoo.http import Controller, request, route

from .forms import attempt, posted, status, typed
from .frame import member_get, member_page, render
from .gate import client_env, current_client

_PAGE = {"type": "http", "auth": "user", "website": True, "readonly": member_get}
_ACT = {"type": "http", "auth": "user", "website": True, "methods": ["POST"]}
_APPROVING = ("act", "id", "kind", "site", "amount", "currency", "delegate", "first", "last")


def _own():
    """Own membership of the administrator of the client that is looked at."""
    return client_env()["client.member"]._client_team(current_client())


def _member(member_id):
    """See ``client.member._client_team_get``."""
    return client_env()["client.member"]._client_team_get(member_id)


def _typed():
    return typed("name", "email", "role", "scope", many=("sites",))


class ClientTeam(Controller):
    """The team of a client: invite, change, suspend, remove. Every act is a form of its own."""

    @route("/my/team", methods=["GET"], **_PAGE)
    @member_page
    def client_team(self, done="", **kw):
        own = _own()
        return _render("client_portal.team", {**own._client_team_page(), "done": done}, own.client_id)

    @route("/my/team/activity", methods=["GET"], **_PAGE)
    @member_page
    def client_team_activity(self, **kw):
        own = _own()
        return _render("client_portal.team_activity", own._client_team_activity(), own.client_id)

    @route("/my/team/new", methods=["GET", "POST"], **_PAGE)
    @member_page
    def client_team_invite(self, asked="", **kw):
        own, sent, refusal = _own(), _typed(), None
        if asked and not posted():
            sent.update(own._client_asked_typed(asked))
        if posted():
            _done, refusal = attempt(own._client_team_invite, sent)
            if not refusal:
                return request.redirect("/my/team?done=invited")
        values = {"form": own._client_team_form(sent), **own._client_team_about()}
        return _render("client_portal.team_invite", values, own.client_id, refusal)

    @route("/my/team/asked/<int:request_id>/decline", **_ACT)
    @member_page
    def client_team_decline(self, request_id, **kw):
        _own()._client_asked_decline(request_id)
        return request.redirect("/my/team")

    @route("/my/team/<int:member_id>", methods=["GET", "POST"], **_PAGE)
    @member_page
    def client_team_member(self, member_id, **kw):
        member, sent, refusal = _member(member_id), _typed() if posted() else None, None
        if sent:
            _done, refusal = attempt(member._client_team_change, sent)
            if not refusal:
                return request.redirect("/my/team?done=changed")
        return _render_member("team_member", member, refusal, sent)

    @route("/my/team/<int:member_id>/approving", methods=["GET", "POST"], **_PAGE)
    @member_page
    def client_team_approving(self, member_id, **kw):
        member, sent, refusal = _member(member_id), typed(*_APPROVING) if posted() else None, None
        if sent:
            _done, refusal = attempt(member._client_team_approving, sent)
            if not refusal:
                return request.redirect(request.httprequest.path)
        values = member._client_approving_facts(sent)
        return _render("client_portal.team_approving", values, member.client_id, refusal)

    @route("/my/team/<int:member_id>/invitation", **_ACT)
    @member_page
    def client_team_resend(self, member_id, **kw):
        return _act(_member(member_id), "resend", "invited")

    @route("/my/team/<int:member_id>/suspension", methods=["GET", "POST"], **_PAGE)
    @member_page
    def client_team_suspension(self, member_id, **kw):
        member = _member(member_id)
        return _act(member, "suspend", "suspended") if posted() else _render_member("team_suspend", member)

    @route("/my/team/<int:member_id>/suspension/end", **_ACT)
    @member_page
    def client_team_resume(self, member_id, **kw):
        return _act(_member(member_id), "resume", "resumed")

    @route("/my/team/<int:member_id>/removal", methods=["GET", "POST"], **_PAGE)
    @member_page
    def client_team_removal(self, member_id, **kw):
        member = _member(member_id)
        return _act(member, "remove", "removed") if posted() else _render_member("team_remove", member)


def _act(member, act, done):
    """Do one act and go back to the team; a refusal is told on the member's page."""
    _done, refusal = attempt(getattr(member, "_client_team_%s" % act))
    if refusal:
        return _render_member("team_member", member, refusal)
    return request.redirect("/my/team?done=%s" % done)


def _render_member(template, member, refusal=None, sent=None):
    return _render("client_portal.%s" % template, member._client_team_facts(sent), member.client_id, refusal)


def _render(template, values, client, refusal=None):
    """A page of the team, about one client whatever the switcher says."""
    error = str(refusal.args[0]) if refusal else ""
    response = render(template, {**values, "error": error, "page_name": "team"}, client=client)
    response.status_code = status(refusal)
    return response
