"""*Preview as client* on real servers: two workers, no replica, so that Odoo's readonly flag protects nothing."""

import re

import pytest
from lxml import html

from tools import live_browser
from tools.live import Lane

REFUSED_POSTS = (
    "/my/orders/%(order)s/decline",
    "/my/orders/%(order)s/accept",
    "/my/client/%(client)s",
    "/mail/message/post",
    "/web/dataset/call_kw/res.partner/write",
    "/my/jobs/%(job)s",
    "/my",
    "/web/session/modules",
    "/mail/chatter_fetch",
)
LISTS = ("/my", "/my/jobs", "/my/projects", "/my/quotes", "/my/sites", "/my/updates")
CLOSED = ("/odoo", "/web", "/web/health", "/my/security", "/my/account", "/my/orders/%(order)s/pay", "/web/login")
OWN_TRACES = {"client_access", "res_device_log"}  # the journal, and Odoo's own list of staff's browsers


class Browser(live_browser.Browser):
    """A signed-in browser."""

    name = ""  # of the database

    def __init__(self, url, login):
        super().__init__(url, self.name, login)
        self.headers["User-Agent"] = "Live"

    def page(self, path):
        return self.get(self.url + path, timeout=60, allow_redirects=False)


@pytest.fixture(scope="module")
def world():
    """A server, a client with two members, an approver who waits for nobody and a job and a quote."""
    lane = Lane.from_environment()
    with lane.database("preview") as database, lane.serve(database, workers=2) as server:
        Browser.name = database.name
        admin = Browser(server.url, "admin")
        facts = build(admin)
        yield {"database": database, "url": server.url, "server": server, **facts}


def build(admin):
    def ref(name):
        module, name = name.split(".")
        domain = [["module", "=", module], ["name", "=", name]]
        return admin.call("ir.model.data", "search_read", domain, ["res_id"])[0]["res_id"]

    def make_user(login, groups):
        values = {"login": login, "password": login, "name": login.title()}
        values["group_ids"] = [[6, 0, [ref(group) for group in groups]]]
        return admin.call("res.users", "create", values, context={"no_reset_password": True})

    def make_job(name, where):
        values = {"name": name, "project_id": project, "partner_id": client, "client_site_id": where}
        return admin.call("project.task", "create", values)

    client = admin.call("res.partner", "create", {"name": "Alder Estates", "is_company": True, "is_client": True})
    values = {"name": "Alder Harbour", "parent_id": client, "type": "delivery", "is_client_site": True}
    site = admin.call("res.partner", "create", values)
    facts = {"client": client}
    for login, role, sites in (("dana", "approver", []), ("luca", "viewer", [site])):
        user = make_user(login, ["base.group_portal"])
        facts[login] = admin.call(
            "client.member",
            "create",
            {
                "user_id": user,
                "client_id": client,
                "role_id": ref(f"client_portal.client_role_{role}"),
                "all_sites": not sites,
                "site_ids": [[6, 0, sites]],
            },
        )
    make_user("vera", ["base.group_user", "client_portal.group_client_preview"])
    make_user("bob", ["base.group_user"])
    values = {"name": "Grounds", "partner_id": client, "privacy_visibility": "portal", "allow_billable": True}
    project = admin.call("project.project", "create", values)
    facts["job"], facts["whole"] = make_job("Harbour pruning", site), make_job("Whole estate survey", False)
    facts["order"] = admin.call("sale.order", "create", {"partner_id": client})
    admin.call("sale.order", "write", [facts["order"]], {"state": "sent"})
    return facts


@pytest.fixture
def staff(world):
    return Browser(world["url"], "vera")


def preview(world, staff, who):
    action = staff.call("client.member", "action_client_preview", [world[who]])
    assert action["url"] == "/my"


def state(database):
    """Every row of every table, by its version: {table: (count, checksum)}."""
    tables = database.run("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'")
    sums = "SELECT count(*), COALESCE(sum(hashtext(xmin::text || ctid::text)::bigint), 0) FROM {}"
    return {name: database.run(sums.format(f'"{name}"'))[0] for (name,) in tables if name not in OWN_TRACES}


def content(reply):
    """What a page says below its frame, the conversation aside, which a preview leaves out."""
    page = html.fromstring(reply.text)
    for talk in page.xpath("//section[@id='conversation']"):
        talk.drop_tree()
    return " ".join(page.xpath("//div[@id='wrap']")[0].text_content().split())


def test_a_preview_is_the_members_page(world, staff):
    for who in ("dana", "luca"):
        member = Browser(world["url"], who)
        preview(world, staff, who)
        for path in (*LISTS, f"/my/jobs/{world['job']}"):
            shown, real = staff.page(path), member.page(path)  # a preview leaves no "last opened"
            assert shown.status_code == real.status_code, path
            assert content(shown) == content(real), path
            assert f"You see the portal as <strong>{who.title()}</strong>" in shown.text
        for path in (f"/my/jobs/{world['whole']}", f"/my/orders/{world['order']}"):
            assert staff.page(path).status_code == member.page(path).status_code == (200 if who == "dana" else 404)
        assert ("Whole estate survey" in staff.page("/my/jobs").text) is (who == "dana")
        assert staff.post(world["url"] + "/my/preview/end", timeout=60).status_code == 200


