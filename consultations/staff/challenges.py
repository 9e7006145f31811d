"""Random bytes for a passkey to sign: each belongs to one session or pending sign-in, and is good once."""

from __future__ import annotations

import datetime
import secrets

from sqlalchemy import delete
from sqlalchemy.orm import Session

from consultations.staff.factors_models import PasskeyChallenge
from consultations.staff.sessions import token_hash

CHALLENGE_BYTES = 32
LIFE = datetime.timedelta(minutes=5)


def new_challenge(session: Session, token: bytes, now: datetime.datetime) -> bytes:
    """Takes the place of the one before it, and forgets those that nobody came back for.

    Committed at once: the page that carries it may be one that says what was wrong, and those undo their work.
    """
    session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.made_at <= now - LIFE))
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    session.merge(PasskeyChallenge(token_hash=token_hash(token), challenge=challenge, made_at=now))
    session.commit()
    return challenge


def taken_challenge(session: Session, token: bytes, now: datetime.datetime) -> bytes | None:
    """The challenge of this session, which is then gone, also where what follows fails; None when there is none."""
    this = delete(PasskeyChallenge).where(PasskeyChallenge.token_hash == token_hash(token))
    row = session.execute(this.returning(PasskeyChallenge.challenge, PasskeyChallenge.made_at)).one_or_none()
    session.commit()
    return row.challenge if row and now - row.made_at < LIFE else None
