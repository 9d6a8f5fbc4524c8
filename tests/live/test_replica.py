"""With a replica that is an hour late: pages come from it, but not where that would show what was taken away."""

import re

import pytest

from tools.live import Lane
from tools.live_browser import Browser


@pytest.fixture(scope="module")
def world():
    lane = Lane.from_environment()
    if lane.server.prefix:
        pytest.skip("allowed: a replica of a server that is not the tests' own is not made")
    with lane.database("replica") as database:
        with lane.serve(database) as server:
            facts = records(Browser(server.url, database.name, "admin"))
        with (
            lane.replica("1h") as replica,
            lane.serve(database, db_replica_host=replica.host, db_replica_port=replica.port) as server,
        ):
            people = {login: Browser(server.url, database.name, login) for login in ("admin", "ann", "bea")}
            yield {**facts, **people, "url": server.url}


def records(admin):
    admin.call("ir.config_parameter", "set_param", "web.base.url.freeze", "True")  # else the next sign-in changes it
    make = lambda model, **values: admin.call(model, "create", values)
    client = make("res.partner", name="Alder", is_company=True, is_client=True)
    site = make("res.partner", name="Hill", parent_id=client, type="delivery", is_client_site=True)
    project = make("project.project", name="Grounds", partner_id=client, privacy_visibility="portal")
    job = make("project.task", name="Pruning", project_id=project, partner_id=client, client_site_id=site)
    members = {}
    for login, role in (("ann", "viewer"), ("bea", "requester")):
        contact = make("res.partner", name=login.title(), parent_id=client, email=f"{login}@example.com")
        values = {"login": login, "password": login, "partner_id": contact}
        groups = {"group_ids": [[6, 0, [admin.ref("base.group_portal")]]]}
        user = admin.call("res.users", "create", {**values, **groups}, context={"no_reset_password": True})
        role = admin.ref(f"client_portal.client_role_{role}")
        members[login] = make("client.member", user_id=user, client_id=client, role_id=role)
    return {"job": job, "site": site, "members": members}


def test_pages_come_from_the_replica(world):
    """Without this the others would prove nothing."""
    world["admin"].call("project.task", "write", [world["job"]], {"client_name": "Felling"})
    page = world["bea"].get(f"{world['url']}/my/jobs/{world['job']}")
    assert "Pruning" in page.text and "Felling" not in page.text


def test_what_was_taken_away_is_gone(world):
    job = f"{world['url']}/my/jobs/{world['job']}"
    assert world["ann"].get(job).status_code == 200
    role = world["admin"].ref("client_portal.client_role_billing")
    world["admin"].call("client.member", "write", [world["members"]["ann"]], {"role_id": role})
    for _again in range(3):
        assert world["ann"].get(job).status_code == 404
    reading = {"model": "project.task", "method": "search_count", "args": [[]], "kwargs": {}}
    assert world["ann"].rpc("/web/dataset/call_kw", **reading)["result"] == 0


def test_who_acted_sees_it(world):
    bea, site = world["bea"], f"{world['url']}/my/sites/{world['site']}"
    token = re.search(r'name="csrf_token" value="([^"]+)"', bea.get(f"{site}/correction").text)[1]
    sent = bea.post(f"{site}/correction", data={"csrf_token": token, "street": "12 Hill Road"}, allow_redirects=False)
    assert sent.status_code == 303
    assert "12 Hill Road" in bea.get(site).text
