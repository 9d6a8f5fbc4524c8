"""`make bench-documents`: what the library costs at a hundred thousand documents, and a zip of 2 GB in memory.

DOCUMENTS='100000' names the size. Prints Markdown: median milliseconds of a warm page over loopback beside an empty
page, the number of SQL statements, and how much the server grew while it sent the zip.
"""

from __future__ import annotations

import os
import re
import threading
import time
from pathlib import Path

from . import bench, locks, postgres, process, say, server
from .bench import BENCH, Page
from .databases import ensure

MEMBER = "bench-member"
ZIP = "/my/documents/zip?search=hugebench"


def pages(document: str) -> list[Page]:
    paths = {
        "`/my/security` (an empty page)": "/my/security",
        "library `/my/documents`": "/my/documents",
        "its page 500": "/my/documents/page/500",
        "expiring": "/my/documents?filterby=expiring",
        "one category": "/my/documents?category=1",
        "one year": f"/my/documents?year={time.gmtime().tm_year - 2}",
        "expiring first": "/my/documents?sortby=expiry",
        "search, 1 found": "/my/documents?search=paper+77777",
        "search, 0.1 % found": "/my/documents?search=larch",
        "search, 20 % found": "/my/documents?search=inspection",
        "a document of ten versions": f"/my/documents/{document}",
    }
    return [Page(name, MEMBER, path) for name, path in paths.items()]


def run() -> int:
    """Seed, serve, measure; print the table."""
    size = int(os.environ.get("DOCUMENTS") or 100_000)
    with locks.area("bench"), BENCH.server() as database_server:
        found, grown = _measure_all(database_server, size)
    bench._table({size: found}, "documents")
    say.line(f"\nA zip of {grown[0] / 1e9:.1f} GB took {grown[1]:.0f} s; the server grew by {grown[2]:.0f} MB.")
    return 0


def _measure_all(database_server: postgres.Server, size: int):
    name = f"benchdocs{size}"
    config = BENCH.config(database_server, name)
    ensure(BENCH, database_server, config, name, True)
    log = Path(f"{config.log}.seed")
    with say.step("Seeding"):
        script = config.script("bench_documents", config.database, str(size))
        process.check(script, "The seed", log, env=config.environment())
        database_server.run("VACUUM ANALYZE", database=config.database)
    document = re.search(r"^DOCUMENT (\d+)", log.read_text(), re.MULTILINE).group(1)
    running = server.OdooServer(config)
    try:
        with say.step("Measuring"):
            running.start()
            found = {page.name: bench._measure(running, page) for page in pages(document)}
            return found, _zip(running)
    finally:
        running.stop()
        BENCH.drop(database_server, name)


def _zip(running: server.OdooServer) -> tuple[int, float, float]:
    """(bytes, seconds, MB by which the server grew above idle) of one large zip."""
    session = bench._sign_in(running.url, MEMBER)
    session.get(running.url + "/my/documents?search=hugebench")
    idle, seen, done = _memory(running), [], threading.Event()

    def watch():
        while not done.wait(0.05):
            seen.append(_memory(running))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    started, size = time.perf_counter(), 0
    with session.get(running.url + ZIP, stream=True) as answer:
        answer.raise_for_status()
        for piece in answer.iter_content(1024 * 1024):
            size += len(piece)
    took = time.perf_counter() - started
    done.set()
    watcher.join()
    return size, took, (max(seen) - idle) / 1024


def _memory(running: server.OdooServer) -> int:
    """KB that the server and its workers hold."""
    total = 0
    for pid in running.pids:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        total += int(found.group(1)) if found else 0
    return total
