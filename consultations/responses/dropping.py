"""Deletes sealed answers that were moved into a snapshot, and the keys of their epochs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import cast

from sqlalchemy import ColumnElement, Connection, Insert, MetaData, Table, and_, delete, func, insert, select
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from consultations.responses.models import Epoch, SealedResponse

#: From so many rows on, a table that is let go of in one piece is faster: deleting takes 5 to 10 µs for each row.
MANY = 40_000
#: PostgreSQL: how many rows of others are copied at most, as members of other consultations wait: a third of a second.
MOST_COPIED = 40_000
#: PostgreSQL: how often the table is asked for, and how long until the next time.
LOCK_TRIES, LOCK_PAUSE_SECONDS = 20, 0.1
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
    in_one_piece = _IN_ONE_PIECE[connection.dialect.name]
    if moved < MANY or not in_one_piece(connection, consultation_id, damaged, moved):
        mine = SealedResponse.consultation_id == consultation_id
        for epoch, ids in damaged.items():
            moved_of_it = (SealedResponse.epoch_id == epoch, SealedResponse.id.not_in(ids))
            session.execute(delete(SealedResponse).where(mine, *moved_of_it))
        for some in _lists(whole):
            session.execute(delete(SealedResponse).where(mine, SealedResponse.epoch_id.in_(some)))
    for some in _lists(whole):
        session.execute(delete(Epoch).where(Epoch.consultation_id == consultation_id, Epoch.id.in_(some)))


def _leaves(connection: Connection, consultation_id: int, damaged: Damaged, moved: int, most: int) -> bool:
    """Whether at most so many rows of others stay, and no more of this consultation's than are known to.

    A row of no epoch is nothing that was looked at.
    """
    others = _others(connection, consultation_id, most)
    known = others + moved + sum(map(len, damaged.values()))
    return others <= most and connection.scalar(select(func.count()).select_from(SealedResponse)) == known


def _others(connection: Connection, consultation_id: int, most: int) -> int:
    """How many rows other consultations have; of more than `most`, not how many more. From an index, unlike `!=`."""
    by_id = select(SealedResponse.id).order_by(SealedResponse.consultation_id, SealedResponse.id).limit(most + 1)
    sides = (SealedResponse.consultation_id < consultation_id, SealedResponse.consultation_id > consultation_id)
    return sum(connection.scalar(select(func.count()).select_from(by_id.where(one).subquery())) or 0 for one in sides)


def _dropped(connection: Connection, consultation_id: int, damaged: Damaged, moved: int) -> bool:
    """SQLite: what stays in a new table, and the old one dropped in one piece; False where too much stays.

    The old table's pages are let go of as they are, which is five times as fast as writing zeros over them all. They
    hold what was sealed under keys that are written over: nobody opens them, and their ids lead to nothing.
    """
    if not _leaves(connection, consultation_id, damaged, moved, moved - 1):
        return False
    made = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type = ? AND sql IS NOT NULL"
    table = connection.exec_driver_sql(made, (_NAME, "table")).scalar_one()
    indexes = connection.exec_driver_sql(made, (_NAME, "index")).scalars().all()
    connection.exec_driver_sql(table.replace(_NAME, _REST, 1))
    _copy_the_rest(connection, consultation_id, damaged)
    connection.exec_driver_sql("PRAGMA secure_delete = FAST")
    try:
        connection.exec_driver_sql(f"DROP TABLE {_NAME}")
    finally:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    connection.exec_driver_sql(f"ALTER TABLE {_REST} RENAME TO {_NAME}")
    for index in indexes:
        connection.exec_driver_sql(index)
    return True


def _truncated(connection: Connection, consultation_id: int, damaged: Damaged, moved: int) -> bool:
    """PostgreSQL: all rows go with their file, and what stays is put back; False where that cannot be done now.

    Deleting would copy every page into the write-ahead log, and a vacuum read them all again. The old file is the
    disk's once this is committed, and still the table's after a crash. Until then nobody else may use the table. Who
    reads at one moment that was before, as a backup does, must have held it since then, or would find it empty.
    """
    if _others(connection, consultation_id, MOST_COPIED) > MOST_COPIED:
        return False
    savepoint = connection.begin_nested()
    try:
        if _is_held(connection) and _leaves(connection, consultation_id, damaged, moved, MOST_COPIED):
            connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {_REST} (LIKE {_NAME}) ON COMMIT DROP")
            _copy_the_rest(connection, consultation_id, damaged)
            connection.exec_driver_sql(f"TRUNCATE {_NAME}")
            rest = _rest()
            connection.execute(insert(_TABLE).from_select(list(_TABLE.columns), select(rest).order_by(rest.c.id)))
            savepoint.commit()
            return True
    except ProgrammingError:
        pass  # a role that may do less than own its tables
    savepoint.rollback()  # others may use the table again
    return False


def _is_held(connection: Connection) -> bool:
    """Whether nobody else uses the table from here on. Never waited for: whoever comes would have to wait behind that,
    and somebody who waits for this transaction could be what it waits for.
    """
    for _ in range(LOCK_TRIES):
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(f"LOCK TABLE {_NAME} IN ACCESS EXCLUSIVE MODE NOWAIT")
                return True
        except OperationalError:
            time.sleep(LOCK_PAUSE_SECONDS)
    return False


def _copy_the_rest(connection: Connection, consultation_id: int, damaged: Damaged) -> None:
    rest = _rest()
    connection.execute(_copy(rest, SealedResponse.consultation_id != consultation_id))
    for some in _lists(row_id for ids in damaged.values() for row_id in ids):
        mine = SealedResponse.consultation_id == consultation_id
        connection.execute(_copy(rest, and_(mine, SealedResponse.id.in_(some))))


def _copy(into: Table, wanted: ColumnElement[bool]) -> Insert:
    return insert(into).from_select(list(into.columns), select(*_TABLE.columns).where(wanted))


def _rest() -> Table:
    return _TABLE.to_metadata(MetaData(), name=_REST)


def _lists(ids: Iterable[bytes]) -> Iterator[list[bytes]]:
    left = iter(ids)
    while some := list(islice(left, _LIST)):
        yield some


_IN_ONE_PIECE: Mapping[str, Callable[[Connection, int, Damaged, int], bool]] = {
    "sqlite": _dropped,
    "postgresql": _truncated,
}
