"""Deletes sealed answers that were moved into a snapshot, and the keys of their epochs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import cast

from sqlalchemy import ColumnElement, Connection, Insert, MetaData, Table, and_, delete, func, insert, select
from sqlalchemy.orm import Session

from consultations.responses.models import Epoch, SealedResponse

#: From so many rows on, SQLite is faster with a new table for what stays: deleting takes it 10 µs for each row.
MANY = 40_000
#: Values in one SQL list: SQLite takes 32,766.
_LIST = 10_000
_TABLE = cast(Table, SealedResponse.__table__)
_NAME, _REST = SealedResponse.__tablename__, "sealed_responses_rest"

#: Ids of answers that did not open, by epoch.
Damaged = Mapping[bytes, list[bytes]]


def drop_moved(session: Session, consultation_id: int, epochs: Iterable[bytes], damaged: Damaged, moved: int) -> None:
    """Delete the `moved` answers of these epochs, and the epochs, but for damaged answers and the epochs they are of.

    Nothing is committed here. The caller holds the epochs, so that nobody adds answers to them.
    """
    connection = session.connection()
    whole = [epoch for epoch in epochs if epoch not in damaged]
    if connection.dialect.name == "sqlite" and _leaves_little(connection, consultation_id, damaged, moved):
        _keep_the_rest(connection, consultation_id, damaged)
    else:
        mine = SealedResponse.consultation_id == consultation_id
        for epoch, ids in damaged.items():
            moved_of_it = (SealedResponse.epoch_id == epoch, SealedResponse.id.not_in(ids))
            session.execute(delete(SealedResponse).where(mine, *moved_of_it))
        for some in _lists(whole):
            session.execute(delete(SealedResponse).where(mine, SealedResponse.epoch_id.in_(some)))
    for some in _lists(whole):
        session.execute(delete(Epoch).where(Epoch.consultation_id == consultation_id, Epoch.id.in_(some)))


def _leaves_little(connection: Connection, consultation_id: int, damaged: Damaged, moved: int) -> bool:
    """Whether what stays is less than what goes, and is known: a row of no epoch is nothing that was looked at."""
    if moved < MANY:
        return False
    rows = select(func.count()).select_from(SealedResponse)
    mine = connection.scalar(rows.where(SealedResponse.consultation_id == consultation_id))
    others = connection.scalar(rows.where(SealedResponse.consultation_id != consultation_id)) or 0
    return mine == moved + sum(map(len, damaged.values())) and others < moved


def _keep_the_rest(connection: Connection, consultation_id: int, damaged: Damaged) -> None:
    """SQLite only: what stays in a new table, and the old one dropped in one piece.

    The old table's pages are let go of as they are, which is five times as fast as writing zeros over them all. They
    hold what was sealed under keys that are written over: nobody opens them, and their ids lead to nothing.
    """
    made = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type = ? AND sql IS NOT NULL"
    table = connection.exec_driver_sql(made, (_NAME, "table")).scalar_one()
    indexes = connection.exec_driver_sql(made, (_NAME, "index")).scalars().all()
    connection.exec_driver_sql(table.replace(_NAME, _REST, 1))
    rest = _TABLE.to_metadata(MetaData(), name=_REST)
    connection.execute(_copy(rest, SealedResponse.consultation_id != consultation_id))
    for some in _lists(row_id for ids in damaged.values() for row_id in ids):
        mine = SealedResponse.consultation_id == consultation_id
        connection.execute(_copy(rest, and_(mine, SealedResponse.id.in_(some))))
    connection.exec_driver_sql("PRAGMA secure_delete = FAST")
    try:
        connection.exec_driver_sql(f"DROP TABLE {_NAME}")
    finally:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    connection.exec_driver_sql(f"ALTER TABLE {_REST} RENAME TO {_NAME}")
    for index in indexes:
        connection.exec_driver_sql(index)


def _copy(into: Table, wanted: ColumnElement[bool]) -> Insert:
    return insert(into).from_select(list(into.columns), select(*_TABLE.columns).where(wanted))


def _lists(ids: Iterable[bytes]) -> Iterator[list[bytes]]:
    left = iter(ids)
    while some := list(islice(left, _LIST)):
        yield some
