"""Signing in: a passphrase is proven, and what comes next is begun."""

from __future__ import annotations

import datetime
import secrets

from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.staff import pending, second_factors, sessions
from consultations.staff.accounts import NewAccount, create_account, sign_in_name, user_named
from consultations.staff.models import User
from consultations.staff.passphrases import as_typed
from consultations.staff.sessions import SignedIn, sign_out, signed_in
from consultations.staff.stretching import SALT_BYTES, stretched, unwrap
from consultations.staff.throttle import Throttle

__all__ = ["NewAccount", "SignInRefused", "SignedIn", "create_account", "sign_in", "sign_out", "signed_in"]

_THROTTLE = Throttle()
#: Stands in where there is no account, so that the same work is done.
_NOBODY_S_SALT, _NOBODY_S_HASH = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(32)


class SignInRefused(Problem):
    """The same for a name that does not exist, one that was deactivated, and a wrong passphrase."""

    status = 403
    message = N_("The name or the passphrase is not right. Please check both and try again.")


def sign_in(session: Session, name: str, passphrase: str, now: datetime.datetime) -> bytes:
    """A token for the browser's cookie: of a session, or, where the account has a second factor, of a pending one.

    `signed_in` knows the first kind only, `pending.found` the second: nobody learns that an account has a factor
    before its passphrase was right. Takes one run of Argon2id whether or not the account exists. Raises SignInRefused,
    and TooManyTries or SignInBusy before any work is done.
    """
    user, private_key = _proven(session, name, passphrase, now)
    sessions.forget_ended(session, now)
    pending.forget_ended(session, now)
    begin = pending.begin if second_factors.has_one(session, user) else sessions.begin
    return begin(session, user, private_key, now)


def prove_again(session: Session, me: SignedIn, passphrase: str, now: datetime.datetime) -> None:
    """Before somebody changes how they sign in: a screen that was left open shall not be enough.

    Raises as `sign_in` does.
    """
    _proven(session, me.user.name, passphrase, now)


def _proven(session: Session, name: str, passphrase: str, now: datetime.datetime) -> tuple[User, bytes]:
    """The account and its private key."""
    _THROTTLE.check(sign_in_name(name), now)
    user = user_named(session, name)
    secret = stretched(as_typed(passphrase), user.salt if user else _NOBODY_S_SALT)
    proved = secret.proves(user.auth_hash if user else _NOBODY_S_HASH)
    if user is None or not proved or not user.active:
        _THROTTLE.failed(sign_in_name(name), now)
        raise SignInRefused
    _THROTTLE.succeeded(sign_in_name(name))
    return user, unwrap(user.wrapped_private_key, secret.wrapping_key, user.public_key)
