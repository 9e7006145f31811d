"""Answers that were given elsewhere, taken in: sealed like any other, all of them or none.

They are taken in only while nobody can answer. A consultation that is open promises its members how answers come in,
and counts those who take part; and in a draft nothing is promised yet. From closing on, before or after unlocking, the
next unlock moves them into the snapshot with the others.
"""

from __future__ import annotations

import datetime
import hmac
import secrets
from collections.abc import Iterator, Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ForeignKey, LargeBinary, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultations.audit import record
from consultations.database import Base
from consultations.errors import N_, Problem
from consultations.responses.epochs import MOST_ANSWERS
from consultations.responses.models import Epoch, SealedResponse
from consultations.responses.sealing import Place, new_id, seal_answer, seal_epoch_key
from consultations.rounds import consultations
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import is_held, sealing_key
from consultations.staff.keys import derived, new_key

#: (hot, cold) as `forms.packing.pack` gives them.
Packed = tuple[bytes, bytes]
_SHUFFLE = secrets.SystemRandom().shuffle
RECORD_KEY_BITS = 32
#: Statuses in which nobody can answer any more.
IMPORTING = frozenset({"closed", "unlocked"})


class NotYetClosed(Problem):
    status = 409
    message = N_(
        "Answers can be imported once the consultation is closed. While it is open, members are promised how answers"
        " come in; in a draft nothing is promised yet."
    )


class AnswersDestroyed(Problem):
    status = 410
    message = N_("The answers of this consultation were destroyed. Nothing can be added to them.")


class ImportedBefore(Problem):
    status = 409
    message = N_("This very file was imported into this consultation before. Nobody shall be counted twice.")


class NothingToImport(Problem):
    status = 422
    message = N_("No row of this file has an answer to a question of this consultation. Nothing was imported.")


class ImportedFile(Base):
    """That a file was imported, so that nobody is counted twice; goes with the answers."""

    __tablename__ = "imported_files"
    __table_args__ = ({"sqlite_with_rowid": False},)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True)
    #: HMAC-SHA256 of its bytes under a key from the server's secret: nobody can try files on a stolen database.
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


def file_digest(secret: bytes, content: bytes) -> bytes:
    return hmac.digest(derived(secret, "imported files"), content, "sha256")


def new_record_key() -> int:
    """What cell keys are made of; as members' answers have it."""
    return secrets.randbits(RECORD_KEY_BITS)


def check_importing(session: Session, consultation: Consultation) -> None:
    """Raises NotYetClosed, AnswersDestroyed."""
    if consultation.status not in IMPORTING:
        raise NotYetClosed
    if not is_held(session, consultation.keyring_id):
        raise AnswersDestroyed


def take_in(
    session: Session,
    consultation: Consultation,
    records: Sequence[Packed],
    digest: bytes,
    *,
    who: str,
    today: datetime.date,
) -> int:
    """Seal and store these answers in a drawn order -> how many; the caller commits, and has the database `wipe`.

    Epochs of at most 200 answers with keys of their own, random ids, no times, no numbers of rows: what is stored is
    what members' answers are stored as. All in one transaction, so that nothing is half imported.
    Raises NotYetClosed, AnswersDestroyed, ImportedBefore, NothingToImport.
    """
    if not records:
        raise NothingToImport
    # A write comes first, so that SQLite lets nobody else write; whoever turns or destroys the key waits, or this meets
    # what they left.
    public = sealing_key(session, consultation.keyring_id)
    consultations.lock(session, consultation)
    check_importing(session, consultation)
    _note_file(session, consultation, digest)
    order = list(range(len(records)))
    _SHUFFLE(order)
    for epoch, answers in _sealed(consultation, public, records, order):
        session.execute(insert(Epoch), epoch)
        session.execute(insert(SealedResponse), answers)
    consultation.imported_answers += len(records)
    record(session, who=who, what=f"imported {len(records)} answers to", subject=consultation.slug, day=today)
    return len(records)


def _note_file(session: Session, consultation: Consultation, digest: bytes) -> None:
    try:
        with session.begin_nested():
            session.execute(insert(ImportedFile), {"consultation_id": consultation.id, "digest": digest})
    except IntegrityError:
        raise ImportedBefore from None


def _sealed(
    consultation: Consultation, public: bytes, records: Sequence[Packed], order: Sequence[int]
) -> Iterator[tuple[dict[str, object], list[dict[str, object]]]]:
    """Each epoch with its answers, as rows."""
    for start in range(0, len(order), MOST_ANSWERS):
        place, key = Place(consultation.id, consultation.questionnaire.version, new_id()), new_key()
        sealed_key = seal_epoch_key(public, key, place.consultation_id, place.epoch_id)
        cipher = AESGCM(key)
        answers = [_row(cipher, place, *records[at]) for at in order[start : start + MOST_ANSWERS]]
        yield {"consultation_id": consultation.id, "id": place.epoch_id, "sealed_key": sealed_key}, answers


def _row(cipher: AESGCM, place: Place, hot: bytes, cold: bytes) -> dict[str, object]:
    row_id = new_id()
    sealed_hot, sealed_cold = seal_answer(cipher, place, row_id, hot, cold)
    ids = {"consultation_id": place.consultation_id, "id": row_id, "epoch_id": place.epoch_id}
    return {**ids, "hot": sealed_hot, "cold": sealed_cold}
