"""Documents against real servers: versions handed in at once, storage that fails; the module goes, the ledger stays."""

import base64
import os
import re
import resource
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
import requests

from tools import live_browser
from tools.live import Lane

AT_ONCE = 4
ROOM = 150_000  # bytes that a file may grow to while the disk is full
HIDDEN = re.compile(r'name="(shown|request|csrf_token)" value="([^"]*)"')
MODULE = "client_portal_docs"


class Browser(live_browser.Browser):
    def __init__(self, world, login):
        super().__init__(world["url"], world["database"].name, login)
        self.url = world["url"]

    def answer(self, approval):
        """Say yes as the page does; the status of the reply."""
        address = f"{self.url}/my/approvals/{approval}"
        form = dict(HIDDEN.findall(self.get(address, timeout=60).text))
        form |= {"verdict": "approve", "consent": "1"}
        return self.post(address, data=form, allow_redirects=False, timeout=60).status_code

    def page(self, path):
        return self.get(f"{self.url}{path}", timeout=120)

    def hand(self, path, name, content, field="files", **values):
        """A file as a page sends it."""
        token = self.page("/my/documents").text.partition('csrf_token: "')[2].partition('"')[0]
        files = {field: (name, content, "application/octet-stream")}
        return self.post(f"{self.url}{path}", data={"csrf_token": token, **values}, files=files, timeout=60)


@pytest.fixture(scope="module")
def world():
    lane = Lane.from_environment()
    with lane.database("documents") as database, lane.serve(database, workers=2) as server:
        facts = {"database": database, "url": server.url, "server": server}
        facts["admin"] = admin = Browser(facts, "admin")
        facts["client"] = admin.call("res.partner", "create", {"name": "Alder", "is_company": True, "is_client": True})
        member(admin, facts["client"], "ann")
        facts["ann"] = Browser(facts, "ann")
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
    values = {"user_id": user, "client_id": client, "role_id": role, "all_sites": True}
    return admin.call("client.member", "create", values)


def document(world, name, **values):
    values = {"name": name, "client_id": world["client"], **values}
    made = world["admin"].call("client.document", "create", values)
    hand_in(world["admin"], made, "first.txt", f"The first words of {name}")
    world["admin"].call("client.document", "action_client_publish", [made])
    return made


def hand_in(browser, document_id, name, words):
    file = base64.b64encode(words.encode()).decode()
    browser.call("client.document", "write", [document_id], {"file_name": name, "file": file})


def test_versions_at_once(world):
    """Whoever comes second at the same moment gets the next number; nobody's file is lost."""
    made = document(world, "Plan")
    staff = [Browser(world, "admin") for _one in range(AT_ONCE)]
    barrier = Barrier(AT_ONCE)

    def act(number):
        barrier.wait()
        hand_in(staff[number], made, f"plan {number}.txt", f"words {number}")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(act, range(AT_ONCE)))
    rows = world["database"].run(
        "SELECT number, name, sha256 FROM client_document_version WHERE document_id = %s ORDER BY number", made
    )
    assert [number for number, _name, _sha in rows] == list(range(1, AT_ONCE + 2))
    assert {name for _number, name, _sha in rows[1:]} == {f"plan {number}.txt" for number in range(AT_ONCE)}
    assert len({sha for _number, _name, sha in rows}) == AT_ONCE + 1


def test_shared_by_clicks_at_once(world):
    """Colleagues who click *Share with client* on one file at the same moment share one document of one version."""
    admin = world["admin"]
    project = admin.call("project.project", "create", {"name": "Yard", "partner_id": world["client"]})
    file = {"name": "Map.txt", "raw": "bWFw", "res_model": "project.project", "res_id": project}
    made = admin.call("ir.attachment", "create", file)
    staff = [Browser(world, "admin") for _one in range(AT_ONCE)]
    barrier = Barrier(AT_ONCE)

    def click(browser):
        barrier.wait()
        return browser.call("project.project", "action_client_share_file", [project], made)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(click, staff))
    assert len({(answer["document"], answer["version"]) for answer in answers}) == 1
    assert [answer["fresh"] for answer in answers].count(True) == 1
    rows = world["database"].run("SELECT state, number FROM client_document_version WHERE name = 'Map.txt'")
    assert rows == [("published", 1)]


