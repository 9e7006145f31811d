"""Backups: a file of its own with everything that may be kept twice, and the way back from it.

A copy of the database's own files would hold what a backup must not: which codes there are, which pages were sent,
drafts of people who have not sent anything, and who was signed in.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, text

from consultations.database import Base, engine_for
from consultations.errors import N_, Problem
from consultations.migrations import upgrade

#: Tables that a backup has, and leaves empty. Each says here why.
NEVER_IN_BACKUPS = (
    "invitations",  # deleted at closing; a copy would tell for ever who could answer, and in which region
    "drafts",  # answers that nobody has sent yet; their time is counted in days
    "sent_hashes",  # ties answers to pages on phones until closing
    "staff_sessions",  # half of a key that is in use
)
_AT_ONCE = 500


class NotEmpty(Problem):
    status = 409
    message = N_("There is something in this database already. A backup is put back into an empty one.")


class FileIsThere(Problem):
    status = 409
    message = N_("There is such a file already. Choose another name.")


def write_backup(engine: Engine, path: Path) -> int:
    """A new SQLite file with all rows but those of `NEVER_IN_BACKUPS`, read at one moment -> how many rows.

    Raises FileIsThere.
    """
    if path.exists():
        raise FileIsThere
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    copy = engine_for(f"sqlite:///{path}")
    upgrade(copy)
    with engine.connect() as source, copy.begin() as target:
        _at_one_moment(source)
        rows = sum(_copied(source, target, table) for table in _tables())
    with copy.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("PRAGMA journal_mode = DELETE")  # one file, and no other beside it
    copy.dispose()
    return rows


def restore(path: Path, engine: Engine) -> int:
    """Put a backup back into a database without rows -> how many rows. Raises NotEmpty."""
    upgrade(engine)
    copy = engine_for(f"sqlite:///{path}")
    upgrade(copy)  # a backup of an older version
    with copy.connect() as source, engine.begin() as target:
        if any(target.scalar(select(func.count()).select_from(table)) for table in _tables()):
            raise NotEmpty
        rows = sum(_copied(source, target, table) for table in _tables())
        if engine.dialect.name == "postgresql":
            _go_on_counting(target)
    copy.dispose()
    return rows


def _tables() -> list[Table]:
    """In an order in which what is referred to comes first."""
    return [table for table in Base.metadata.sorted_tables if table.name not in NEVER_IN_BACKUPS]


def _at_one_moment(source: Connection) -> None:
    if source.dialect.name == "postgresql":
        source.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    else:
        source.exec_driver_sql("BEGIN")


def _copied(source: Connection, target: Connection, table: Table) -> int:
    """Rows by primary key, so that the copy does not keep the order in which they were written."""
    count = 0
    found = source.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*table.primary_key))
    for rows in found.mappings().partitions(_AT_ONCE):
        target.execute(insert(table), [dict(row) for row in rows])
        count += len(rows)
    return count


def _go_on_counting(target: Connection) -> None:
    """PostgreSQL counts ids in sequences that know nothing of rows that came with theirs."""
    for name in inspect(target).get_table_names():
        table = Base.metadata.tables.get(name)
        column = table.autoincrement_column if table is not None else None
        if column is not None:
            last = f"SELECT setval(pg_get_serial_sequence('{name}', '{column.name}'), max({column.name})) FROM {name}"  # noqa: S608 - names of our own tables
            target.execute(text(last))
