"""New secrets for an account whose key pair stays: by the printed recovery key, or by who is signed in."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.staff import pending, sessions
from consultations.staff.accounts import NewAccount, end_sessions, sign_in_name, user_named, with_new_secrets
from consultations.staff.keys import KEY_BYTES, DoesNotOpen
from consultations.staff.passphrases import Passphrase, new_passphrase
from consultations.staff.sessions import SignedIn
from consultations.staff.stretching import new_salt, recovery_wrapping_key, stretched, unwrap, wrap
from consultations.staff.throttle import Throttle

_THROTTLE = Throttle()
#: Stands in where there is no account, so that the same work is done.
_NOBODY_S_KEY = secrets.token_bytes(KEY_BYTES)
_NOBODY_S_WRAPPED = wrap(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES), _NOBODY_S_KEY)


class RecoveryRefused(Problem):
    status = 403
    message = N_("The name or the recovery key is not right. Please check both, letter by letter.")


@dataclass(frozen=True, slots=True)
class NewPassphrase:
    """What somebody signs in with from now on, and the token of the only session that is left."""

    passphrase: Passphrase = field(repr=False)
    token: bytes = field(repr=False)


def recover(session: Session, name: str, recovery_key: str, now: datetime.datetime) -> NewAccount:
    """New secrets for who lost the passphrase and has the recovery key; the key pair stays, so grants stay.

    There is no other way back, by e-mail or by an administrator: whoever could reset an account could read with it.
    Second factors stay too and are not asked for here. Nothing is opened here: the new passphrase leads to a sign-in
    that asks for them, so a stolen sheet alone lets nobody in; and who lost the sheet's owner's phone as well gets
    along with a recovery code or an administrator, who can remove factors but never learns a passphrase.

    One unwrapping whether or not the account exists. Raises RecoveryRefused, TooManyTries.
    """
    _THROTTLE.check(sign_in_name(name), now)
    user = user_named(session, name)
    wrapped, public_key = (
        (user.recovery_wrapped_private_key, user.public_key) if user else (_NOBODY_S_WRAPPED, _NOBODY_S_KEY)
    )
    private_key = _opened(wrapped, recovery_key, public_key)
    if user is None or private_key is None or not user.active:
        _THROTTLE.failed(sign_in_name(name), now)
        raise RecoveryRefused
    _THROTTLE.succeeded(sign_in_name(name))
    end_sessions(session, user)
    pending.end_all_of(session, user)
    account = with_new_secrets(user, private_key)
    session.flush()
    return account


def change_passphrase(session: Session, me: SignedIn, now: datetime.datetime) -> NewPassphrase:
    """A new generated passphrase; the recovery key stays as it is, and whoever is signed in elsewhere is out."""
    passphrase = new_passphrase()
    me.user.salt = new_salt()
    secret = stretched(passphrase, me.user.salt)
    me.user.auth_hash = secret.auth_hash
    me.user.wrapped_private_key = wrap(me.private_key, secret.wrapping_key, me.user.public_key)
    end_sessions(session, me.user)
    pending.end_all_of(session, me.user)
    return NewPassphrase(passphrase, sessions.begin(session, me.user, me.private_key, now))


def _opened(wrapped: bytes, recovery_key: str, public_key: bytes) -> bytes | None:
    try:
        return unwrap(wrapped, recovery_wrapping_key(recovery_key), public_key)
    except DoesNotOpen:
        return None
