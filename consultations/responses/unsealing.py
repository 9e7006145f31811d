"""Opens a consultation's answers: once into a shuffled, sealed snapshot, and from then on from that."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.responses import stored_snapshots
from consultations.responses.dropping import drop_moved
from consultations.responses.leaving_out import Unsealed, left_out, without_waiting
from consultations.responses.models import Epoch, SentHash, Snapshot
from consultations.responses.opening_processes import Progress, open_all
from consultations.responses.sealing import Place, epoch_key_opener
from consultations.responses.snapshots import Opened, Records, joined, records_of, shuffled
from consultations.responses.stirring import wipe
from consultations.responses.stored_snapshots import NotUnlocked
from consultations.responses.withdrawals import take_queue
from consultations.rounds.lifecycle import after
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import sealing_key
from consultations.staff.keys import DoesNotOpen, public_key_of
from forms.packing import Layout

__all__ = ["NotUnlocked", "Unsealed", "WrongKey", "move", "open_records", "open_snapshot", "unlock"]

_LOG = logging.getLogger(__name__)


class WrongKey(Problem):
    status = 409
    message = N_("This key does not belong to the consultation. Nothing was opened.")


@dataclass(frozen=True, slots=True)
class _Found:
    records: Records
    #: Of every epoch that was looked at.
    epochs: list[bytes]
    #: Ids of answers that did not open, by epoch: their epochs' keys stay.
    damaged: dict[bytes, list[bytes]] = field(repr=False)


def untold(done: int, total: int) -> None:
    """Progress that nobody looks at."""


def unlock(
    session: Session,
    consultation: Consultation,
    private_key: bytes,
    layout: Layout,
    today: datetime.date | None = None,
) -> Snapshot:
    """`move`, committed with whatever else `session` holds when this returns."""
    snapshot = move(session, consultation, private_key, layout, today)
    session.commit()
    wipe(_engine(session))
    return snapshot


def move(
    session: Session,
    consultation: Consultation,
    private_key: bytes,
    layout: Layout,
    today: datetime.date | None = None,
    progress: Progress = untold,
) -> Snapshot:
    """Move every answer into one snapshot, in a drawn order, and drop the originals, their keys and the sent hashes.

    An answer that was taken back never enters it; how many there were is in the audit log, under `today` if given.
    One transaction, with the consultation's new status; the caller commits it, and then has the database
    `wipe`. Answers that came late are merged by doing it again. An answer that does not open is left where it is: see
    `counting.unopened`.
    Raises StepOutOfOrder before closing, WrongKey, and DoesNotOpen when the snapshot that is there was changed.
    """
    status = consultation.status if consultation.status == "unlocked" else after(consultation.status, "unlock")
    # The key cannot be turned from here on: a holder who does it waits, or this meets the new one and opens nothing.
    if public_key_of(private_key) != sealing_key(session, consultation.keyring_id):
        raise WrongKey
    # A write comes first, so that SQLite lets nobody else write from here on.
    session.execute(delete(SentHash).where(SentHash.consultation_id == consultation.id))
    # The queue before the snapshot, as whoever rewrites it does, or the two could wait for each other.
    tags = take_queue(session, consultation.id)
    snapshot = stored_snapshots.locked(session, consultation.id)
    found = _open_all(session, consultation, private_key, layout, progress)
    records = left_out(session, consultation, found.records, tags, today)
    if snapshot is not None:
        records = joined((records, stored_snapshots.read(session, consultation, private_key, Opened.records)))
    snapshot = stored_snapshots.write(session, consultation, shuffled(records))
    drop_moved(session, consultation.id, found.epochs, found.damaged, len(found.records))
    consultation.status = status
    session.flush()
    return snapshot


def open_snapshot(session: Session, consultation: Consultation, private_key: bytes) -> Unsealed:
    """Every answer that was unlocked and not taken back.

    Raises NotUnlocked, and DoesNotOpen for another key or changed bytes.
    """
    return _unsealed(session, consultation, private_key, _with_texts)


def open_records(session: Session, consultation: Consultation, private_key: bytes) -> bytes:
    """The closed answers alone, records end to end: reading a million people's words takes longer than all tables.

    Raises as `open_snapshot` does.
    """
    return _unsealed(session, consultation, private_key, lambda opened: Unsealed(opened.hot(), [])).hot


def _unsealed(
    session: Session, consultation: Consultation, private_key: bytes, wanted: Callable[[Opened], Unsealed]
) -> Unsealed:
    def sized(opened: Opened) -> tuple[Unsealed, int]:
        return wanted(opened), opened.size

    unsealed, size = stored_snapshots.read(session, consultation, private_key, sized)
    return without_waiting(session, consultation.id, unsealed, size)


def _with_texts(opened: Opened) -> Unsealed:
    texts = opened.texts()
    return Unsealed(opened.hot(), [texts.get(at, {}) for at in range(opened.size)])


def _open_all(
    session: Session, consultation: Consultation, private_key: bytes, layout: Layout, progress: Progress
) -> _Found:
    keys = _epoch_keys(session, consultation, private_key)
    # Rows of an epoch that began after the keys were read are for the next unlock.
    width = layout.record.size
    place = Place(consultation.id, consultation.questionnaire.version, b"")
    records: list[Records] = []
    damaged: dict[bytes, list[bytes]] = {}
    for lot in open_all(session.connection(), place, keys, width, progress):
        records.append(records_of(lot.hot, width, lot.places, lot.texts))
        for epoch, ids in lot.damaged.items():
            damaged.setdefault(epoch, []).extend(ids)
    if damaged:
        _LOG.warning("Some stored answers do not open; they stay where they are and are counted.")
    return _Found(joined(records), list(keys), damaged)


def _epoch_keys(session: Session, consultation: Consultation, private_key: bytes) -> dict[bytes, bytes | None]:
    """The key of each epoch; None where it does not open.

    PostgreSQL locks these rows: a stir waits, and so does an answer of such an epoch, which must point to its row.
    """
    epochs = session.execute(
        select(Epoch.id, Epoch.sealed_key).where(Epoch.consultation_id == consultation.id).with_for_update()
    )
    open_key = epoch_key_opener(private_key, consultation.id)
    keys: dict[bytes, bytes | None] = {}
    for epoch_id, sealed_key in epochs:
        try:
            keys[epoch_id] = open_key(sealed_key, epoch_id)
        except (DoesNotOpen, ValueError):
            keys[epoch_id] = None
    return keys


def _engine(session: Session) -> Engine:
    return session.get_bind().engine
