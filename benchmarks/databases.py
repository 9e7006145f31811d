"""Throw-away databases with all tables in them, one of each kind that the product runs on."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.machine import processor_seconds
from benchmarks.serving import family
from consultations.database import engine_for
from consultations.migrations import upgrade

#: How long a cluster that was killed may take to come back.
START_SECONDS = 30


@contextmanager
def folder(prefix: str = "benchmark-") -> Iterator[Path]:
    """A folder that is gone afterwards. On a disk: where TMPDIR is memory, commits cost nothing and figures lie."""
    with tempfile.TemporaryDirectory(prefix=prefix) as name:
        yield Path(name)


@contextmanager
def sqlite() -> Iterator[str]:
    """The URL of a new SQLite file, set up as the product does."""
    with folder() as place:
        yield _with_tables(f"sqlite:///{place / 'benchmark.sqlite'}")


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a new PostgreSQL cluster on a Unix socket, with Debian's settings: `fsync` is on."""
    place = Path(tempfile.mkdtemp(prefix="benchmark-"))
    os.chown(place, pwd.getpwnam(_user()).pw_uid, -1)
    _run("initdb", place, "-A", "trust", "-E", "UTF8")
    _start(place)
    try:
        yield _with_tables(f"postgresql+psycopg://{_user()}@/postgres?host={place}")
    finally:
        _run("pg_ctl", place, "-m", "immediate", "-w", "stop")
        shutil.rmtree(place, ignore_errors=True)


def server_seconds(url: str) -> float:
    """Processor time that all processes of a cluster of `postgresql()` have used so far; SQLite has none of its own."""
    return 0.0 if url.startswith("sqlite") else processor_seconds(_processes(_place(url)), ended=True)


def kill_and_start(url: str) -> None:
    """`kill -9` for every process of a cluster of `postgresql()`; then it is started and recovers."""
    place = _place(url)
    for pid in _processes(place):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    ends = time.monotonic() + START_SECONDS
    while True:
        try:
            return _start(place)
        except subprocess.CalledProcessError:  # a process that was being born holds the shared memory for a moment
            if time.monotonic() > ends:
                raise
            time.sleep(0.2)


def _place(url: str) -> Path:
    return Path(url.partition("host=")[2])


def _processes(place: Path) -> list[int]:
    return list(family(int((place / "data" / "postmaster.pid").read_text().split()[0])))


def _start(place: Path) -> None:
    _run("pg_ctl", place, "-o", f"-c listen_addresses='' -c unix_socket_directories={place}", "-w", "start")


def _run(program: str, place: Path, *arguments: str) -> None:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []  # it refuses to run as root
    command = [*as_user, str(programs / program), "-D", str(place / "data"), *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=place)


def _user() -> str:
    return "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name


#: Every kind, by name.
DATABASES = {"SQLite": sqlite, "PostgreSQL": postgresql}


def _with_tables(url: str) -> str:
    engine = engine_for(url)
    upgrade(engine)
    engine.dispose()
    return url
