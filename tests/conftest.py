"""Databases for tests: every test that asks for one runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import contextlib
import datetime
import gc
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from consultations.database import engine_for
from consultations.migrations import upgrade
from consultations.settings import Settings
from consultations.staff import trustees


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay to the end: the collector need not look through them again and again."""
    gc.collect()
    gc.freeze()


def _postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    """The URL of a throw-away PostgreSQL cluster on a Unix socket, gone with the test session."""
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed: `make test` installs one")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    # PostgreSQL refuses to run as root.
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if as_user:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    user = "postgres" if as_user else pwd.getpwuid(os.getuid()).pw_name
    data = folder / "data"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    subprocess.run([*as_user, programs / "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--no-sync"], **quiet)
    # Nothing here outlives the machine, and dropping a database waits for the disk more than anything else.
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=50 -c fsync=off"
    subprocess.run([*as_user, programs / "pg_ctl", "-D", data, "-o", options, "-w", "start"], **quiet)
    try:
        yield f"postgresql+psycopg://{user}@/postgres?host={folder}"
    finally:
        subprocess.run([*as_user, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The SQLite file that has all tables; each test gets a copy, which is faster than migrating again."""
    return {}


@pytest.fixture(scope="session")
def _postgres_copies(postgres_cluster: str) -> Iterator[Callable[[], str]]:
    """Gives the name of a database that has all tables. The next one is copied while a test runs."""
    with _administration(postgres_cluster) as run, ThreadPoolExecutor(max_workers=1) as beside:
        run("CREATE DATABASE template_tables")
        engine = engine_for(postgres_cluster.replace("/postgres?", "/template_tables?"))
        upgrade(engine)
        engine.dispose()

        def copied() -> str:
            name = f"test_{os.urandom(6).hex()}"
            run(f"CREATE DATABASE {name} TEMPLATE template_tables")
            return name

        ready = [beside.submit(copied)]

        def given() -> str:
            name = ready.pop().result()
            ready.append(beside.submit(copied))
            return name

        yield given


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, _templates: dict[str, str]) -> Iterator[str]:
    """The URL of a database of the test's own with all tables in it."""
    if request.param == "sqlite":
        yield _sqlite_copy(tmp_path, _templates, request)
        return
    cluster, name = request.getfixturevalue("postgres_cluster"), request.getfixturevalue("_postgres_copies")()
    yield cluster.replace("/postgres?", f"/{name}?")
    with _administration(cluster) as run:
        run(f"DROP DATABASE {name} WITH (FORCE)")


def _sqlite_copy(tmp_path: Path, templates: dict[str, str], request: pytest.FixtureRequest) -> str:
    if "sqlite" not in templates:
        original = request.getfixturevalue("tmp_path_factory").mktemp("template") / "tables.sqlite"
        engine = engine_for(f"sqlite:///{original}")
        upgrade(engine)
        engine.dispose()
        templates["sqlite"] = str(original)
    copy = tmp_path / "test.sqlite"
    shutil.copyfile(templates["sqlite"], copy)
    return f"sqlite:///{copy}"


@contextlib.contextmanager
def _administration(cluster: str) -> Iterator[object]:
    engine = create_engine(cluster, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda statement: connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = engine_for(database_url)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose work is not committed unless the test commits it."""
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def hold_ceremony() -> Callable[[Session], tuple[str, ...]]:
    """`hold_ceremony(session)` -> the three cards of a recovery key that two of them have confirmed.

    Without one no consultation opens; keyrings that are made after it are covered by it.
    """

    def held(session: Session, today: datetime.date = datetime.date(2026, 11, 2)) -> tuple[str, ...]:
        cards = trustees.make(session, today).cards
        trustees.rehearse(session, cards[:2], today)
        return cards

    return held


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        instance=tmp_path,
        secret=b"\x07" * 32,
        https=False,
        trusted_hosts=(),
        upload_limit_mib=10,
    )
