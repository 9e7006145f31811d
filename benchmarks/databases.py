"""Throw-away databases with all tables in them, one of each kind that the product runs on."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from consultations.database import engine_for
from consultations.migrations import upgrade


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
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    place = Path(tempfile.mkdtemp(prefix="benchmark-"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []  # it refuses to run as root
    user = "postgres" if as_user else pwd.getpwuid(os.getuid()).pw_name
    os.chown(place, pwd.getpwnam(user).pw_uid, -1)

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(programs / program), "-D", str(place / "data"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=place)

    run("initdb", "-A", "trust", "-E", "UTF8")
    run("pg_ctl", "-o", f"-c listen_addresses='' -c unix_socket_directories={place}", "-w", "start")
    try:
        yield _with_tables(f"postgresql+psycopg://{user}@/postgres?host={place}")
    finally:
        run("pg_ctl", "-m", "immediate", "-w", "stop")
        shutil.rmtree(place, ignore_errors=True)


#: Every kind, by name.
DATABASES = {"SQLite": sqlite, "PostgreSQL": postgresql}


def _with_tables(url: str) -> str:
    engine = engine_for(url)
    upgrade(engine)
    engine.dispose()
    return url
