"""Destroys answers when the time that was promised to respondents is over."""

from __future__ import annotations

import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consultations.audit import record
from consultations.responses.drafts import Draft, drop_expired
from consultations.responses.models import Epoch, SealedCount, SealedResponse, SentHash, Snapshot
from consultations.responses.withdrawals import Withdrawal
from consultations.rounds.models import Consultation
from consultations.staff.models import KeyGrant

#: Answers before the epochs that they refer to.
HOLDING_ANSWERS = (SealedResponse, Epoch, SentHash, SealedCount, Snapshot, Draft, Withdrawal)


def ends_on(consultation: Consultation) -> datetime.date | None:
    """The first day on which nothing may be left; None while it is not closed."""
    if consultation.closed_on is None:
        return None
    months = consultation.closed_on.month - 1 + consultation.retention_months
    return datetime.date(consultation.closed_on.year + months // 12, months % 12 + 1, 1) + datetime.timedelta(
        days=consultation.closed_on.day - 1
    )


def destroy_expired(session: Session, today: datetime.date) -> list[str]:
    """Delete the answers whose time is over, and every copy of the key that opened them -> slugs.

    Without the key (crypto-shredding) what a backup still holds opens no more. Released tables and papers stay. Saved
    drafts whose days are over go at the same time, of open consultations too.
    """
    drop_expired(session, today)
    gone = []
    for consultation in session.scalars(select(Consultation).where(Consultation.closed_on.is_not(None))):
        last = ends_on(consultation)
        if last is None or today < last or not _is_held(session, consultation):
            continue
        for model in HOLDING_ANSWERS:
            session.execute(delete(model).where(model.consultation_id == consultation.id))
        session.execute(delete(KeyGrant).where(KeyGrant.keyring_id == consultation.keyring_id))
        record(session, who="retention", what="destroyed the answers of", subject=consultation.slug, day=today)
        gone.append(consultation.slug)
    return gone


def _is_held(session: Session, consultation: Consultation) -> bool:
    """Whether there is still a key to destroy; a consultation is destroyed, and recorded, once."""
    keys = select(KeyGrant.user_id).where(KeyGrant.keyring_id == consultation.keyring_id).limit(1)
    return session.scalars(keys).first() is not None