def test_every_form_and_every_call_is_refused(world, staff):
    preview(world, staff, "dana")
    before = state(world["database"])
    page = staff.page(f"/my/orders/{world['order']}").text
    tokens = set(re.findall(r'name="csrf_token"[^>]*value="([^"]*)"', page))
    assert tokens <= {""}, "no form of a previewed page holds a key"
    for path in REFUSED_POSTS:
        reply = staff.post(world["url"] + path % world, data={"csrf_token": "x"}, timeout=60, allow_redirects=False)
        assert reply.status_code in (400, 405, 415), (path, reply.status_code)
        change = {"method": "write", "args": [[world["client"]], {"comment": "changed"}], "kwargs": {}}
        call = {"jsonrpc": "2.0", "params": {"model": "res.partner", **change}}
        answer = staff.post(world["url"] + path % world, json=call, timeout=60, allow_redirects=False)
        refused = answer.status_code >= 400 or "error" in answer.json()
        assert refused, path
    for path in CLOSED:
        assert staff.page(path % world).status_code == 403, path
    assert state(world["database"]) == before


def test_looking_writes_nothing_and_is_journalled(world, staff):
    records = (f"/my/jobs/{world['job']}", f"/my/orders/{world['order']}")
    paths = (*LISTS, *records, "/web/image/res.company/1/logo")
    count = "SELECT count(*) FROM client_access WHERE kind = 'preview' AND staff_id = %s AND member_id = %s"
    preview(world, staff, "dana")
    for path in paths:
        staff.page(path)
    before, noted = state(world["database"]), world["database"].run(count, staff.uid, world["dana"])
    for path in paths:
        assert staff.page(path).status_code == 200, path
    assert state(world["database"]) == before
    after = world["database"].run(count, staff.uid, world["dana"])
    assert after[0][0] == noted[0][0] + 2, "the job and the order"


def test_members_own_pages_are_journalled(world):
    member = Browser(world["url"], "luca")
    assert member.page(f"/my/jobs/{world['job']}").status_code == 200
    rows = world["database"].run(
        "SELECT kind, member_id, client_id, staff_id, user_agent, ip FROM client_access "
        "WHERE user_id = %s AND res_id = %s AND kind = 'open' ORDER BY id DESC LIMIT 1",
        member.uid,
        world["job"],
    )
    assert rows == [("open", world["luca"], world["client"], 0, "Live", "127.0.0.1")]


def test_a_page_that_would_write_is_refused_and_not_tried_again(world, staff):
    """The same page writes when the member opens it: without a replica the readonly flag keeps nobody."""
    admin = Browser(world["url"], "admin")
    view = admin.call("ir.ui.view", "search_read", [["key", "=", "client_portal.sites"]], ["id"])[0]["id"]
    write = "request.env.user.partner_id.sudo().write({'function': 'written %s' % request.env.user.login})"
    arch = f'<data><xpath expr="//t" position="inside"><t t-set="written" t-value="{write}"/></xpath></data>'
    trap = admin.call("ir.ui.view", "create", {"name": "trap", "type": "qweb", "inherit_id": view, "arch": arch})
    try:
        functions = "SELECT count(*) FROM res_partner WHERE function LIKE 'written %'"
        assert Browser(world["url"], "dana").page("/my/sites").status_code == 200
        assert world["database"].run(functions) == [(1,)], "the trap works"
        preview(world, staff, "luca")
        before = state(world["database"])
        log = len(world["server"].log)
        assert staff.page("/my/sites").status_code == 403
        assert state(world["database"]) == before
        assert "retrying with a read/write cursor" not in world["server"].log[log:]
        assert staff.page("/my/jobs").status_code == 200, "and the preview goes on"
    finally:
        admin.call("ir.ui.view", "unlink", [trap])


def test_it_ends_by_button_and_by_logout(world, staff):
    preview(world, staff, "dana")
    reply = staff.post(world["url"] + "/my/preview/end", timeout=60, allow_redirects=False)
    assert reply.headers["Location"].endswith(f"/odoo/client.member/{world['dana']}")
    assert "You see the portal as" not in staff.page("/my").text
    staff.call("res.users", "read", [staff.uid], ["name"])
    preview(world, staff, "dana")
    staff.page("/web/session/logout")
    assert "/web/login" in staff.page("/my").headers["Location"]


def test_it_needs_the_right_and_ends_with_it(world, staff):
    bob = Browser(world["url"], "bob")
    with pytest.raises(AssertionError, match="no right"):
        bob.call("client.member", "action_client_preview", [world["dana"]])
    dana = Browser(world["url"], "dana")
    with pytest.raises(AssertionError):
        dana.call("client.member", "action_client_preview", [world["luca"]])
    preview(world, staff, "dana")
    admin = Browser(world["url"], "admin")
    group = admin.call("ir.model.data", "search_read", [["name", "=", "group_client_preview"]], ["res_id"])[0]["res_id"]
    admin.call("res.users", "write", [staff.uid], {"group_ids": [[3, group]]})
    try:
        for _worker in range(6):
            reply = staff.page("/my")
            assert reply.status_code == 403
            assert "End preview" in reply.text
    finally:
        admin.call("res.users", "write", [staff.uid], {"group_ids": [[4, group]]})
