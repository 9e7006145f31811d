"""Sessions of staff: the browser holds one half and the server the other, and neither opens anything alone."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from consultations.staff.keys import DoesNotOpen, canonical, derived, open_under, seal_under
from consultations.staff.models import StaffSession, User

TOKEN_BYTES = 32
IDLE = datetime.timedelta(minutes=30)
ABSOLUTE = datetime.timedelta(hours=8)
#: `seen_at` is written at most this often, so that reading a page is not a write to the disk.
SEEN_EVERY = datetime.timedelta(minutes=1)
_KIND = "session"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is at the other end, with the private key that only their half of the session opened."""

    user: User
    private_key: bytes = field(repr=False)


def new_token() -> bytes:
    return secrets.token_bytes(TOKEN_BYTES)


def token_hash(token: bytes) -> bytes:
    """What is stored of a token: it has 256 random bits, so its plain SHA-256 tells nothing."""
    return hashlib.sha256(token).digest()


def sealed_half(token: bytes, private_key: bytes, kind: str, user_id: int) -> bytes:
    """The server's half: the private key under a key from the browser's half, good for one kind of row only."""
    return seal_under(_cipher(token, kind), private_key, canonical(kind, user_id))


def opened_half(token: bytes, sealed: bytes, kind: str, user_id: int) -> bytes:
    """What `sealed_half` sealed; raises DoesNotOpen."""
    return open_under(_cipher(token, kind), sealed, canonical(kind, user_id))


def begin(session: Session, user: User, private_key: bytes, now: datetime.datetime) -> bytes:
    """A new session; its token is for the browser's cookie, and nothing else opens what is stored."""
    token = new_token()
    sealed = sealed_half(token, private_key, _KIND, user.id)
    session.add(
        StaffSession(
            token_hash=token_hash(token), user_id=user.id, sealed_private_key=sealed, created_at=now, seen_at=now
        )
    )
    session.flush()
    return token


def signed_in(session: Session, token: bytes, now: datetime.datetime) -> SignedIn | None:
    """Who holds this token; None when the session ended, was never there, or its account was deactivated."""
    stored = session.get(StaffSession, token_hash(token))
    if stored is None or _has_ended(stored, now) or not stored.user.active:
        return None
    try:
        private_key = opened_half(token, stored.sealed_private_key, _KIND, stored.user_id)
    except DoesNotOpen:
        return None
    if now - stored.seen_at >= SEEN_EVERY:
        stored.seen_at = now
    return SignedIn(stored.user, private_key)


def sign_out(session: Session, token: bytes) -> None:
    session.execute(delete(StaffSession).where(StaffSession.token_hash == token_hash(token)))


def sessions_of(session: Session, user: User, now: datetime.datetime) -> list[StaffSession]:
    """The sessions that somebody could still use, the newest first."""
    theirs = select(StaffSession).where(StaffSession.user_id == user.id).order_by(StaffSession.created_at.desc())
    return [stored for stored in session.scalars(theirs) if not _has_ended(stored, now)]


def end_others(session: Session, user: User, token: bytes) -> None:
    """Whoever else is signed in as `user` is out at once."""
    others = (StaffSession.user_id == user.id, StaffSession.token_hash != token_hash(token))
    session.execute(delete(StaffSession).where(*others))


def forget_ended(session: Session, now: datetime.datetime) -> None:
    ended = or_(StaffSession.seen_at <= now - IDLE, StaffSession.created_at <= now - ABSOLUTE)
    session.execute(delete(StaffSession).where(ended))


def _has_ended(stored: StaffSession, now: datetime.datetime) -> bool:
    return now - stored.seen_at >= IDLE or now - stored.created_at >= ABSOLUTE


def _cipher(token: bytes, kind: str) -> AESGCM:
    return AESGCM(derived(token, f"private key in {kind}"))
