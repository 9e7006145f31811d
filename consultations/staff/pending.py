"""Sign-ins between the passphrase and the second factor: they last five minutes, and open no page."""

from __future__ import annotations

import datetime

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.staff.factors_models import PendingSignIn
from consultations.staff.keys import DoesNotOpen
from consultations.staff.models import User
from consultations.staff.sessions import SignedIn, new_token, opened_half, sealed_half, token_hash

LIFE = datetime.timedelta(minutes=5)
MOST_TRIES = 5
_KIND = "pending sign-in"


class PendingSignInOver(Problem):
    status = 403
    message = N_("This sign-in took too long, or too many codes were wrong. Please begin again with your passphrase.")


def begin(session: Session, user: User, private_key: bytes, now: datetime.datetime) -> bytes:
    """A token of another kind than a session's: `sessions.signed_in` never finds it."""
    token = new_token()
    sealed = sealed_half(token, private_key, _KIND, user.id)
    session.add(
        PendingSignIn(token_hash=token_hash(token), user_id=user.id, sealed_private_key=sealed, created_at=now, tries=0)
    )
    session.flush()
    return token


def found(session: Session, token: bytes, now: datetime.datetime) -> SignedIn | None:
    """Who proved their passphrase and nothing more; None when that is over."""
    stored = session.get(PendingSignIn, token_hash(token))
    if stored is None or now - stored.created_at >= LIFE or not stored.user.active:
        return None
    try:
        return SignedIn(stored.user, opened_half(token, stored.sealed_private_key, _KIND, stored.user_id))
    except DoesNotOpen:
        return None


def count_try(session: Session, token: bytes) -> None:
    """Count a try before it is looked at, in one statement: of many at once no more than five are looked at.

    Raises PendingSignInOver.
    """
    this = PendingSignIn.token_hash == token_hash(token)
    counted = update(PendingSignIn).where(this, PendingSignIn.tries < MOST_TRIES).values(tries=PendingSignIn.tries + 1)
    if changed(session.execute(counted)) == 0:
        raise PendingSignInOver


def is_used_up(session: Session, token: bytes) -> bool:
    stored = session.get(PendingSignIn, token_hash(token), populate_existing=True)
    return stored is None or stored.tries >= MOST_TRIES


def end(session: Session, token: bytes) -> None:
    session.execute(delete(PendingSignIn).where(PendingSignIn.token_hash == token_hash(token)))


def forget_ended(session: Session, now: datetime.datetime) -> None:
    session.execute(delete(PendingSignIn).where(PendingSignIn.created_at <= now - LIFE))


def end_all_of(session: Session, user: User) -> None:
    session.execute(delete(PendingSignIn).where(PendingSignIn.user_id == user.id))


def changed(result: object) -> int:
    """How many rows a statement changed: who changes none came second."""
    assert isinstance(result, CursorResult)  # noqa: S101 - what UPDATE and DELETE always give
    return result.rowcount
