"""A consultation's snapshot in the database: a head with its key, and parts of a few megabytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.responses.models import Snapshot, SnapshotPart
from consultations.responses.snapshots import Opened, Records, SnapshotPlace, open_snapshot_key, seal_snapshot
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import sealing_key
from consultations.staff.keys import DoesNotOpen

T = TypeVar("T")


class NotUnlocked(Problem):
    status = 409
    message = N_("The answers have not been unlocked yet.")


def locked(session: Session, consultation_id: int) -> Snapshot | None:
    """The snapshot as it is now, which nobody else writes before this transaction ends; None before the first."""
    return session.get(Snapshot, consultation_id, with_for_update=True, populate_existing=True)


def write(session: Session, consultation: Consultation, records: Records) -> Snapshot:
    """Seal these records as the consultation's snapshot, in place of the one that `locked` gave; commits nothing."""
    sealed = seal_snapshot(sealing_key(session, consultation.keyring_id), place_of(consultation), records)
    snapshot = session.get(Snapshot, consultation.id)
    if snapshot is None:
        snapshot = Snapshot(consultation_id=consultation.id)
        session.add(snapshot)
    snapshot.size, snapshot.sealed_key, snapshot.blob = len(records), sealed.key, sealed.head
    session.flush()
    session.execute(delete(SnapshotPart).where(SnapshotPart.consultation_id == consultation.id))
    for number, part in enumerate(sealed.parts):
        row = {"consultation_id": consultation.id, "number": number, "sealed": part}
        session.execute(insert(SnapshotPart).values(row))
    return snapshot


def read(session: Session, consultation: Consultation, private_key: bytes, wanted: Callable[[Opened], T]) -> T:
    """What `wanted` takes from the opened snapshot.

    Raises NotUnlocked, and DoesNotOpen for another key or changed bytes. Parts are read one by one: where the snapshot
    is written anew in between they belong to two, which do not open together, and all is read again.
    """
    while True:
        snapshot = session.get(Snapshot, consultation.id, populate_existing=True)
        if snapshot is None:
            raise NotUnlocked
        head = snapshot.blob
        try:
            cipher = open_snapshot_key(private_key, place_of(consultation), snapshot.sealed_key)
            return wanted(Opened(cipher, place_of(consultation), head, lambda n: _part(session, consultation.id, n)))
        except DoesNotOpen:
            if session.scalar(select(Snapshot.blob).where(Snapshot.consultation_id == consultation.id)) == head:
                raise


def place_of(consultation: Consultation) -> SnapshotPlace:
    return SnapshotPlace(consultation.id, consultation.questionnaire.version)


def _part(session: Session, consultation_id: int, number: int) -> bytes:
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        return _part_in_binary(connection, consultation_id, number)
    mine = (SnapshotPart.consultation_id == consultation_id, SnapshotPart.number == number)
    return session.scalar(select(SnapshotPart.sealed).where(*mine)) or b""


def _part_in_binary(connection: Connection, consultation_id: int, number: int) -> bytes:
    """As it is, by psycopg itself: SQLAlchemy has it written in hexadecimal digits, which takes six times as long."""
    import psycopg

    wanted = "SELECT sealed FROM snapshot_parts WHERE consultation_id = %s AND number = %s"
    with cast(psycopg.Connection, connection.connection.driver_connection).cursor() as cursor:
        found = cursor.execute(wanted, (consultation_id, number), binary=True).fetchone()
    return found[0] if found else b""