def test_a_file_asked_for_is_sent_twice_at_once(world):
    """Two members answer at the same moment: both files are kept, and staff hear of each."""
    admin = world["admin"]
    other = member(admin, world["client"], "bob")
    asked = admin.call("client.file.request", "create", {"name": "Load plate", "client_id": world["client"]})
    admin.call("client.file.request", "action_ask", [asked])
    path, barrier = f"/my/documents/asked/{asked}", Barrier(2)

    def send(name):
        browser = Browser(world, name)
        browser.page(path)
        barrier.wait()
        return browser.hand(path, f"{name}.txt", f"The words of {name}", note=f"From {name}")

    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(send, ("ann", "bob")))
    assert [(reply.status_code, "Thank you!" in reply.text) for reply in replies] == [(200, True)] * 2
    rows = world["database"].run(
        "SELECT v.name, v.number, v.size FROM client_document d JOIN client_document_version v ON v.document_id = d.id"
        " WHERE d.file_request_id = %s ORDER BY v.name",
        asked,
    )
    assert rows == [(f"{name}.txt", 1, len(f"The words of {name}")) for name in ("ann", "bob")]
    about = admin.call("client.document", "search", [["file_request_id", "=", asked]])
    told = admin.call("mail.activity", "search_read", [["res_model", "=", "client.document"], ["res_id", "in", about]])
    assert len(told) == 2
    assert admin.call("client.file.request", "read", [asked], ["state"])[0]["state"] == "received"
    admin.call("client.member", "write", [other], {"suspended": True})


