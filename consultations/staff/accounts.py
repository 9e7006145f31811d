"""Staff accounts: made and ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.staff.given_limits import set_limits
from consultations.staff.keys import new_key_pair
from consultations.staff.limits import everything
from consultations.staff.models import StaffSession, User
from consultations.staff.passphrases import Passphrase, RecoveryKey, new_passphrase, new_recovery_key
from consultations.staff.roles import Limit, Role
from consultations.staff.stretching import new_salt, recovery_wrapping_key, stretched, wrap

LONGEST_NAME = 80


class NameTaken(Problem):
    status = 409
    message = N_("There is already an account with this name. Choose another name.")


class NameNotUsable(Problem):
    message = N_("A sign-in name has between 1 and 80 characters.")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account with the two secrets that are shown once and kept nowhere."""

    user: User
    passphrase: Passphrase = field(repr=False)
    recovery_key: RecoveryKey = field(repr=False)


def sign_in_name(typed: str) -> str:
    """A name as accounts store it: a phone's keyboard writes the first letter large, and that shall not matter."""
    return typed.strip().casefold()


def user_named(session: Session, name: str) -> User | None:
    return session.scalars(select(User).where(User.name == sign_in_name(name))).one_or_none()


def create_account(
    session: Session,
    name: str,
    role: str,
    language: str,
    limits: Mapping[Limit, Iterable[str]] | None = None,
) -> NewAccount:
    """A new account with a key pair of its own; its id is known when this returns. Raises NameTaken, NameNotUsable.

    `limits`: what it reaches of each kind; everything, said in so many rows, when none are given.
    """
    if not 1 <= len(sign_in_name(name)) <= LONGEST_NAME:
        raise NameNotUsable
    if user_named(session, name):
        raise NameTaken
    pair = new_key_pair()
    user = User(name=sign_in_name(name), role=Role(role), language=language, public_key=pair.public, active=True)
    account = with_new_secrets(user, pair.private)
    session.add(user)
    session.flush()
    set_limits(session, user, everything() if limits is None else limits)
    return account


def deactivate(session: Session, user: User) -> None:
    """The account can no longer sign in, and whoever is signed in with it is out at once."""
    user.active = False
    end_sessions(session, user)


def end_sessions(session: Session, user: User) -> None:
    session.execute(delete(StaffSession).where(StaffSession.user_id == user.id))


def with_new_secrets(user: User, private_key: bytes) -> NewAccount:
    """A passphrase and a recovery key that both open `private_key` from now on; those before them do not."""
    passphrase, recovery_key = new_passphrase(), new_recovery_key()
    user.salt = new_salt()
    secret = stretched(passphrase, user.salt)
    user.auth_hash = secret.auth_hash
    user.wrapped_private_key = wrap(private_key, secret.wrapping_key, user.public_key)
    user.recovery_wrapped_private_key = wrap(private_key, recovery_wrapping_key(recovery_key), user.public_key)
    return NewAccount(user, passphrase, recovery_key)
