"""One form makes one request, however many times and on however many workers it arrives at the same moment."""

import base64
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import requests

from tools import live_browser
from tools.live import Lane

WORKERS = 3
AT_ONCE = 6
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser(live_browser.Browser):
    """Somebody who asks for something."""

    def form(self, kind):
        """What a browser would send of a form just opened."""
        page = self.get(f"{self.url}/my/requests/new/{kind}", timeout=60)
        assert page.status_code == 200, page.text[:500]
        words = {"title": "Loose railing", "text": "The third panel.", "only": "all", "urgency": "normal"}
        return {**words, "csrf_token": TOKEN.search(page.text)[1], "key": uuid.uuid4().hex}

    def send_form(self, kind, form, start=None):
        """The form over a connection of its own, so that any worker may take it: (status, where it leads)."""
        if start:
            start.wait(30)
        answer = requests.post(
            f"{self.url}/my/requests/new/{kind}",
            data=form,
            files=[("files", (f"{name}.png", PNG)) for name in ("one", "two")],
            cookies=self.cookies,
            headers={"Connection": "close"},
            allow_redirects=False,
            timeout=120,
        )
        return answer.status_code, answer.headers.get("Location", "")


@pytest.fixture(scope="module")
def world():
    lane = Lane.from_environment()
    with lane.database("requests") as database, lane.serve(database, workers=WORKERS) as server:
        admin = Browser(server.url, database.name, "admin")
        yield {"server": server, "database": database, **records(admin, server.url, database.name)}


def records(admin, url, database):
    company = admin.call("res.users", "read", [admin.uid], ["company_id"])[0]["company_id"][0]
    client = admin.call(
        "res.partner",
        "create",
        {"name": "Alder", "is_company": True, "is_client": True, "client_company_ids": [[6, 0, [company]]]},
    )
    project = admin.call("project.project", "create", {"name": "Desk", "allow_billable": True, "company_id": company})
    values = {"name": "Repair", "project_id": project, "ask_site": "optional"}
    kind = admin.call("client.request.type", "create", values)
    contact = admin.call("res.partner", "create", {"name": "Ann", "parent_id": client, "email": "ann@example.com"})
    portal = [[6, 0, [admin.ref("base.group_portal")]]]
    values = {"login": "ann", "password": "ann", "partner_id": contact, "group_ids": portal}
    user = admin.call("res.users", "create", values, context={"no_reset_password": True})
    role = admin.ref("client_portal.client_role_requester")
    admin.call("client.member", "create", {"user_id": user, "client_id": client, "role_id": role})
    return {"kind": kind, "ann": Browser(url, database, "ann"), "project": project}


def requests_made(world):
    query = "SELECT id, client_request_number FROM project_task WHERE client_request_number IS NOT NULL ORDER BY id"
    return world["database"].run(query)


def at_once(world, forms):
    """All forms at the same moment: their answers."""
    start = Barrier(len(forms))
    with ThreadPoolExecutor(len(forms)) as pool:
        sent = [pool.submit(world["ann"].send_form, world["kind"], form, start) for form in forms]
        return [answer.result() for answer in sent]


def test_a_double_click_is_one_request(world):
    before = requests_made(world)
    form = world["ann"].form(world["kind"])
    answers = at_once(world, [form] * AT_ONCE)
    made = requests_made(world)[len(before) :]
    assert len(made) == 1, answers
    assert {status for status, _where in answers} == {303}
    assert len({where for _status, where in answers}) == 1
    assert answers[0][1].endswith(f"/my/requests/{made[0][0]}/received")
    page = world["ann"].get(world["server"].url + f"/my/requests/{made[0][0]}/received", timeout=60)
    assert made[0][1] in page.text
    query = "SELECT count(*) FROM ir_attachment WHERE res_model = 'project.task' AND res_id = %s"
    assert world["database"].run(query, made[0][0])[0][0] == 2, "its files went along once"
    said = "SELECT count(*) FROM mail_message WHERE model = 'project.task' AND res_id = %s AND message_type = 'comment'"
    assert world["database"].run(said, made[0][0])[0][0] == 1
    assert world["ann"].send_form(world["kind"], form) == answers[0], "resent later, too"


def test_forms_of_their_own_are_requests_of_their_own(world):
    before = requests_made(world)
    forms = [world["ann"].form(world["kind"]) for _form in range(3)]
    answers = at_once(world, forms)
    made = requests_made(world)[len(before) :]
    assert {status for status, _where in answers} == {303}, answers
    assert len(made) == len({where for _status, where in answers}) == 3
    assert len({number for _id, number in made}) == 3


def test_sent_again_after_a_crash(world):
    """The server dies half-way through a form: nothing of it stays, and sending it again makes one request."""
    before = requests_made(world)
    form = world["ann"].form(world["kind"])
    held = world["database"].connect()
    held.autocommit = False
    held.cursor().execute("LOCK TABLE client_update IN EXCLUSIVE MODE")  # the task is there, its update is not
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(world["ann"].send_form, world["kind"], form)
        assert any(waits_for_lock(world) for _look in range(3000))
        world["server"].kill()
        assert isinstance(sent.exception(60), requests.RequestException)
    held.close()
    assert requests_made(world) == before
    world["server"].start()
    status, where = world["ann"].send_form(world["kind"], form)
    made = requests_made(world)[len(before) :]
    assert (status, len(made)) == (303, 1)
    assert where.endswith(f"/my/requests/{made[0][0]}/received")


def waits_for_lock(world):
    """Whether some transaction waits for the table that is held; gives it a moment."""
    query = "SELECT count(*), pg_sleep(0.02) FROM pg_locks WHERE NOT granted"
    return bool(world["database"].run(query)[0][0])
