"""How many answers a consultation has, which needs no key."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultations.responses.models import SealedResponse, Snapshot
from consultations.rounds.models import Consultation


def answer_count(session: Session, consultation: Consultation) -> int:
    """All answers: sealed one by one, and in the snapshot."""
    unlocked = session.scalar(select(Snapshot.size).where(Snapshot.consultation_id == consultation.id)) or 0
    return unlocked + unopened(session, consultation)


def unopened(session: Session, consultation: Consultation) -> int:
    """Answers outside the snapshot; after an unlock, those that did not open or came later."""
    mine = SealedResponse.consultation_id == consultation.id
    return session.scalar(select(func.count()).select_from(SealedResponse).where(mine)) or 0
