"""The two files of a backup, each with a manifest: what it is, what it belongs to, and a checksum of every row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from consultations.database import Base, engine_for
from consultations.errors import N_, Problem

FORMAT = 2
DATA, KEYS = "data", "keys"
_MANIFEST = "backup_manifest"


class NotABackup(Problem):
    status = 422
    message = N_("%(file)s is not the %(kind)s file of a backup.")


class Damaged(Problem):
    status = 422
    message = N_("%(file)s is damaged: what it holds is not what was written into it. Use another copy of it.")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file says of itself."""

    #: `DATA` or `KEYS`.
    kind: str
    #: 16 random bytes in hexadecimal digits, the same in the two files that were written together.
    pair: str
    #: SHA-256 over all rows, see `rows_digest`.
    digest: str
    #: The hashes of the audit log's entries, oldest first, as far as they went: what tells older from newer.
    chain: tuple[str, ...]
    #: Of a keys file: the SHA-256 of the data file that was written with it.
    data_sha256: str = ""


def write_manifest(connection: Connection, manifest: Manifest) -> None:
    connection.execute(text(f"CREATE TABLE IF NOT EXISTS {_MANIFEST} (format INTEGER PRIMARY KEY, content TEXT)"))
    content = json.dumps({name: getattr(manifest, name) for name in Manifest.__slots__})
    insert = f"INSERT INTO {_MANIFEST} (format, content) VALUES (:format, :content)"  # noqa: S608 - our own name
    connection.execute(text(insert), {"format": FORMAT, "content": content})


def read_manifest(path: Path, kind: str) -> Manifest:
    """Raises NotABackup for anything else, Damaged where the rows are not those that were written."""
    with opened(path) as engine, engine.connect() as connection:
        try:
            if not inspect(connection).has_table(_MANIFEST):
                raise NotABackup(file=path.name, kind=kind)
            found = connection.execute(text(f"SELECT format, content FROM {_MANIFEST}")).one()  # noqa: S608 - a table of our own
            manifest = _manifest(found.content)
            sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
            whole = sound and rows_digest(connection) == manifest.digest
        except (DatabaseError, ValueError, KeyError):
            raise Damaged(file=path.name) from None
    if manifest.kind != kind or found.format != FORMAT:
        raise NotABackup(file=path.name, kind=kind)
    if not whole:
        raise Damaged(file=path.name)
    return manifest


def _manifest(content: str) -> Manifest:
    fields: dict[str, Any] = json.loads(content)
    return Manifest(**{**fields, "chain": tuple(fields["chain"])})


def rows_digest(connection: Connection) -> str:
    """SHA-256 over the rows of every table of ours in the file, tables by name and rows by primary key."""
    digest = hashlib.sha256()
    there = set(inspect(connection).get_table_names()) & set(Base.metadata.tables)
    for name in sorted(there):
        keys = ", ".join(f'"{column.name}"' for column in Base.metadata.tables[name].primary_key)
        for row in connection.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY {keys}'):  # noqa: S608 - our tables
            digest.update(f"{name}{tuple(row)!r}\n".encode())
    return digest.hexdigest()


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[Engine]:
    """A backup's file as a database, one file again afterwards."""
    engine = engine_for(f"sqlite:///{path}")
    try:
        yield engine
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    except DatabaseError:
        raise Damaged(file=path.name) from None
    finally:
        engine.dispose()
