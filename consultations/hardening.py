"""What the machine and the database server must be set to, looked at when the application starts: a line for each gap.

Nothing here stops the application: whoever runs it may have reasons. docs/postgresql.md has the reasons of ours.
"""

from __future__ import annotations

import ctypes
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

_PR_SET_DUMPABLE = 4  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class Wanted:
    """One setting of PostgreSQL: which values are good, and what another one lets out."""

    is_good: Callable[[str], bool]
    otherwise: str


def _one_of(*values: str) -> Callable[[str], bool]:
    return lambda value: value in values


def _none_named(*names: str) -> Callable[[str], bool]:
    return lambda value: not any(name in value for name in names)


_NO_STATEMENTS = "statements, and so the order in which answers come, are written to its log"

POSTGRESQL: Mapping[str, Wanted] = {
    "wal_level": Wanted(_one_of("minimal", "replica"), "its write-ahead log holds rows in a form that is easy to read"),
    "archive_mode": Wanted(_one_of("off"), "its write-ahead log, with the order in which answers came, is kept"),
    "wal_keep_size": Wanted(_one_of("0"), "its write-ahead log is kept for longer than it is needed"),
    "max_wal_size": Wanted(lambda size: int(size) <= 256, "more than 256 MB of its write-ahead log lie on the disk"),
    "fsync": Wanted(_one_of("on"), "an answer that was acknowledged can be lost"),
    "full_page_writes": Wanted(_one_of("on"), "a crash can destroy pages of it"),
    "log_statement": Wanted(_one_of("none"), _NO_STATEMENTS),
    "log_min_duration_statement": Wanted(_one_of("-1"), _NO_STATEMENTS),
    "log_min_duration_sample": Wanted(_one_of("-1"), _NO_STATEMENTS),
    "log_transaction_sample_rate": Wanted(_one_of("0"), _NO_STATEMENTS),
    "log_min_error_statement": Wanted(_one_of("fatal", "panic"), "statements that fail are written to its log"),
    "log_error_verbosity": Wanted(_one_of("terse"), "its log quotes values, such as a code, where a row is refused"),
    "log_parameter_max_length": Wanted(_one_of("0"), "its log can hold the values that statements came with"),
    "log_parameter_max_length_on_error": Wanted(_one_of("0"), "its log holds values of statements that fail"),
    "shared_preload_libraries": Wanted(
        _none_named("pg_stat_statements", "auto_explain"), "a library counts or logs every statement"
    ),
    "autovacuum": Wanted(_one_of("on"), "rows that were deleted stay in its files"),
}


def warnings(engine: Engine, instance: Path, proc: Path = Path("/proc")) -> list[str]:
    """A plain line for each thing that lets out more than it must; empty when all is well."""
    found = [*_of_folder(instance), *_of_swap(proc)]
    try:
        with engine.connect() as connection:
            found += _OF_DATABASE[connection.dialect.name](connection)
    except SQLAlchemyError:
        found.append("The database could not be looked at.")
    return found


def forbid_core_dumps() -> None:
    """From here on neither a crash nor another process of the same user writes this one's memory, and keys, to a file.

    A core limit of 0 is inherited and still pipes to a handler on some systems; not being dumpable (Linux) is what
    also keeps other processes out of /proc/PID/mem, and ends with the next program that is started.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _of_postgresql(connection: Connection) -> Iterator[str]:
    stored = connection.exec_driver_sql("SELECT name, setting FROM pg_settings")
    settings = {row.name: row.setting for row in stored}
    for name, wanted in POSTGRESQL.items():
        if name in settings and not wanted.is_good(settings[name]):
            yield f"PostgreSQL: {name} is {settings[name] or 'empty'}: {wanted.otherwise}."
    slots = connection.exec_driver_sql("SELECT count(*) FROM pg_replication_slots").scalar_one()
    if slots:
        yield f"PostgreSQL: there are {slots} replication slots: its write-ahead log is kept until they have read it."


def _of_sqlite(connection: Connection) -> Iterator[str]:
    file = connection.engine.url.database
    # A file in a folder that nobody else enters is out of reach whatever its own rights are.
    if file and Path(file).exists() and all(each.stat().st_mode & 0o077 for each in (Path(file), Path(file).parent)):
        yield f"Others on this machine can read {file}: take the right from group and others (chmod 600)."
    for name, good in (("secure_delete", 1), ("temp_store", 2)):
        if connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() != good:
            yield f"SQLite: {name} could not be set: what was deleted can stay on the disk."


_OF_DATABASE: Mapping[str, Callable[[Connection], Iterator[str]]] = {
    "postgresql": _of_postgresql,
    "sqlite": _of_sqlite,
}


def _of_folder(instance: Path) -> Iterator[str]:
    for path in (instance, instance / "secret"):
        if path.exists() and path.stat().st_mode & 0o077:
            yield f"Others on this machine can read {path}: take the right from group and others."


def _of_swap(proc: Path) -> Iterator[str]:
    swaps = proc / "swaps"
    lines = swaps.read_text("utf-8").splitlines()[1:] if swaps.exists() else []
    for name in (line.split()[0] for line in lines if line.strip()):
        if not _stays_unreadable(Path(name)):
            yield f"Memory, and keys with it, may be written to the swap space {name}: turn it off, or encrypt it."


def _stays_unreadable(swap: Path) -> bool:
    """Whether a swap space is compressed memory, or encrypted as far as the device mapper says (`CRYPT-…`)."""
    if swap.name.startswith("zram"):
        return True
    uuid = Path("/sys/class/block") / swap.name / "dm" / "uuid"
    return uuid.exists() and uuid.read_text("ascii").startswith("CRYPT-")
