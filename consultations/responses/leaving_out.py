"""Leaves answers that were taken back out of what key holders see, and then out of the snapshot itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.audit import record
from consultations.responses.models import Snapshot
from consultations.responses.snapshots import (
    Records,
    SnapshotPlace,
    open_columns,
    records_of,
    seal_snapshot,
    shuffled,
)
from consultations.responses.withdrawals import put_back, waiting, withdrawn
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import public_key
from forms.packing import receipts

WHO = "withdrawal"


@dataclass(frozen=True, slots=True)
class Unsealed:
    """All answers; the same index is the same answer in both."""

    #: Records end to end, for `forms.packing.columns`.
    hot: bytes = field(repr=False)
    #: Free text by question; empty where somebody wrote none.
    cold: list[dict[str, str]] = field(repr=False)


def without_waiting(session: Session, consultation_id: int, unsealed: Unsealed) -> Unsealed:
    """The answers without those in the queue, also where nobody has taken them out of the snapshot yet."""
    size = len(unsealed.cold)
    gone = withdrawn(unsealed.hot, _width(unsealed.hot, size), waiting(session, consultation_id)).tolist()
    if not any(gone):
        return unsealed
    records = records_of(unsealed.hot, b"", size).hot
    kept = [at for at in range(size) if not gone[at]]
    return Unsealed(b"".join(records[at] for at in kept), [unsealed.cold[at] for at in kept])


def left_out(
    session: Session, consultation: Consultation, records: Records, tags: frozenset[bytes], today: datetime.date | None
) -> Records:
    """The records that may be kept; those of `tags` that met no record are put back into the queue.

    How many were left out is noted in the audit log if a day is given.
    """
    kept, met = _parted(records, tags)
    put_back(session, consultation.id, tags - met)
    if met and today is not None:
        note(session, consultation, len(met), today)
    return kept


def are_in_snapshot(session: Session, consultation: Consultation, private_key: bytes, tags: frozenset[bytes]) -> bool:
    """Whether an answer in the snapshot carries one of the tags; nothing is written to find out. Raises DoesNotOpen."""
    snapshot = session.get(Snapshot, consultation.id)
    if snapshot is None or not tags:
        return False
    hot, _ = open_columns(private_key, _place(consultation), snapshot.sealed_key, snapshot.blob)
    return bool(withdrawn(hot, _width(hot, snapshot.size), tags).any())


def rewrite_snapshot(
    session: Session, consultation: Consultation, private_key: bytes, tags: frozenset[bytes]
) -> frozenset[bytes]:
    """Seal the snapshot again without the answers that carry one of the tags -> those tags. Raises DoesNotOpen.

    A new key, a new order: nothing tells where in the one before an answer was missing. Nothing is committed here.
    """
    wanted = select(Snapshot).where(Snapshot.consultation_id == consultation.id).with_for_update()
    snapshot = session.scalars(wanted.execution_options(populate_existing=True)).first()
    if snapshot is None:
        return frozenset()
    place = _place(consultation)
    hot, lines = open_columns(private_key, place, snapshot.sealed_key, snapshot.blob)
    kept, met = _parted(records_of(hot, lines, snapshot.size), tags)
    if met:
        public = public_key(session, consultation.keyring_id)
        snapshot.size = len(kept.hot)
        snapshot.sealed_key, snapshot.blob = seal_snapshot(public, place, shuffled(kept))
    return met


def note(session: Session, consultation: Consultation, number: int, today: datetime.date) -> None:
    """A number of answers and a day for the audit log; no entry names anybody."""
    record(session, who=WHO, what=f"took {number} out of the answers to", subject=consultation.slug, day=today)


def _parted(records: Records, tags: frozenset[bytes]) -> tuple[Records, frozenset[bytes]]:
    """(records without those that carry a tag, the tags that were met)."""
    hot = b"".join(records.hot) if tags else b""
    width = _width(hot, len(records.hot))
    gone = withdrawn(hot, width, tags).tolist()
    if not any(gone):
        return records, frozenset()
    # Records know a tag without the zeros at its end.
    found = set(receipts(hot, width)[gone].tolist())
    kept = [at for at, is_gone in enumerate(gone) if not is_gone]
    left = Records([records.hot[at] for at in kept], [records.cold[at] for at in kept])
    return left, frozenset(tag for tag in tags if tag.rstrip(b"\0") in found)


def _place(consultation: Consultation) -> SnapshotPlace:
    return SnapshotPlace(consultation.id, consultation.questionnaire.version)


def _width(hot: bytes, size: int) -> int:
    return len(hot) // size if size else 0
