"""What staff or a client's administrator change counts on the very next request, on every worker of a real server.

Each story warms all workers' caches first, changes one thing through one worker, and asks all of them again.
"""

import itertools
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tools import live_browser
from tools.live import Lane

WORKERS = 3
LINE = re.compile(r"^\S+ \S+ (\d+) .*[?&]hit=(\d+) ")
HITS = itertools.count(1)
LOGIN = "/web/login"

# story: (member's login, page, answer before, answer after)
STORIES = {
    "member_changes_role": ("ann", "/my/jobs", 200, 404),
    "role_loses_a_capability": ("bea", "/my/quotes", 200, 404),
    "member_gets_another_site": ("cid", "/my/jobs/{other_job}", 404, 200),
    "member_loses_a_site": ("cid", "/my/jobs/{job}", 200, 404),
    "job_is_unpublished": ("dee", "/my/jobs/{job}", 200, 404),
    "colleague_becomes_a_member": ("eve", "/my/jobs", 403, 200),
    "member_is_suspended": ("fay", "/my/jobs", 200, LOGIN),
    "member_is_removed": ("gus", "/my/jobs", 200, LOGIN),
    "member_of_two_loses_one": ("hal", "/my/jobs/{job}", 200, 404),
    "administrator_removes_a_member": ("ida", "/my/jobs", 200, LOGIN),
    "client_is_one_no_longer": ("jon", "/my/jobs", 200, LOGIN),
}
ROLES = {"bea": "approver", "ann": "viewer", "boss": "administrator"}


class Browser(live_browser.Browser):
    """Somebody who keeps asking."""

    def __init__(self, world, login):
        super().__init__(world["url"], world["database"], login)
        self.world = world

    def ask(self, path):
        """One page over a connection of its own, so that any worker may take it: (hit, answer)."""
        hit = next(HITS)
        answer = requests.get(
            f"{self.world['url']}{path}?hit={hit}",
            cookies=self.cookies,
            headers={"Connection": "close"},
            timeout=60,
            allow_redirects=False,
        )
        where = answer.headers.get("Location", "")
        return hit, LOGIN if LOGIN in where else answer.status_code

    def ask_everybody(self, path):
        """The page's answers, once every worker has given at least one: {answer: workers}."""
        answers = {}
        with ThreadPoolExecutor(WORKERS * 2) as pool:
            for _round in range(40):
                answers.update(pool.map(lambda _n: self.ask(path), range(WORKERS * 2)))
                lines = map(LINE.match, self.world["server"].log.splitlines())
                workers = {int(line[2]): line[1] for line in lines if line}
                served = {workers.get(hit) for hit in answers} - {None}
                if len(served) == WORKERS:
                    found = {}
                    for hit, answer in answers.items():
                        found.setdefault(answer, set()).add(workers.get(hit))
                    return found
        raise AssertionError(f"only {served} of {WORKERS} workers answered")


@pytest.fixture(scope="module")
def world():
    lane = Lane.from_environment()
    with lane.database("revocation") as database, lane.serve(database, workers=WORKERS) as server:
        facts = {"database": database.name, "url": server.url, "server": server}
        facts["admin"] = admin = Browser(facts, "admin")
        facts.update(records(admin))
        facts["members"] = {
            name: member(admin, facts, name) for name in ("boss", *{row[0] for row in STORIES.values()})
        }
        yield facts


def records(admin):
    admin.call("res.users", "write", [admin.uid], {"group_ids": [[4, admin.ref("project.group_project_stages")]]})
    partner = lambda **values: admin.call("res.partner", "create", values)
    client, last = (partner(name=name, is_company=True, is_client=True) for name in ("Alder", "Birch"))
    site, other = (
        partner(name=name, parent_id=client, type="delivery", is_client_site=True) for name in ("Hill", "Pier")
    )
    project = admin.call(
        "project.project", "create", {"name": "Grounds", "partner_id": client, "privacy_visibility": "portal"}
    )
    jobs = [
        admin.call(
            "project.task",
            "create",
            {"name": name, "project_id": project, "partner_id": client, "client_site_id": where},
        )
        for name, where in (("Pruning", site), ("Mowing", other))
    ]
    return {"client": client, "last": last, "site": site, "other": other, "job": jobs[0], "other_job": jobs[1]}


