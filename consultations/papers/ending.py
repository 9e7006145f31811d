"""What ends with a consultation's answers in papers: drafts and quotes go, what was published stays."""

from __future__ import annotations

import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from consultations.papers.models import Paper
from consultations.responses.retention import delete_answers, destroy_answers
from consultations.rounds.models import Consultation
from consultations.staff.certificates import Certificate


def end(session: Session, consultation: Consultation, today: datetime.date) -> Certificate | None:
    """Destroy the answers, the key, and the drafts that hold words from them; None when somebody was faster."""
    certificate = destroy_answers(session, consultation, today)
    if certificate is not None:
        _delete_drafts(session, consultation)
    return certificate


def delete_everything(session: Session, consultation: Consultation) -> None:
    """For a backup that comes back older than the end: the same rows, of which the certificate was written already."""
    delete_answers(session, consultation)
    _delete_drafts(session, consultation)


def _delete_drafts(session: Session, consultation: Consultation) -> None:
    mine = Paper.consultation_id == consultation.id
    session.execute(delete(Paper).where(mine, Paper.published_on.is_(None)))
    session.execute(update(Paper).where(mine).values(sealed_draft=b""))
    session.expire_all()
