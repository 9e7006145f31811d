"""Seals what lies under a consultation's key to its new pair: keys of epochs and of the snapshot, counts of codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.responses.models import Epoch, SealedCount, SnapshotKey
from consultations.responses.redeemed import resealed_counts
from consultations.responses.sealing import resealed_epoch_key
from consultations.responses.snapshots import SnapshotPlace, resealed_snapshot_key
from consultations.rounds.models import Consultation
from consultations.staff.keys import Turn
from consultations.staff.several import open_each

Row = TypeVar("Row", Epoch, SnapshotKey, SealedCount)


def resealed(session: Session, consultation: Consultation, turn: Turn) -> int:
    """-> how many did not open, and stay as they are; nothing is committed here.

    Answers themselves are not touched: they lie under keys that are sealed anew. An epoch that is in use stays in use,
    in the memory of its process, until its quarter of an hour is over.
    """
    mine, place = consultation.id, SnapshotPlace(consultation.id, consultation.questionnaire.version)
    return (
        _each(session, Epoch, "sealed_key", mine, lambda row: resealed_epoch_key(turn, row.sealed_key, mine, row.id))
        + _each(
            session, SnapshotKey, "sealed_key", mine, lambda row: resealed_snapshot_key(turn, place, row.sealed_key)
        )
        + _each(session, SealedCount, "sealed", mine, lambda row: resealed_counts(turn, mine, row.id, row.sealed))
    )


def _each(session: Session, table: type[Row], column: str, consultation_id: int, again: Callable[[Row], bytes]) -> int:
    rows = select(table).where(table.consultation_id == consultation_id).with_for_update()
    found = session.scalars(rows.execution_options(populate_existing=True))
    broken = open_each(table.__tablename__, found, lambda row: setattr(row, column, again(row))).refused
    session.flush()
    return broken
