"""Two members, two tabs, a retry, a change at the same moment, a crash: what counts is decided once.

Real requests against several workers of one server. After every story the chain of decisions is walked.
"""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event

import pytest
import requests

from tools import live_browser
from tools.live import Lane

WORKERS = 3
ROUNDS = 3
HIDDEN = re.compile(r'name="(shown|request|csrf_token)" value="([^"]*)"')


class Browser(live_browser.Browser):
    """Somebody who answers."""

    def __init__(self, world, login):
        super().__init__(world["url"], world["database"].name, login)
        self.world = world

    def form(self, approval):
        """The hidden values of one showing of the form."""
        page = self.get(f"{self.world['url']}/my/approvals/{approval}", timeout=60)
        return dict(HIDDEN.findall(page.text))

    def decide(self, approval, form, verdict):
        """Answer; the status of the reply, 0 where the server went away.

        Over a connection of its own, so that any worker may take it.
        """
        try:
            reply = requests.post(
                f"{self.world['url']}/my/approvals/{approval}",
                data={**form, "verdict": verdict, "consent": "1", "comment": "Because"},
                cookies=self.cookies,
                headers={"Connection": "close"},
                allow_redirects=False,
                timeout=60,
            )
        except requests.RequestException:
            return 0
        return reply.status_code


@pytest.fixture(scope="module")
def world():
    lane = Lane.from_environment()
    with lane.database("race") as database, lane.serve(database, workers=WORKERS) as server:
        facts = {"database": database, "url": server.url, "server": server}
        facts["admin"] = admin = Browser(facts, "admin")
        admin.call("ir.config_parameter", "set_param", "client_portal.answers_per_minute", "10000")
        facts["client"] = admin.call("res.partner", "create", {"name": "Alder", "is_company": True, "is_client": True})
        facts["product"] = admin.call("product.product", "create", {"name": "Hedge", "type": "service", "taxes_id": []})
        for name in ("ann", "bea"):
            member(admin, facts["client"], name)
            facts[name] = Browser(facts, name)
        yield facts


def member(admin, client, name):
    contact = {"name": name.title(), "parent_id": client, "email": f"{name}@example.com"}
    values = {
        "login": name,
        "password": name,
        "partner_id": admin.call("res.partner", "create", contact),
        "group_ids": [[6, 0, [admin.ref("base.group_portal")]]],
    }
    user = admin.call("res.users", "create", values, context={"no_reset_password": True})
    role = admin.ref("client_portal.client_role_approver")
    admin.call("client.member", "create", {"user_id": user, "client_id": client, "role_id": role, "all_sites": True})


def quote(world):
    """A sent quote of 100 and what the client was asked: (order, approval)."""
    admin = world["admin"]
    line = {"product_id": world["product"], "name": "Cut the hedge", "product_uom_qty": 1, "price_unit": 100}
    values = {"partner_id": world["client"], "require_signature": False, "require_payment": False}
    order = admin.call("sale.order", "create", {**values, "order_line": [[0, 0, line]]})
    admin.call("sale.order", "action_quotation_sent", [order])
    return order, admin.call("sale.order", "read", [order], ["client_approval_id"])[0]["client_approval_id"][0]


def at_once(*acts):
    """Do things in the same moment; what they gave, in order."""
    barrier = Barrier(len(acts))

    def act(what):
        barrier.wait()
        return what()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def rows(world, approval):
    return world["database"].run(
        "SELECT verdict, login FROM client_decision WHERE approval_id = %s ORDER BY id", approval
    )


def states(world, order, approval):
    found = world["database"].run(
        "SELECT o.state, a.state FROM sale_order o, client_approval a WHERE o.id = %s AND a.id = %s", order, approval
    )
    return found[0]


def check_chain(world):
    """Every chain is whole, and nothing is half done: a decision and its effect stand together."""
    admin = world["admin"]
    ledgers = admin.call("client.ledger", "search", [])
    admin.call("client.ledger", "action_client_verify", ledgers)
    for ledger in admin.call("client.ledger", "read", ledgers, ["sound", "verdict"]):
        assert ledger["sound"], ledger["verdict"]
    half = world["database"].run(
        """
        SELECT a.id, a.state, o.state, count(d.id)
          FROM client_approval a JOIN sale_order o ON o.id = a.res_id
          LEFT JOIN client_decision d ON d.approval_id = a.id
         WHERE o.client_approval_id = a.id AND a.previous_id IS NULL
         GROUP BY a.id, o.id
        HAVING (a.state = 'pending') <> (count(d.id) = 0) OR (a.state = 'approved') <> (o.state = 'sale')
        """
    )
    assert not half, half


EFFECTS = {"approve": ("sale", "approved"), "decline": ("cancel", "declined"), "changes": ("sent", "changes")}