def member(admin, facts, name):
    """A login and its membership; none yet for the colleague."""
    client = facts["last" if name == "jon" else "client"]
    contact = admin.call(
        "res.partner", "create", {"name": name.title(), "parent_id": client, "email": f"{name}@example.com"}
    )
    values = {
        "login": name,
        "password": name,
        "partner_id": contact,
        "group_ids": [[6, 0, [admin.ref("base.group_portal")]]],
    }
    user = admin.call("res.users", "create", values, context={"no_reset_password": True})
    if name == "eve":
        return user
    return join(admin, facts, user, client, ROLES.get(name, "viewer"), [facts["site"]] if name == "cid" else [])


def join(admin, facts, user, client, role, sites=()):
    values = {"user_id": user, "client_id": client, "role_id": admin.ref(f"client_portal.client_role_{role}")}
    return admin.call("client.member", "create", {**values, "all_sites": not sites, "site_ids": [[6, 0, list(sites)]]})


def change(world, story, who):
    """Make the story's change, as staff or, once, as the client's administrator would."""
    admin, mine = world["admin"], world["members"].get(who)
    role = lambda name: admin.ref(f"client_portal.client_role_{name}")
    write = lambda model, record, **values: admin.call(model, "write", [record], values)
    changes = {
        "member_changes_role": lambda: write("client.member", mine, role_id=role("billing")),
        "role_loses_a_capability": lambda: write("client.role", role("approver"), can_see_quotes=False),
        "member_gets_another_site": lambda: write("client.member", mine, site_ids=[[4, world["other"]]]),
        "member_loses_a_site": lambda: write("client.member", mine, site_ids=[[3, world["site"]]]),
        "job_is_unpublished": lambda: admin.call("project.task", "action_client_unpublish", [world["job"]]),
        "colleague_becomes_a_member": lambda: join(admin, world, mine, world["client"], "viewer"),
        "member_is_suspended": lambda: admin.call("client.member", "action_client_suspend", [mine]),
        "member_is_removed": lambda: admin.call("client.member", "action_client_remove", [mine]),
        "member_of_two_loses_one": lambda: admin.call("client.member", "action_client_remove", [mine]),
        "administrator_removes_a_member": lambda: remove_as_administrator(world, mine),
        "client_is_one_no_longer": lambda: write("res.partner", world["last"], is_client=False),
    }
    changes[story]()


def remove_as_administrator(world, mine):
    boss = Browser(world, "boss")
    page = f"{world['url']}/my/team/{mine}/removal"
    token = re.search(r'name="csrf_token" value="([^"]+)"', boss.get(page, timeout=60).text)[1]
    assert boss.post(page, data={"csrf_token": token}, timeout=60, allow_redirects=False).status_code == 303


@pytest.mark.parametrize("story", STORIES)
def test_counts_on_every_worker(world, story):
    who, path, before, after = STORIES[story]
    if story == "member_of_two_loses_one":
        user = world["admin"].call("client.member", "read", [world["members"][who]], ["user_id"])[0]["user_id"][0]
        join(world["admin"], world, user, world["last"], "viewer")
    world["admin"].call("project.task", "action_client_publish", [world["job"]])  # another story hides it
    path = path.format(**world)
    browser = Browser(world, who)
    assert set(browser.ask_everybody(path)) == {before}
    change(world, story, who)
    assert set(browser.ask_everybody(path)) == {after}
    if after == LOGIN:
        answer = browser.rpc("/web/dataset/call_kw", model="project.task", method="search_count", args=[[]], kwargs={})
        assert answer["error"]["code"] == 100, "session expired"
