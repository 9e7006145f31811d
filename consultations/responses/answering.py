"""Takes an answer in: once, and on the disk before it is acknowledged."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.responses.epochs import EPOCHS, EpochKeys, OpenEpoch
from consultations.responses.models import SealedResponse, SentHash
from consultations.responses.redeemed import Redeemed
from consultations.responses.sealing import new_id, seal_answer
from consultations.rounds.models import Consultation
from consultations.staff.keys import derived


class ConsultationClosed(Problem):
    status = 410
    message = N_("This consultation is closed. No more answers can be sent.")


class NotStored(Problem):
    status = 503
    message = N_("Your answers could not be saved at this moment. They are still in this page: please send them again.")


# Made once: composing them took as long as running them.
_STATUS = select(Consultation.status).where(Consultation.id == bindparam("id"))
_IS_SENT = select(SentHash.hash).where(
    SentHash.consultation_id == bindparam("consultation_id"), SentHash.hash == bindparam("hash")
)
_INSERT_HASH, _INSERT_ANSWER = insert(SentHash), insert(SealedResponse)

#: An answer meets a missing epoch at most when somebody unlocks at the same moment; twice in a row is a fault.
_ROUNDS = 2


def send(
    session: Session,
    consultation: Consultation,
    response_id: bytes,
    hot: bytes,
    cold: bytes,
    epochs: EpochKeys = EPOCHS,
    draft: bytes | None = None,
    redeemed: Redeemed | None = None,
) -> None:
    """Seal and store one answer; committed when this returns (SQLite with synchronous=FULL, PostgreSQL by default).

    `response_id` are the 16 random bytes of the respondent's page: sending them again stores nothing and is no error.
    `redeemed` is the code that was spent for it a moment before, in a transaction of its own.
    `draft` is what a draft of this answer would be found by; the epoch's stir deletes it (`drafts.drop_sent`).
    Commits `session`, and raises RuntimeError when it holds changes of its own. Raises ConsultationClosed, NotStored.

    The answer and the hash of its page are written in one transaction, or a crash between two would either lose an
    answer that is then taken for sent, or count it twice. Until the stir the database could tell which hash came with
    which answer. That links the answer to the page on one phone, for who holds both and the server's secret; the stir
    rewrites both tables in drawn orders, and closing drops the hashes.
    """
    if session.new or session.dirty or session.deleted:
        # Flushed, they would hold SQLite's write lock while this thread waits for an epoch that another one is making,
        # and that one for the write lock.
        raise RuntimeError("send() commits: the session may hold no changes of its own")
    sent_hash = _sent_hash(consultation.id, response_id)
    for _ in range(_ROUNDS):
        if session.connection().scalar(_STATUS, {"id": consultation.id}) != "open":
            raise ConsultationClosed
        with epochs.writing(session, consultation) as epoch:
            if _stored(session, epoch, sent_hash, hot, cold):
                epoch.drafts.extend([draft] if draft else [])
                epoch.redeemed.extend([redeemed] if redeemed else [])
                return
        if session.get(SentHash, (consultation.id, sent_hash)) is not None:
            return
        # Not sent before, so it was the epoch that was missing: the next round makes another.
        epochs.discard(epoch)
    raise NotStored


def is_sent(session: Session, consultation_id: int, response_id: bytes) -> bool:
    """Whether the response with that id was sent; known until closing."""
    return was_sent(session.connection(), consultation_id, response_id)


def was_sent(connection: Connection, consultation_id: int, response_id: bytes) -> bool:
    """The same without a session, which costs as much as the question itself."""
    values = {"consultation_id": consultation_id, "hash": _sent_hash(consultation_id, response_id)}
    return connection.scalar(_IS_SENT, values) is not None


def drop_sent_hashes(session: Session, consultation: Consultation) -> None:
    """For closing: nobody can send twice what nobody can send."""
    session.execute(delete(SentHash).where(SentHash.consultation_id == consultation.id))


def _sent_hash(consultation_id: int, response_id: bytes) -> bytes:
    return derived(response_id, "sent", consultation_id.to_bytes(8, "big"))


def _stored(session: Session, epoch: OpenEpoch, sent_hash: bytes, hot: bytes, cold: bytes) -> bool:
    row_id, place = new_id(), epoch.place
    sealed_hot, sealed_cold = seal_answer(epoch.cipher, place, row_id, hot, cold)
    try:
        connection = session.connection()
        connection.execute(_INSERT_HASH, {"consultation_id": place.consultation_id, "hash": sent_hash})
        answer = {"consultation_id": place.consultation_id, "id": row_id, "epoch_id": place.epoch_id}
        connection.execute(_INSERT_ANSWER, {**answer, "hot": sealed_hot, "cold": sealed_cold})
        session.commit()
    except IntegrityError:
        session.rollback()
        return False
    epoch.sent.append(sent_hash)
    return True
