"""Keys that several people hold: each holder has a copy of the private half, sealed to themselves."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.staff.keys import DoesNotOpen, canonical, new_key_pair, open_with, public_key_of, seal_to
from consultations.staff.models import KeyGrant, Keyring, User
from consultations.staff.sign_in import SignedIn

_INFO = "key grant"


class NotAKeyHolder(Problem):
    status = 403
    message = N_("You do not hold the key to this. Somebody who holds it can give it to you.")


def new_keyring(session: Session, holders: Iterable[User]) -> Keyring:
    """A new key pair whose private half exists only as the holders' sealed copies when this returns."""
    pair = new_key_pair()
    keyring = Keyring(public_key=pair.public)
    session.add(keyring)
    session.flush()
    for holder in holders:
        session.add(_grant(keyring, holder, pair.private))
    session.flush()
    return keyring


def grant(session: Session, keyring: Keyring, to: User, by: SignedIn) -> None:
    """`by` gives a copy of the key to `to`; nothing happens when they hold it. Raises NotAKeyHolder."""
    private = private_key(session, keyring, by)
    if session.get(KeyGrant, (keyring.id, to.id)) is None:
        session.add(_grant(keyring, to, private))
        session.flush()


def private_key(session: Session, keyring: Keyring, by: SignedIn) -> bytes:
    """The private half, opened with the holder's own key.

    Raises NotAKeyHolder; raises DoesNotOpen when the copy was changed or does not belong to the keyring's public half.
    """
    granted = session.get(KeyGrant, (keyring.id, by.user.id))
    if granted is None:
        raise NotAKeyHolder
    private = open_with(by.private_key, granted.sealed_private_key, _INFO, _place(keyring, by.user))
    # A public half that was swapped in the database would have members seal to a stranger: say so at the first use.
    if public_key_of(private) != keyring.public_key:
        raise DoesNotOpen
    return private


def holder_count(session: Session, keyring: Keyring) -> int:
    """How many people who can still sign in hold the key."""
    return session.scalar(_holders(keyring).with_only_columns(func.count())) or 0


def holders(session: Session, keyring: Keyring) -> list[User]:
    """The people whom `holder_count` counts, by name."""
    return list(session.scalars(_holders(keyring).order_by(User.name)))


def _holders(keyring: Keyring) -> Select[User]:
    return select(User).join(KeyGrant).where(KeyGrant.keyring_id == keyring.id, User.active)


def _grant(keyring: Keyring, holder: User, private: bytes) -> KeyGrant:
    sealed = seal_to(holder.public_key, private, _INFO, _place(keyring, holder))
    return KeyGrant(keyring_id=keyring.id, user_id=holder.id, sealed_private_key=sealed)


def _place(keyring: Keyring, holder: User) -> bytes:
    return canonical(keyring.id, holder.id)
