"""Leaves answers that were taken back out of what key holders see, and then out of the snapshot itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy.orm import Session

from consultations.audit import record
from consultations.responses import stored_snapshots
from consultations.responses.models import Snapshot
from consultations.responses.snapshots import Opened, Records, kept, shuffled
from consultations.responses.withdrawals import put_back, waiting, withdrawn
from consultations.rounds.models import Consultation
from forms.packing import receipts

WHO = "withdrawal"


@dataclass(frozen=True, slots=True)
class Unsealed:
    """All answers; the same index is the same answer in both."""

    #: Records end to end, for `forms.packing.columns`.
    hot: bytes = field(repr=False)
    #: Free text by question; empty where somebody wrote none.
    cold: list[dict[str, str]] = field(repr=False)


def without_waiting(session: Session, consultation_id: int, unsealed: Unsealed, size: int) -> Unsealed:
    """The `size` answers without those in the queue, also where nobody has taken them out of the snapshot yet.

    There are as many texts as answers, or none at all.
    """
    width = len(unsealed.hot) // size if size else 0
    gone = withdrawn(unsealed.hot, width, waiting(session, consultation_id))
    if not gone.any():
        return unsealed
    hot = np.frombuffer(unsealed.hot, np.uint8).reshape(-1, width)[~gone].tobytes()
    left = zip(unsealed.cold, gone.tolist(), strict=True) if unsealed.cold else ()
    return Unsealed(hot, [texts for texts, is_gone in left if not is_gone])


def left_out(
    session: Session, consultation: Consultation, records: Records, tags: frozenset[bytes], today: datetime.date | None
) -> Records:
    """The records that may be kept; those of `tags` that met no record are put back into the queue.

    How many were left out is noted in the audit log if a day is given.
    """
    left, met = _parted(records, tags)
    put_back(session, consultation.id, tags - met)
    if met and today is not None:
        note(session, consultation, len(met), today)
    return left


def are_in_snapshot(session: Session, consultation: Consultation, private_key: bytes, tags: frozenset[bytes]) -> bool:
    """Whether an answer in the snapshot carries one of the tags; nothing is written to find out. Raises DoesNotOpen."""
    if not tags or session.get(Snapshot, consultation.id) is None:
        return False

    def carries(opened: Opened) -> bool:
        return bool(withdrawn(opened.hot(), opened.width, tags).any())

    return stored_snapshots.read(session, consultation, private_key, carries)


def rewrite_snapshot(
    session: Session, consultation: Consultation, private_key: bytes, tags: frozenset[bytes]
) -> frozenset[bytes]:
    """Seal the snapshot again without the answers that carry one of the tags -> those tags. Raises DoesNotOpen.

    A new key, a new order: nothing tells where in the one before an answer was missing. Nothing is committed here.
    """
    if stored_snapshots.locked(session, consultation.id) is None:
        return frozenset()
    left, met = _parted(stored_snapshots.read(session, consultation, private_key, Opened.records), tags)
    if met:
        stored_snapshots.write(session, consultation, shuffled(left))
    return met


def note(session: Session, consultation: Consultation, number: int, today: datetime.date) -> None:
    """A number of answers and a day for the audit log; no entry names anybody."""
    record(session, who=WHO, what=f"took {number} out of the answers to", subject=consultation.slug, day=today)


def _parted(records: Records, tags: frozenset[bytes]) -> tuple[Records, frozenset[bytes]]:
    """(records without those that carry a tag, the tags that were met)."""
    if not tags or not len(records):
        return records, frozenset()
    hot, width = records.hot.tobytes(), records.hot.shape[1]
    gone = withdrawn(hot, width, tags)
    if not gone.any():
        return records, frozenset()
    # Records know a tag without the zeros at its end.
    found = set(receipts(hot, width)[gone].tolist())
    return kept(records, ~gone), frozenset(tag for tag in tags if tag.rstrip(b"\0") in found)
