"""Signing in and out: sessions of which the browser holds one half and the server the other."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.staff.accounts import NewAccount, create_account, sign_in_name, user_named
from consultations.staff.keys import DoesNotOpen, canonical, derived, open_under, seal_under
from consultations.staff.models import StaffSession, User
from consultations.staff.passphrases import as_typed
from consultations.staff.stretching import SALT_BYTES, stretched, unwrap
from consultations.staff.throttle import Throttle

__all__ = ["NewAccount", "SignInRefused", "SignedIn", "create_account", "sign_in", "sign_out", "signed_in"]

TOKEN_BYTES = 32
IDLE = datetime.timedelta(minutes=30)
ABSOLUTE = datetime.timedelta(hours=8)
#: `seen_at` is written at most this often, so that reading a page is not a write to the disk.
SEEN_EVERY = datetime.timedelta(minutes=1)

_THROTTLE = Throttle()
#: Stands in where there is no account, so that the same work is done.
_NOBODY_S_SALT, _NOBODY_S_HASH = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(32)


class SignInRefused(Problem):
    """The same for a name that does not exist, one that was deactivated, and a wrong passphrase."""

    status = 403
    message = N_("The name or the passphrase is not right. Please check both and try again.")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is at the other end, with the private key that only their half of the session opened."""

    user: User
    private_key: bytes = field(repr=False)


def sign_in(session: Session, name: str, passphrase: str, now: datetime.datetime) -> bytes:
    """The 32 bytes for the browser's cookie; nothing else opens the session that is stored.

    Takes one run of Argon2id whether or not the account exists. Raises SignInRefused, and TooManyTries or SignInBusy
    before any work is done.
    """
    _THROTTLE.check(sign_in_name(name), now)
    user = user_named(session, name)
    secret = stretched(as_typed(passphrase), user.salt if user else _NOBODY_S_SALT)
    proved = secret.proves(user.auth_hash if user else _NOBODY_S_HASH)
    if user is None or not proved or not user.active:
        _THROTTLE.failed(sign_in_name(name), now)
        raise SignInRefused
    _THROTTLE.succeeded(sign_in_name(name))
    _forget_ended(session, now)
    return _new_session(session, user, unwrap(user.wrapped_private_key, secret.wrapping_key, user.public_key), now)


def signed_in(session: Session, token: bytes, now: datetime.datetime) -> SignedIn | None:
    """Who holds this token; None when the session ended, was never there, or its account was deactivated."""
    stored = session.get(StaffSession, _hash(token))
    if stored is None or _has_ended(stored, now) or not stored.user.active:
        return None
    try:
        private_key = open_under(_cipher(token), stored.sealed_private_key, _place(stored.user_id))
    except DoesNotOpen:
        return None
    if now - stored.seen_at >= SEEN_EVERY:
        stored.seen_at = now
    return SignedIn(stored.user, private_key)


def sign_out(session: Session, token: bytes) -> None:
    session.execute(delete(StaffSession).where(StaffSession.token_hash == _hash(token)))


def _new_session(session: Session, user: User, private_key: bytes, now: datetime.datetime) -> bytes:
    token = secrets.token_bytes(TOKEN_BYTES)
    sealed = seal_under(_cipher(token), private_key, _place(user.id))
    session.add(
        StaffSession(token_hash=_hash(token), user_id=user.id, sealed_private_key=sealed, created_at=now, seen_at=now)
    )
    session.flush()
    return token


def _forget_ended(session: Session, now: datetime.datetime) -> None:
    ended = or_(StaffSession.seen_at <= now - IDLE, StaffSession.created_at <= now - ABSOLUTE)
    session.execute(delete(StaffSession).where(ended))


def _has_ended(stored: StaffSession, now: datetime.datetime) -> bool:
    return now - stored.seen_at >= IDLE or now - stored.created_at >= ABSOLUTE


def _hash(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()


def _cipher(token: bytes) -> AESGCM:
    return AESGCM(derived(token, "private key in session"))


def _place(user_id: int) -> bytes:
    return canonical("session", user_id)