@pytest.mark.parametrize("other", ["approve", "decline", "changes"])
def test_two_members_at_once(world, other):
    for _round in range(ROUNDS):
        order, approval = quote(world)
        ann, bea = world["ann"].form(approval), world["bea"].form(approval)
        replies = at_once(
            partial(world["ann"].decide, approval, ann, "approve"), partial(world["bea"].decide, approval, bea, other)
        )
        assert sorted(replies) == [303, 409], replies
        (verdict, login), *more = rows(world, approval)
        assert not more
        assert login == ("ann", "bea")[replies.index(303)]
        assert states(world, order, approval) == EFFECTS[verdict]
    check_chain(world)


def test_two_tabs_at_once(world):
    for _round in range(ROUNDS):
        order, approval = quote(world)
        tabs = [world["ann"].form(approval) for _tab in range(3)]
        replies = at_once(*[partial(world["ann"].decide, approval, tab, "approve") for tab in tabs])
        assert sorted(replies) == [303, 409, 409], replies
        assert rows(world, approval) == [("approve", "ann")]
        assert states(world, order, approval) == ("sale", "approved")
    check_chain(world)


def test_the_same_request_again(world):
    """After a time-out browsers and proxies send again: the first answer is given again."""
    for _round in range(ROUNDS):
        _order, approval = quote(world)
        form = world["ann"].form(approval)
        replies = at_once(*[partial(world["ann"].decide, approval, form, "approve")] * 3)
        assert replies == [303] * 3, replies
        assert rows(world, approval) == [("approve", "ann")]
    check_chain(world)


def test_many_quotes_at_once_make_one_chain(world):
    asked = [quote(world)[1] for _number in range(6)]
    forms = [(world[name].form(approval), approval, world[name]) for approval in asked for name in ("ann", "bea")]
    replies = at_once(*[partial(browser.decide, approval, form, "approve") for form, approval, browser in forms])
    assert sorted(replies) == [303] * 6 + [409] * 6, replies
    check_chain(world)


def test_a_change_at_the_same_moment(world):
    """Either the old price was approved and is stale now, or nothing was approved."""
    admin = world["admin"]
    for _round in range(ROUNDS):
        order, approval = quote(world)
        line = admin.call("sale.order", "read", [order], ["order_line"])[0]["order_line"][0]
        form = world["ann"].form(approval)
        write = partial(admin.call, "sale.order.line", "write", [line], {"price_unit": 120})
        reply, _done = at_once(partial(world["ann"].decide, approval, form, "approve"), write)
        found = world["database"].run("SELECT snapshot FROM client_decision WHERE approval_id = %s", approval)
        state = states(world, order, approval)[1]
        if reply == 303:
            assert '"total":"100.00"' in found[0][0]
            assert state == "stale"
        else:
            assert (reply, state, found) == (409, "pending", [])
    check_chain(world)


def test_killed_in_the_middle(world):
    """Whatever was not answered was not done; whatever was answered was done whole."""
    asked = [quote(world) for _number in range(8)]
    forms = [world["ann"].form(approval) for _order, approval in asked]
    first = Event()

    def send(number):
        status = world["ann"].decide(asked[number][1], forms[number], "approve")
        first.set()
        return status

    with ThreadPoolExecutor(len(asked)) as pool:
        replies = pool.map(send, range(len(asked)))
        first.wait(60)  # others are in the middle of theirs by now
        world["server"].kill()
        replies = list(replies)
    world["server"].start()
    for (order, approval), reply in zip(asked, replies, strict=True):
        state, found = states(world, order, approval), rows(world, approval)
        assert (state, found) in ((("sale", "approved"), [("approve", "ann")]), (("sent", "pending"), [])), reply
        assert reply != 303 or state == ("sale", "approved")
    assert 0 in replies, "nobody was in the middle"
    world["admin"], world["ann"] = Browser(world, "admin"), Browser(world, "ann")
    check_chain(world)
    for _order, approval in asked:
        if not rows(world, approval):
            assert world["ann"].decide(approval, world["ann"].form(approval), "approve") == 303
    check_chain(world)


def test_the_command_walks_the_chains(world):
    """The command as an operator runs it, beside the server: its lines and its exit code."""
    ann, config, database = Browser(world, "ann"), world["server"].config, world["database"]
    for _number in range(2):
        approval = quote(world)[1]
        assert ann.decide(approval, ann.form(approval), "approve") == 303
    addons = next(line for line in config.conf.read_text().splitlines() if line.startswith("addons_path"))
    path = f"--addons-path={addons.partition('=')[2].strip()}"
    command = config.command(path, "client_verify", "-c", config.conf, "-d", database.name)

    def verify():
        done = subprocess.run(
            [*map(str, command)], env=config.environment(), capture_output=True, text=True, timeout=120, check=False
        )
        return done.returncode, done.stdout + done.stderr

    code, said = verify()
    assert (code, "all as they were made" in said) == (0, True), said
    database.run("ALTER TABLE client_decision DISABLE TRIGGER USER")
    database.run("UPDATE client_decision SET login = 'x' WHERE position = 2")
    database.run("ALTER TABLE client_decision ENABLE TRIGGER USER")
    code, said = verify()
    assert (code, "First bad row: decision 2" in said) == (1, True), said
