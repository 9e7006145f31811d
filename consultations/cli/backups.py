"""Backups: two files of their own, one with the data and one with the keys, with everything that may be kept twice.

A copy of the database's own files would hold what a backup must not: which codes there are, which pages were sent,
drafts of people who have not sent anything, and who was signed in.
"""

from __future__ import annotations

import dataclasses
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Boolean, Connection, Engine, Table, insert, select

from consultations.audit import AuditEntry
from consultations.cli.backup_files import (
    DATA,
    KEYS,
    Manifest,
    file_sha256,
    opened,
    read_manifest,
    rows_digest,
    write_manifest,
)
from consultations.cli.backup_tables import NEVER_IN_BACKUPS, SPLIT, WITH_THE_DATA, WITH_THE_KEYS
from consultations.database import Base
from consultations.errors import N_, Problem
from consultations.migrations import new_tables

__all__ = ["NEVER_IN_BACKUPS", "FileIsThere", "keys_beside", "write_backup"]

AT_ONCE = 500


class FileIsThere(Problem):
    status = 409
    message = N_("There is such a file already. Choose another name.")


def keys_beside(path: Path) -> Path:
    """Where the keys go when nobody says otherwise; from there they belong to another place."""
    return path.with_name(f"{path.name}.keys")


def write_backup(engine: Engine, path: Path, keys: Path | None = None) -> int:
    """Two new SQLite files with all rows but those of `NEVER_IN_BACKUPS`, read at one moment -> how many rows.

    Both are opened again and compared with their checksums before this returns. Raises FileIsThere.
    """
    keys = keys or keys_beside(path)
    if path.exists() or keys.exists():
        raise FileIsThere
    for file in (path, keys):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    pair = secrets.token_hex(16)
    with engine.connect() as source:
        _at_one_moment(source)
        chain = tuple(each.hex() for each in source.scalars(select(AuditEntry.hash).order_by(AuditEntry.id)))
        manifest = Manifest(DATA, pair, "", chain)
        rows = _write(source, path, (*WITH_THE_DATA, *SPLIT), manifest)
        rows += _write(source, keys, (*WITH_THE_KEYS, *SPLIT), dataclasses.replace(manifest, kind=KEYS), path)
        doubled = sum(len(source.execute(select(*table.primary_key)).all()) for table in tables(SPLIT))
    for file, kind in ((path, DATA), (keys, KEYS)):
        read_manifest(file, kind)
    return rows - doubled


def tables(names: Iterable[str]) -> list[Table]:
    """In an order in which what is referred to comes first."""
    wanted = set(names)
    return [table for table in Base.metadata.sorted_tables if table.name in wanted]


def _write(source: Connection, path: Path, names: Iterable[str], manifest: Manifest, data: Path | None = None) -> int:
    with opened(path) as copy:
        new_tables(copy)
        with copy.connect() as target:
            # A keys file has keys of rows that are in the other file.
            target.exec_driver_sql("PRAGMA foreign_keys = OFF")
            target.rollback()
            with target.begin():
                rows = sum(_copied(source, target, table, manifest.kind) for table in tables(names))
                digest, sha256 = rows_digest(target), file_sha256(data) if data else ""
                write_manifest(target, dataclasses.replace(manifest, digest=digest, data_sha256=sha256))
    return rows


def _copied(source: Connection, target: Connection, table: Table, kind: str) -> int:
    """Rows by primary key, so that the copy does not keep the order in which they were written."""
    count, blank = 0, _blank(table) if kind == DATA else {}
    found = source.execution_options(yield_per=AT_ONCE).execute(select(table).order_by(*table.primary_key))
    for rows in found.mappings().partitions(AT_ONCE):
        target.execute(insert(table), [{**row, **blank} for row in rows])
        count += len(rows)
    return count


def _blank(table: Table) -> dict[str, object]:
    """What stands in the data file for columns that are in the keys file alone."""
    return {name: False if isinstance(table.c[name].type, Boolean) else b"" for name in SPLIT.get(table.name, ())}


def _at_one_moment(source: Connection) -> None:
    """PostgreSQL: tables are held first; one that an unlock empties in one piece would be empty at this moment too."""
    if source.dialect.name == "postgresql":
        names = ", ".join(table.name for table in tables((*WITH_THE_DATA, *SPLIT, *WITH_THE_KEYS)))
        source.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        source.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS SHARE MODE")
    else:
        source.exec_driver_sql("BEGIN")
