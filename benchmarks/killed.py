"""`kill -9` in the middle of answering: `python -m benchmarks.killed [rounds] [SQLite|PostgreSQL ...]`.

Members answer without a pause while the web processes, or all processes of the database, are killed again and again.
A phone that got no answer sends the same page once more, as a person would. In the end everything that was thanked for
must be there, once. SQLite lives in the web processes: killing those kills it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from benchmarks import databases
from benchmarks.crowd import at_once
from benchmarks.machine import machine, print_table
from benchmarks.members import Script, recorded, sent_step
from benchmarks.serving import family, free_port, started, wait_for
from benchmarks.trial import SLUG, open_trial, session_on
from benchmarks.wire import PHONE, Wire
from consultations.responses.models import SealedResponse

ROUNDS = 50
WORKERS = 2
MEMBERS = 6
SCRIPTS = 4
#: Between a start and the next kill.
SOONEST_SECONDS, LATEST_SECONDS = 0.4, 1.2
#: What a member waits before sending again, and how long until giving up.
PAUSE_SECONDS, PATIENCE_SECONDS = 0.1, 60.0
PATH = f"/c/{SLUG}/en/"


@dataclass(slots=True)
class Site:
    """The web processes, which can be killed and started again at the same address."""

    instance: Path
    url: str
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = started(self.instance, self.url, WORKERS, self.port)
        wait_for(self.port, self.process)

    def kill(self) -> None:
        assert self.process is not None
        _kill(self.process.pid)
        self.process.wait()


@dataclass(slots=True)
class Counts:
    thanked: int = 0
    #: Pages that had to be sent again.
    again: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def main(rounds: int, kinds: list[str]) -> None:
    print(machine())
    print(
        f"\n{rounds} kills each; {MEMBERS} members at once, {WORKERS} web processes;"
        " every member sends a page again until it is answered."
    )
    print_table(("killed", "kills", "thanked for", "stored", "sent again"), _rows(rounds, kinds))


def _rows(rounds: int, kinds: list[str]) -> Iterator[tuple[object, ...]]:
    """Each is printed when it is known: all of them take a quarter of an hour."""
    if "SQLite" in kinds:
        with databases.sqlite() as url:
            yield "SQLite, web processes", *_killed(url, rounds, None)
    if "PostgreSQL" in kinds:
        with databases.postgresql() as url:
            yield "PostgreSQL, database", *_killed(url, rounds, lambda: databases.kill_and_start(url))
        with databases.postgresql() as url:
            yield "PostgreSQL, web processes", *_killed(url, rounds, None)


def _killed(url: str, rounds: int, kill_database: Callable[[], None] | None) -> tuple[object, ...]:
    with session_on(url) as session:
        consultation_id = open_trial(session).consultation.id
    chance, counts, over = Random(7), Counts(), threading.Event()  # noqa: S311 - no secret
    with databases.folder() as instance, _site(instance, url) as site:
        scripts = [recorded(site.port, PATH, seed) for seed in range(SCRIPTS)]
        members = threading.Thread(
            target=lambda: at_once(
                lambda number: _answering(site.port, scripts[number % SCRIPTS], over, counts), MEMBERS
            )
        )
        members.start()
        for _ in range(rounds):
            time.sleep(chance.uniform(SOONEST_SECONDS, LATEST_SECONDS))
            if kill_database:
                kill_database()
            else:
                site.kill()
                site.start()
        over.set()
        members.join()
    with session_on(url) as session:
        mine = SealedResponse.consultation_id == consultation_id
        stored = (session.scalar(select(func.count()).select_from(SealedResponse).where(mine)) or 0) - SCRIPTS
    assert stored == counts.thanked, f"{counts.thanked} thanked for, {stored} stored"
    return rounds, f"{counts.thanked:,}", f"{stored:,}", f"{counts.again:,}"


def _answering(port: int, script: Script, over: threading.Event, counts: Counts) -> None:
    while not over.is_set():
        wire, state = None, ""
        for fields in script:
            wire, state = _insisted(port, wire, fields, state, counts)
        with counts.lock:
            counts.thanked += 1


def _insisted(
    port: int, wire: Wire | None, fields: list[tuple[str, str]], state: str, counts: Counts
) -> tuple[Wire, str]:
    """The same page again until somebody answers it."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends:
        try:
            wire = wire or Wire(port, "gzip", PHONE)
            return wire, sent_step(wire, PATH, fields, state)[1]
        except (OSError, ValueError):  # nobody there, or a page that says to try again later
            wire = None
            with counts.lock:
                counts.again += 1
            time.sleep(PAUSE_SECONDS)
    raise TimeoutError("Nobody answered for a minute.")


@contextmanager
def _site(instance: Path, url: str) -> Iterator[Site]:
    site = Site(instance, url, free_port())
    site.start()
    try:
        yield site
    finally:
        site.kill()


def _kill(pid: int) -> None:
    for each in list(family(pid)):  # before the first is gone: its children would be nobody's
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS, sys.argv[2:] or list(databases.DATABASES))
