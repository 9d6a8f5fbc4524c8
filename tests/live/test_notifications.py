"""Mails about updates, with the server killed in the middle of it: nobody misses one, nobody gets two.

The job and Odoo's mail queue are run as the scheduler runs them, on a real server with a real mail server behind it.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Event

import pytest
import requests

from tools import live_browser
from tools.live import Lane
from tools.mailbox import Mailbox

MEMBERS = 16
JOBS = 6
KILLS = 2
JOB = "client_portal.client_notification_cron"
QUEUE = "mail.ir_cron_mail_scheduler_action"


def until(there, running):
    """Wait until something is there, or what makes it has ended."""
    pause = Event()
    while not there() and not running.done():
        pause.wait(0.02)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    lane = Lane.from_environment()
    with Mailbox(tmp_path_factory.mktemp("mails")) as mailbox, lane.database("notifications") as database:
        options = dict(mailbox.options)
        with lane.serve(database, workers=2, **options) as server:
            facts = {"database": database, "server": server, "mailbox": mailbox}
            admin = sign_in(facts)
            admin.call("ir.config_parameter", "set_param", "client_portal.notification_minutes", "0")
            facts.update(records(admin))
            yield facts


def sign_in(world):
    world["admin"] = live_browser.Browser(world["server"].url, world["database"].name, "admin")
    return world["admin"]


def records(admin):
    """A client with many members who want to hear at once, and a project."""
    client = admin.call("res.partner", "create", {"name": "Alder", "is_company": True, "is_client": True})
    portal = admin.ref("base.group_portal")
    people = [
        {"name": f"Person {n}", "login": f"p{n}", "email": f"p{n}@example.com", "group_ids": [[6, 0, [portal]]]}
        for n in range(MEMBERS)
    ]
    users = admin.call("res.users", "create", people, context={"no_reset_password": True})
    role = admin.ref("client_portal.client_role_viewer")
    quiet = {"quiet_from": 0, "quiet_until": 0, "notify_progress": "now"}
    member = {"client_id": client, "role_id": role, "all_sites": True, **quiet}
    admin.call("client.member", "create", [{**member, "user_id": user} for user in users])
    values = {"name": "Garden", "partner_id": client, "privacy_visibility": "portal", "allow_billable": True}
    project = admin.call("project.project", "create", values)
    return {"client": client, "project": project}


def happen(world, name):
    """Something a client may know, in a transaction of its own; the name of the job."""
    values = {"name": name, "project_id": world["project"], "partner_id": world["client"], "client_publish": "yes"}
    with suppress(requests.RequestException, KeyError):  # the server may be gone
        world["admin"].call("project.task", "create", values)
    return name


def run(world, xmlid):
    with suppress(requests.RequestException, KeyError, AssertionError, ValueError):  # gone, or another runs it now
        world["admin"].call("ir.cron", "method_direct_trigger", [world["admin"].ref(xmlid)])


def finish(world):
    """The server is up, and everything there is to do is done."""
    sign_in(world)
    for _turn in range(20):
        run(world, JOB)
        run(world, QUEUE)
        if not left(world):
            return
    pytest.fail(f"still to do: {left(world)}")


def left(world):
    return world["database"].run(
        """
        SELECT 'update', id FROM client_notification_queue
         UNION ALL SELECT state, id FROM client_notification WHERE state IN ('waiting', 'queued')
         UNION ALL SELECT 'mail', id FROM mail_mail WHERE state = 'outgoing'
        """
    )


def check(world, kind="job_published"):
    """Each member was told of each published job, in one mail that arrived; one taken twice is the same mail."""
    updates = world["database"].run(
        "SELECT u.id, t.client_name FROM client_update u JOIN project_task t ON t.id = u.res_id"
        " WHERE u.kind = %s AND u.res_model = 'project.task'",
        kind,
    )
    told = world["database"].run("SELECT update_id, email, state, message_id FROM client_notification")
    for update, name in updates:
        rows = [row for row in told if row[0] == update]
        assert sorted(row[1] for row in rows) == sorted(f"p{n}@example.com" for n in range(MEMBERS)), name
        assert {row[2] for row in rows} == {"sent"}, name
    arrived = {}
    for mail in world["mailbox"].messages():
        arrived.setdefault(re.search(r"p\d+@example.com", mail["To"])[0], set()).add(mail["Message-Id"])
    for number in range(MEMBERS):
        email = f"p{number}@example.com"
        assert {row[3] for row in told if row[1] == email} == arrived[email]


def test_killed_while_mails_are_made_and_sent(world):
    before = [happen(world, f"Alpha{n}x") for n in range(JOBS)]
    assert len(before) == JOBS
    for xmlid in (JOB, QUEUE, QUEUE):
        seen = len(world["mailbox"].messages())
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(run, world, xmlid)
            until(partial(in_the_middle, world, xmlid, seen), running)
            world["server"].kill()
            running.result()
        world["server"].start()
        sign_in(world)
    finish(world)
    check(world)


def in_the_middle(world, xmlid, seen):
    """Whether the job has made some mails and not all, or some have arrived."""
    if xmlid == JOB:
        return bool(world["database"].run("SELECT 1 FROM client_notification WHERE state = 'queued' LIMIT 1"))
    return len(world["mailbox"].messages()) > seen


def test_killed_while_things_happen(world):
    """What was committed is told, what was not did not happen."""
    for turn in range(KILLS):
        names = [f"Beta{turn}y{n}x" for n in range(JOBS)]
        with ThreadPoolExecutor(JOBS + 1) as pool:
            acts = [pool.submit(happen, world, name) for name in names]
            acts.append(pool.submit(run, world, JOB))
            acts[0].result()
            world["server"].kill()
            for act in acts:
                act.result()
        world["server"].start()
        sign_in(world)
    finish(world)
    check(world)


def test_two_jobs_at_once_and_late_commits(world):
    """Updates whose transactions end after later ones, while the job runs on two workers."""
    names = [f"Gamma{n}x" for n in range(2 * JOBS)]
    with ThreadPoolExecutor(6) as pool:
        acts = [pool.submit(partial(happen, world), name) for name in names]
        acts += [pool.submit(run, world, xmlid) for xmlid in (JOB, JOB, QUEUE, JOB)]
        for act in acts:
            act.result()
    finish(world)
    found = world["database"].run("SELECT count(*) FROM project_task WHERE name LIKE 'Gamma%%'")
    assert found == [(2 * JOBS,)]
    check(world)
