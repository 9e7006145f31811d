"""The way back from a backup: data and keys into a database without rows; what was destroyed stays destroyed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, text
from sqlalchemy.orm import Session

from consultations.cli.backup_files import DATA, KEYS, Manifest, opened, read_manifest
from consultations.cli.backup_tables import OPENED_BY, SPLIT, WITH_THE_DATA, WITH_THE_KEYS
from consultations.cli.backups import AT_ONCE, keys_beside, tables
from consultations.database import Base
from consultations.errors import N_, Problem
from consultations.fieldwork.models import CaseStudy
from consultations.fieldwork.retention import delete_interviews
from consultations.migrations import upgrade
from consultations.papers.ending import delete_everything
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import is_held

Key = tuple[object, ...]

#: What is said of rows whose key is in the data file and not in the keys file.
LOST = {
    "keyrings": "%d keys are later than this keys file: what they open is not back.",
    "epochs": "%d batches of answers have no key any more: they were unlocked or destroyed after this data file.",
    "snapshot_keys": "%d unlocked stores have no key any more: they were destroyed after this data file.",
    "interview_keys": "%d interviews have no key any more: they were withdrawn or destroyed after this data file.",
}


class NotEmpty(Problem):
    status = 409
    message = N_("There is something in this database already. A backup is put back into an empty one.")


class NotTogether(Problem):
    status = 409
    message = N_("These two files are of different installations: the keys do not belong to the data.")


class KeysAreOlder(Problem):
    status = 409
    message = N_(
        "The keys are older than the data: what was sealed since does not open with them. Find the keys file that was"
        " written with the data, or a later one."
    )


@dataclass(frozen=True, slots=True)
class Restored:
    rows: int
    #: What is not back, in plain words, a line each.
    missing: list[str] = field(default_factory=list)


def restore(path: Path, engine: Engine, keys: Path | None = None, *, older_keys: bool = False) -> Restored:
    """Put a backup back into a database without rows.

    Keys that are newer than the data are good: what was withdrawn or destroyed in between does not come back. Raises
    NotABackup, Damaged, NotTogether, NotEmpty, and KeysAreOlder unless these are wanted.
    """
    upgrade(engine)
    keys = keys or keys_beside(path)
    _compare(read_manifest(path, DATA), read_manifest(keys, KEYS), older_keys)
    # A backup of an older version is brought up to date, and the files themselves stay as they are.
    with tempfile.TemporaryDirectory(prefix="restore-", dir=path.parent) as folder:
        copies = [Path(shutil.copyfile(file, Path(folder) / kind)) for file, kind in ((path, DATA), (keys, KEYS))]
        with opened(copies[0]) as data, opened(copies[1]) as sealed:
            for copy in (data, sealed):
                upgrade(copy)
            with data.connect() as from_data, sealed.connect() as from_keys, Session(engine) as session:
                work = _Restoring(from_data, from_keys, session.connection())
                rows = work.everything()
                restored = Restored(rows, [*work.missing(), *_destroyed_since(session)])
                session.commit()
    return restored


def _compare(data: Manifest, keys: Manifest, older_keys: bool) -> None:
    shared = min(len(data.chain), len(keys.chain))
    if data.chain[:shared] != keys.chain[:shared]:
        raise NotTogether
    if len(keys.chain) < len(data.chain) and not older_keys:
        raise KeysAreOlder


class _Restoring:
    """One restore under way: where it reads, where it writes, and what it knows to be gone."""

    def __init__(self, data: Connection, keys: Connection, target: Connection) -> None:
        self._data, self._keys, self._target = data, keys, target
        self._rows = 0
        self._in_data = {name: _primary_keys(data, Base.metadata.tables[name]) for name in SPLIT}
        #: Table -> keys of rows whose own key is gone.
        self._gone = {
            name: there - _primary_keys(keys, Base.metadata.tables[name]) for name, there in self._in_data.items()
        }
        #: Table -> keys of rows that are back, where other tables refer to it.
        self._back: dict[str, set[Key]] = {
            key.referred_table.name: set()
            for table in Base.metadata.sorted_tables
            for key in table.foreign_key_constraints
        }

    def everything(self) -> int:
        """-> how many rows. Raises NotEmpty."""
        every = tables((*WITH_THE_DATA, *SPLIT, *WITH_THE_KEYS))
        counted = (table for table in every if table.name != "audit_heads")
        if any(self._target.scalar(select(func.count()).select_from(table)) for table in counted):
            raise NotEmpty
        self._target.execute(Base.metadata.tables["audit_heads"].delete())  # the migrations put one there
        for table in every:
            self._put(table)
        if self._target.dialect.name == "postgresql":
            _go_on_counting(self._target)
        return self._rows

    def missing(self) -> list[str]:
        return [LOST[name] % len(keys) for name, keys in self._gone.items() if keys]

    def _put(self, table: Table) -> None:
        source = self._data if table.name in WITH_THE_DATA else self._keys
        found = source.execution_options(yield_per=AT_ONCE).execute(select(table).order_by(*table.primary_key))
        for rows in found.mappings().partitions(AT_ONCE):
            values = [dict(row) for row in rows if self._comes_back(table, dict(row))]
            if values:
                self._target.execute(insert(table), values)
            if table.name in self._back:
                self._back[table.name].update(_of(value, (each.name for each in table.primary_key)) for value in values)
            self._rows += len(values)

    def _comes_back(self, table: Table, row: Mapping[str, object]) -> bool:
        """Not what a lost key opened; nor newer keys of things that older data do not have yet."""
        for lost, tables_of_it in OPENED_BY.items():
            for name, columns in tables_of_it:
                if name == table.name and _of(row, columns) in self._gone[lost]:
                    return False
        if table.name in SPLIT and _of(row, (each.name for each in table.primary_key)) not in self._in_data[table.name]:
            return False
        return all(
            _of(row, (column.name for column in key.columns)) in self._back[key.referred_table.name]
            for key in table.foreign_key_constraints
        )


def _primary_keys(connection: Connection, table: Table) -> set[Key]:
    return {tuple(row) for row in connection.execute(select(*table.primary_key))}


def _of(row: Mapping[str, object], columns: Iterable[str]) -> Key:
    return tuple(row[column] for column in columns)


def _destroyed_since(session: Session) -> Iterator[str]:
    """What lost its key after the data were written goes here too, as it went there."""
    for consultation in session.scalars(select(Consultation).order_by(Consultation.id)).all():
        if not is_held(session, consultation.keyring_id):
            delete_everything(session, consultation)
            yield f"The answers of {consultation.slug} were destroyed after this data file, with their key."
    for case_study in session.scalars(select(CaseStudy).order_by(CaseStudy.id)).all():
        if not is_held(session, case_study.keyring_id):
            delete_interviews(session, case_study)
            yield f"The interviews of case study {case_study.id} were destroyed after this data file, with their keys."


def _go_on_counting(target: Connection) -> None:
    """PostgreSQL counts ids in sequences that know nothing of rows that came with theirs."""
    for name in inspect(target).get_table_names():
        table = Base.metadata.tables.get(name)
        column = table.autoincrement_column if table is not None else None
        if column is not None:
            last = f"SELECT setval(pg_get_serial_sequence('{name}', '{column.name}'), max({column.name})) FROM {name}"  # noqa: S608 - names of our own tables
            target.execute(text(last))
