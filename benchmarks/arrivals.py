"""A thousand members who arrive within a minute: `python -m benchmarks.arrivals [members]`.

Everything is as operators have it, flood control too: each member waits two seconds on every page, and presses *Send*
again where the review asks for that. Nobody may be refused, and every answer must be there in the end.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

from sqlalchemy import func, select

from benchmarks import databases
from benchmarks.machine import machine, percentile, print_table
from benchmarks.members import Script, recorded
from benchmarks.serving import served
from benchmarks.trial import SLUG, open_trial, session_on
from benchmarks.wire import DECODERS
from consultations.responses.models import SealedResponse

WORKERS = 2
ARRIVING_SECONDS = 60.0
#: On each page, as `SECONDS_A_PAGE` has it unless an operator says otherwise.
THINKING_SECONDS = 2.05
#: Between two presses of *Send* where the review asks to wait.
RETRY_SECONDS = 5.0
MOST_RETRIES = 60
SCRIPTS = 4
PATH = f"/c/{SLUG}/en/"
_STATE = re.compile(rb'name="state" value="([^"]*)"')
_HEAD = "Host: 127.0.0.1:{port}\r\nConnection: keep-alive\r\nAccept-Encoding: gzip\r\n"


@dataclass(slots=True)
class Seen:
    """What all members saw; times in seconds."""

    pages: list[float] = field(default_factory=list)
    #: From the welcome page to the thanks.
    stays: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    asked_to_wait: int = 0


def main(members: int) -> None:
    print(machine())
    print(f"\n{members:,} members arrive within {ARRIVING_SECONDS:.0f} seconds; {WORKERS} web processes;")
    print(f"each stays {THINKING_SECONDS} s on a page; flood control as it is by default, and no script.")
    rows = []
    for kind, database in databases.DATABASES.items():
        with database() as url:
            rows.append((kind, *_row(*_arrived(url, members))))
    head = (
        "database",
        "members",
        "stored",
        "refused",
        "asked to wait",
        "page p50 ms",
        "p95",
        "slowest",
        "longest stay s",
    )
    print_table(head, rows)


def _row(members: int, seen: Seen, stored: int) -> tuple[str, ...]:
    refused = sum(count for status, count in seen.statuses.items() if status != 200)
    times = [f"{percentile(seen.pages, share) * 1000:,.0f}" for share in (0.5, 0.95, 1.0)]
    return (f"{members:,}", f"{stored:,}", f"{refused:,}", f"{seen.asked_to_wait:,}", *times, f"{max(seen.stays):.0f}")


def _arrived(url: str, members: int) -> tuple[int, Seen, int]:
    with session_on(url) as session:
        consultation_id = open_trial(session).consultation.id
    with databases.folder() as instance:
        with served(instance, url, 1) as server:
            scripts = [recorded(server.port, PATH, seed) for seed in range(SCRIPTS)]
        with served(instance, url, WORKERS, controlled=True) as server:
            seen = asyncio.run(_all(server.port, scripts, members))
    with session_on(url) as session:
        mine = SealedResponse.consultation_id == consultation_id
        stored = session.scalar(select(func.count()).select_from(SealedResponse).where(mine)) or 0
    assert stored - SCRIPTS == members, f"{members} sent, {stored - SCRIPTS} stored"
    return members, seen, stored - SCRIPTS


async def _all(port: int, scripts: list[Script], members: int) -> Seen:
    seen, chance = Seen(), Random(1)  # noqa: S311 - no secret
    comings = [chance.uniform(0, ARRIVING_SECONDS) for _ in range(members)]
    await asyncio.gather(*(_one(port, scripts[at % len(scripts)], after, seen) for at, after in enumerate(comings)))
    return seen


async def _one(port: int, script: Script, after: float, seen: Seen) -> None:
    await asyncio.sleep(after)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began, state = time.monotonic(), ""
    for fields in script:
        for _ in range(MOST_RETRIES):
            page = await _page(reader, writer, port, [("state", state), *fields] if state else fields, seen)
            found = _STATE.search(page)
            state = found[1].decode() if found else ""
            if ("go", "send") not in fields or not state:
                break
            seen.asked_to_wait += 1
            await asyncio.sleep(RETRY_SECONDS)
        await asyncio.sleep(THINKING_SECONDS)
    seen.stays.append(time.monotonic() - began)
    writer.close()


async def _page(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int, fields: list[tuple[str, str]], seen: Seen
) -> bytes:
    before, body = time.perf_counter(), urlencode(fields)
    start = f"POST {PATH}" if fields else f"GET {PATH}"
    form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n" if fields else ""
    writer.write(f"{start} HTTP/1.1\r\n{_HEAD.format(port=port)}{form}\r\n{body}".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = re.search(rb"content-length: *(\d+)", head)
    content = await reader.readexactly(int(length[1]) if length else 0)
    seen.pages.append(time.perf_counter() - before)
    seen.statuses[int(head[9:12])] += 1
    return DECODERS[b"gzip"](content) if b"content-encoding: gzip" in head else content


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000)
