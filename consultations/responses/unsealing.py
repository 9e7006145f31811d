"""Opens a consultation's answers: once into a shuffled, sealed snapshot, and from then on from that."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.responses.leaving_out import Unsealed, left_out, without_waiting
from consultations.responses.models import Epoch, SealedResponse, SentHash, Snapshot
from consultations.responses.sealing import Place, open_answer, open_epoch_key
from consultations.responses.snapshots import (
    Records,
    SnapshotPlace,
    open_columns,
    records_of,
    seal_snapshot,
    shuffled,
    texts_by_index,
)
from consultations.responses.stirring import wipe
from consultations.responses.withdrawals import take_queue
from consultations.rounds.lifecycle import after
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import public_key
from consultations.staff.keys import DoesNotOpen, public_key_of
from forms.packing import Layout

_LOG = logging.getLogger(__name__)
#: Values in one SQL list: SQLite takes 32,766.
_LIST = 10_000


class NotUnlocked(Problem):
    status = 409
    message = N_("The answers have not been unlocked yet.")


class WrongKey(Problem):
    status = 409
    message = N_("This key does not belong to the consultation. Nothing was opened.")


@dataclass(slots=True)
class _Opened:
    records: Records = field(default_factory=lambda: Records([], []))
    #: Ids of the answers that opened, by epoch.
    ids: dict[bytes, list[bytes]] = field(default_factory=dict)
    #: Epochs in which something did not open: their keys stay.
    damaged: set[bytes] = field(default_factory=set)


def unlock(
    session: Session,
    consultation: Consultation,
    private_key: bytes,
    layout: Layout,
    today: datetime.date | None = None,
) -> Snapshot:
    """Move every answer into one snapshot, in a drawn order, and drop the originals, their keys and the sent hashes.

    An answer that was taken back never enters it; how many there were is in the audit log, under `today` if given.
    One transaction, committed when this returns, with the consultation's new status. Answers that came late are merged
    by doing it again. An answer that does not open is left where it is: see `counting.unopened`.
    Raises StepOutOfOrder before closing, WrongKey, and DoesNotOpen when the snapshot that is there was changed.
    """
    status = consultation.status if consultation.status == "unlocked" else after(consultation.status, "unlock")
    public = public_key(session, consultation.keyring_id)
    if public_key_of(private_key) != public:
        raise WrongKey
    # A write comes first, so that SQLite lets nobody else write from here on.
    session.execute(delete(SentHash).where(SentHash.consultation_id == consultation.id))
    # The queue before the snapshot, as whoever rewrites it does, or the two could wait for each other.
    tags = take_queue(session, consultation.id)
    snapshot = session.get(Snapshot, consultation.id, with_for_update=True, populate_existing=True)
    opened = _open_all(session, consultation, private_key, layout)
    opened.records = left_out(session, consultation, opened.records, tags, today)
    if snapshot is None:
        snapshot = Snapshot(consultation_id=consultation.id)
        session.add(snapshot)
    else:
        _add(opened.records, _records(snapshot, consultation, private_key))
    snapshot.size = len(opened.records.hot)
    snapshot.sealed_key, snapshot.blob = seal_snapshot(public, _place(consultation), shuffled(opened.records))
    _drop(session, consultation, opened)
    consultation.status = status
    session.commit()
    wipe(_engine(session))
    return snapshot


def open_snapshot(session: Session, consultation: Consultation, private_key: bytes) -> Unsealed:
    """Every answer that was unlocked and not taken back.

    Raises NotUnlocked, and DoesNotOpen for another key or changed bytes.
    """
    snapshot = session.get(Snapshot, consultation.id)
    if snapshot is None:
        raise NotUnlocked
    hot, lines = open_columns(private_key, _place(consultation), snapshot.sealed_key, snapshot.blob)
    return without_waiting(session, consultation.id, Unsealed(hot, texts_by_index(lines, snapshot.size)))


def _open_all(session: Session, consultation: Consultation, private_key: bytes, layout: Layout) -> _Opened:
    opened = _Opened()
    ciphers = _ciphers(session, consultation, private_key)
    rows = session.execute(
        select(SealedResponse.id, SealedResponse.epoch_id, SealedResponse.hot, SealedResponse.cold)
        .where(SealedResponse.consultation_id == consultation.id)
        .execution_options(yield_per=_LIST)
    )
    places = {epoch_id: Place(consultation.id, consultation.questionnaire.version, epoch_id) for epoch_id in ciphers}
    for row_id, epoch_id, sealed_hot, sealed_cold in rows:
        if epoch_id not in ciphers:
            continue  # of an epoch that began after the keys were read: it is for the next unlock
        try:
            hot, cold = _open_one(ciphers[epoch_id], places[epoch_id], row_id, sealed_hot, sealed_cold, layout)
        except DoesNotOpen:
            opened.damaged.add(epoch_id)
            continue
        opened.records.hot.append(hot)
        opened.records.cold.append(cold)
        opened.ids.setdefault(epoch_id, []).append(row_id)
    for epoch_id in ciphers:
        opened.ids.setdefault(epoch_id, [])
    if opened.damaged:
        _LOG.warning("Some stored answers do not open; they stay where they are and are counted.")
    return opened


def _ciphers(session: Session, consultation: Consultation, private_key: bytes) -> dict[bytes, AESGCM | None]:
    """The key of each epoch; None where it does not open.

    PostgreSQL locks these rows: a stir waits, and so does an answer of such an epoch, which must point to its row.
    """
    epochs = session.execute(
        select(Epoch.id, Epoch.sealed_key).where(Epoch.consultation_id == consultation.id).with_for_update()
    )
    ciphers: dict[bytes, AESGCM | None] = {}
    for epoch_id, sealed_key in epochs:
        try:
            ciphers[epoch_id] = AESGCM(open_epoch_key(private_key, sealed_key, consultation.id, epoch_id))
        except (DoesNotOpen, ValueError):
            ciphers[epoch_id] = None
    return ciphers


def _open_one(
    cipher: AESGCM | None, place: Place, row_id: bytes, sealed_hot: bytes, sealed_cold: bytes, layout: Layout
) -> tuple[bytes, bytes]:
    if cipher is None:
        raise DoesNotOpen
    hot, cold = open_answer(cipher, place, row_id, sealed_hot, sealed_cold)
    # A record of another length would shift every column after it; text that is no JSON object would spoil the lines.
    if len(hot) != layout.record.size or not (cold[:1] == b"{" and cold[-1:] == b"}") or b"\n" in cold:
        raise DoesNotOpen
    return hot, cold


def _records(snapshot: Snapshot, consultation: Consultation, private_key: bytes) -> Records:
    hot, lines = open_columns(private_key, _place(consultation), snapshot.sealed_key, snapshot.blob)
    return records_of(hot, lines, snapshot.size)


def _add(records: Records, more: Records) -> None:
    records.hot.extend(more.hot)
    records.cold.extend(more.cold)


def _drop(session: Session, consultation: Consultation, opened: _Opened) -> None:
    """Delete what was moved: whole epochs where all of it opened, else answer by answer."""
    whole = (epoch_id for epoch_id in opened.ids if epoch_id not in opened.damaged)
    single = (row_id for epoch_id in opened.damaged for row_id in opened.ids[epoch_id])
    for ids in _lists(single):
        mine = SealedResponse.consultation_id == consultation.id
        session.execute(delete(SealedResponse).where(mine, SealedResponse.id.in_(ids)))
    for ids in _lists(whole):
        for table, column in ((SealedResponse, SealedResponse.epoch_id), (Epoch, Epoch.id)):
            session.execute(delete(table).where(table.consultation_id == consultation.id, column.in_(ids)))


def _lists(ids: Iterator[bytes]) -> Iterator[list[bytes]]:
    while some := list(islice(ids, _LIST)):
        yield some


def _place(consultation: Consultation) -> SnapshotPlace:
    return SnapshotPlace(consultation.id, consultation.questionnaire.version)


def _engine(session: Session) -> Engine:
    return session.get_bind().engine