@contextmanager
def full_disk(server):
    """No file of the server's processes grows beyond ``ROOM``: writing stops half way."""
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in server.pids}
    for pid, (_soft, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def kept(world):
    """(bytes in the filestore, attachments, documents, versions)."""
    folder = world["database"].data / "filestore" / world["database"].name
    sizes = [path.stat().st_size for path in folder.glob("??/*")]
    tables = ("ir_attachment", "client_document", "client_document_version")
    counts = [world["database"].run(f"SELECT count(*) FROM {table}")[0][0] for table in tables]
    return sum(sizes), *counts


def test_a_full_disk(world):
    """Staff and client are told in words, nothing half is kept, and the same file goes in once there is room."""
    admin, ann = world["admin"], world["ann"]
    made, content = document(world, "Ground plan"), os.urandom(180_000).hex()
    before = kept(world)
    with full_disk(world["server"]):
        with pytest.raises(AssertionError, match="StorageFailed: The file could not be stored: there is no room"):
            hand_in(admin, made, "plan.txt", content)
        dropped = admin.hand("/client_portal/documents/drop", "dropped.txt", content, "ufile", res_model="res.partner")
        assert (dropped.status_code, "no room" in dropped.text) == (507, True), dropped.text
        sent = ann.hand("/my/documents/files", "sent.txt", content)
        assert (sent.status_code, "could not be stored" in sent.text) == (507, True), sent.text
        large = ann.hand("/my/documents/files", "large.txt", content * 4)
        assert large.status_code == 507, (large.status_code, large.text[:500])
        assert 'class="cp-empty"' in large.text, "in the frame of every page"
        assert ann.page(f"/my/documents/{made}").status_code == 200
        assert kept(world) == before
    hand_in(admin, made, "plan.txt", content)
    admin.call("client.document", "action_client_publish", [made])
    assert ann.page(f"/my/documents/{made}/download").text == content
    assert ann.hand("/my/documents/files", "sent.txt", content).status_code == 200


def test_a_lost_file(world):
    """Its pages stay up, whoever asks for it is told, and one to-do tells staff, however many ask at once."""
    made = document(world, "Audit")
    [(place,)] = world["database"].run(
        "SELECT f.store_fname FROM ir_attachment f JOIN client_document_version v ON v.attachment_id = f.id"
        " WHERE v.document_id = %s",
        made,
    )
    (world["database"].data / "filestore" / world["database"].name / place).unlink()
    readers = [Browser(world, "ann") for _one in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        replies = list(pool.map(lambda reader: reader.page(f"/my/documents/{made}/download"), readers))
    replies += [readers[0].page(f"/my/documents/{made}/{tail}") for tail in ("download", "view")]
    for reply in replies:
        assert reply.status_code == 410
        assert "cannot be delivered right now. We have been told" in reply.text
    for path in ("/my/documents", f"/my/documents/{made}", "/my"):
        assert readers[0].page(path).status_code == 200
    told = world["admin"].call(
        "mail.activity", "search_read", [["res_model", "=", "client.document"], ["res_id", "=", made]], ["user_id"]
    )
    assert [row["user_id"][0] for row in told] == [world["admin"].uid]


def test_the_module_goes(world):
    """Pages stay up, nothing of documents is left to see, and every chain is whole."""
    admin, ann = world["admin"], world["ann"]
    document(world, "Site rules", acknowledge=True)
    answered, waiting = document(world, "Method statement"), document(world, "Drawing", acknowledge=True)
    ask(admin, answered)
    pending = "SELECT id, res_id, kind FROM client_approval WHERE state = 'pending' ORDER BY id"
    approvals = world["database"].run(pending)
    for approval, about, _kind in approvals:
        if about != waiting:
            assert ann.answer(approval) == 303
    assert {kind for _approval, _about, kind in approvals} == {"document", "document_read"}
    module = admin.call("ir.module.module", "search", [["name", "=", MODULE]])
    uninstall(world, module)

    admin, ann = Browser(world, "admin"), Browser(world, "ann")
    for path in ("/my", "/my/approvals", "/my/approvals?filterby=all", "/my/updates"):
        page = ann.page(path)
        assert page.status_code == 200, path
        assert "Site rules" not in page.text, path
    assert ann.page(f"/my/approvals/{approvals[0][0]}").status_code == 404
    ledgers = admin.call("client.ledger", "search", [])
    admin.call("client.ledger", "action_client_verify", ledgers)
    for ledger in admin.call("client.ledger", "read", ledgers, ["sound", "verdict", "size"]):
        assert ledger["sound"], ledger["verdict"]
        assert ledger["size"] == len(approvals) - 1
    evidence = admin.page(f"/client_portal/ledgers/{ledgers[0]}/evidence")
    assert evidence.status_code == 200
    assert "Method statement" in evidence.text
    kept = world["database"].run("SELECT state FROM client_approval WHERE res_id = %s ORDER BY id", waiting)
    assert kept == [("withdrawn",)]
    for model in ("client.approval", "client.decision"):
        shown = admin.call(model, "search_read", [], [])
        assert len(shown) >= len(ledgers)


def ask(admin, made):
    context = {"default_res_model": "client.document", "default_res_id": made}
    wizard = admin.call("client.approval.wizard", "create", {"kind": "document"}, context=context)
    admin.call("client.approval.wizard", "action_client_ask", [wizard])


def uninstall(world, module):
    """As the Apps menu does; it takes longer than an ordinary call."""
    reply = requests.post(
        f"{world['url']}/web/dataset/call_kw/ir.module.module/button_immediate_uninstall",
        json={
            "jsonrpc": "2.0",
            "params": {
                "model": "ir.module.module",
                "method": "button_immediate_uninstall",
                "args": [module],
                "kwargs": {},
            },
        },
        cookies=world["admin"].cookies,
        timeout=300,
    )
    assert "error" not in reply.json(), reply.text[-3000:]
    states = world["database"].run("SELECT state FROM ir_module_module WHERE name = %s", MODULE)
    assert states == [("uninstalled",)]
