"""`make bench`: what client pages cost at ten thousand and at a million jobs, beside stock's pages.

TASKS='10000 1000000' names the sizes. Prints a Markdown table: median milliseconds of a warm page over loopback, and
the number of SQL statements, as Odoo's own log counts them.
"""

from __future__ import annotations

import os
import re
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from . import area, databases, locks, postgres, process, say, server

BENCH = area.Area("bench", "plain")
WARM, MEASURED = 3, 15
FIELD = re.compile(r'name="csrf_token" value="([^"]+)"')
LOGGED = re.compile(r'"(?:GET) (\S+) HTTP[^"]*" (\d+) - (\d+) ')


@dataclass(frozen=True)
class Page:
    """A page to measure: what it is called in the table, who asks, and its address."""

    name: str
    login: str
    path: str


def pages(job: str) -> list[Page]:
    return [
        Page("`/my/security` (an empty page)", "bench-member", "/my/security"),
        Page("workspace `/my`", "bench-member", "/my"),
        Page("jobs list `/my/jobs`", "bench-member", "/my/jobs"),
        Page("job page `/my/jobs/<id>`", "bench-member", f"/my/jobs/{job}"),
        Page("updates `/my/updates`", "bench-member", "/my/updates"),
        Page("search, a common word", "bench-member", "/my/search?search=job"),
        Page("search, a rare word", "bench-member", "/my/search?search=client+2+77"),
        Page("search, misspelt", "bench-member", "/my/search?search=wrok+benhc"),
        Page("projects `/my/projects`", "bench-member", "/my/projects"),
        Page("sites `/my/sites`", "bench-member", "/my/sites"),
        Page("requests `/my/requests`", "bench-member", "/my/requests"),
        Page("approvals `/my/approvals`", "bench-member", "/my/approvals"),
        Page("agreements `/my/agreements`", "bench-member", "/my/agreements"),
        Page("stock `/my` (user of no client)", "bench-stock", "/my"),
        Page("stock `/my/tasks` (user of no client)", "bench-stock", "/my/tasks"),
    ]


def run() -> int:
    """Seed, serve and measure each size; print the table."""
    sizes = [int(size) for size in (os.environ.get("TASKS") or "10000 1000000").split()]
    columns = {}
    with locks.area("bench"), BENCH.server() as database_server:
        for size in sizes:
            say.line(f"== {size:,} jobs")
            columns[size] = _measure_size(database_server, size)
    _table(columns)
    return 0


def _measure_size(database_server: postgres.Server, size: int) -> dict[str, tuple[int, float, int]]:
    config = BENCH.config(database_server, f"bench{size}")
    databases.ensure(BENCH, database_server, config, f"bench{size}", True)
    log = Path(f"{config.log}.seed")
    with say.step("Seeding"):
        process.check(
            config.script("bench_world", config.database, str(size)), "The seed", log, env=config.environment()
        )
        database_server.run("VACUUM ANALYZE", database=config.database)
    job = re.search(r"^JOB (\d+)", log.read_text(), re.MULTILINE).group(1)
    running = server.OdooServer(config)
    try:
        with say.step("Measuring"):
            running.start()
            return {page.name: _measure(running, page) for page in pages(job)}
    finally:
        running.stop()
        BENCH.drop(database_server, f"bench{size}")


def _measure(running: server.OdooServer, page: Page) -> tuple[int, float, int]:
    """(status, median milliseconds, SQL statements) of a warm page."""
    session = _sign_in(running.url, page.login)
    for _ in range(WARM):
        session.get(running.url + page.path, allow_redirects=False)
    times = []
    for _ in range(MEASURED):
        started = time.perf_counter()
        answer = session.get(running.url + page.path, allow_redirects=False)
        times.append((time.perf_counter() - started) * 1000)
    logged = [row for row in LOGGED.findall(running.log) if row[0] == page.path]
    return answer.status_code, statistics.median(times), int(logged[-1][2])


def _sign_in(url: str, login: str):
    import requests  # part of Odoo's environment, not of the tools'

    session = requests.Session()
    token = FIELD.search(session.get(f"{url}/web/login").text).group(1)
    session.post(f"{url}/web/login", data={"login": login, "password": login, "csrf_token": token})
    return session


def _table(columns: dict[int, dict[str, tuple[int, float, int]]], unit: str = "jobs") -> None:
    sizes = list(columns)
    heads = " | ".join(f"{size:,} {unit} | queries" for size in sizes)
    say.line(f"\n| page | {heads} |\n|---|{'---:|---:|' * len(sizes)}")
    for name in columns[sizes[0]]:
        cells = []
        for size in sizes:
            status, milliseconds, queries = columns[size][name]
            cells.append(f"{milliseconds:.0f} ms{'' if status == 200 else f' ({status})'} | {queries}")
        say.line(f"| {name} | {' | '.join(cells)} |")
