"""The queue of answers that their writers took back: tags that only their receipt codes lead to.

The answers themselves are sealed, so a tag waits here until somebody with the key opens them. What is waiting is left
out of everything that is opened from then on (`waiting`), and is taken out for good, together with what was made of
it, when a key holder next works on the consultation (`papers.withdrawing`).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from sqlalchemy import ForeignKey, LargeBinary, delete, exists, insert, literal, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultations.database import Base
from consultations.errors import N_, Problem
from consultations.responses.codes import TAG_BYTES
from consultations.rounds.models import Consultation
from forms.packing import receipts


class PublishedAlready(Problem):
    status = 410
    message = N_(
        "The results of this consultation are published. Answers are part of them now and can no longer be taken back."
    )


class Withdrawal(Base):
    """An answer that somebody holding its receipt took back; no time, and nothing that leads to them."""

    __tablename__ = "withdrawals"
    __table_args__ = ({"sqlite_with_rowid": False},)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True)
    #: `codes.receipt_tag`: 16 bytes.
    tag: Mapped[bytes] = mapped_column(LargeBinary(TAG_BYTES), primary_key=True)


def withdraw(session: Session, consultation_id: int, tag: bytes) -> None:
    """Queue the tag and commit; the same whether such an answer exists, and however often. Raises PublishedAlready.

    One statement asks whether results are published and queues: PostgreSQL holds the consultation's row until the
    commit, SQLite lets one writer in at a time, and `publish` sets the day before it looks at the queue. So nothing is
    accepted here that a paper published in the same moment still quotes.
    """
    open_to_it = (
        select(literal(consultation_id), literal(tag, LargeBinary))
        .where(Consultation.id == consultation_id, Consultation.published_on.is_(None))
        .with_for_update(read=True)
    )
    try:
        session.execute(insert(Withdrawal).from_select(["consultation_id", "tag"], open_to_it))
        session.commit()
    except IntegrityError:
        session.rollback()  # it is queued already
    if session.get(Withdrawal, (consultation_id, tag)) is None:
        raise PublishedAlready


def waiting(session: Session, consultation_id: int) -> frozenset[bytes]:
    """Every tag in the consultation's queue."""
    return frozenset(session.scalars(select(Withdrawal.tag).where(Withdrawal.consultation_id == consultation_id)))


def is_waiting(session: Session, consultation_id: int) -> bool:
    """Whether there is any."""
    return bool(session.scalar(select(exists().where(Withdrawal.consultation_id == consultation_id))))


def take_queue(session: Session, consultation_id: int) -> frozenset[bytes]:
    """Take every tag out of the queue, to be put back where nothing came of it; nobody else takes them meanwhile."""
    taken = delete(Withdrawal).where(Withdrawal.consultation_id == consultation_id).returning(Withdrawal.tag)
    return frozenset(session.scalars(taken))


def put_back(session: Session, consultation_id: int, tags: Iterable[bytes]) -> None:
    """Tags that met no answer: it may be in an epoch that was not unlocked yet. They go with the answers."""
    rows = [{"consultation_id": consultation_id, "tag": tag} for tag in sorted(tags)]
    if rows:
        session.execute(insert(Withdrawal), rows)


def withdrawn(hot_records: bytes, width: int, tags: frozenset[bytes]) -> npt.NDArray[np.bool_]:
    """Which of the records of `width` bytes, end to end, carry one of the tags."""
    if not hot_records or not tags:
        return np.zeros(len(hot_records) // width if width else 0, dtype=np.bool_)
    found = receipts(hot_records, width)
    return np.isin(found, np.array(sorted(tags), dtype=found.dtype))
