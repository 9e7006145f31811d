"""Keys that several people hold: each holder has a copy of the private half, sealed to themselves."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
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
        session.add(_grant(keyring.id, holder, pair.private))
    session.flush()
    return keyring


def grant(session: Session, keyring: Keyring | int, to: User, by: SignedIn) -> None:
    """`by` gives a copy of the key to `to`; nothing happens when they hold it. Raises NotAKeyHolder."""
    private = private_key(session, keyring, by)
    if session.get(KeyGrant, (_id(keyring), to.id)) is None:
        session.add(_grant(_id(keyring), to, private))
        session.flush()


def public_key(session: Session, keyring: Keyring | int) -> bytes:
    """What to seal to; anybody may."""
    return session.get_one(Keyring, _id(keyring)).public_key


def private_key(session: Session, keyring: Keyring | int, by: SignedIn) -> bytes:
    """The private half, opened with the holder's own key.

    Raises NotAKeyHolder; raises DoesNotOpen when the copy was changed or does not belong to the keyring's public half.
    """
    granted = session.get(KeyGrant, (_id(keyring), by.user.id))
    if granted is None:
        raise NotAKeyHolder
    private = open_with(by.private_key, granted.sealed_private_key, _INFO, _place(_id(keyring), by.user))
    # A public half that was swapped in the database would have members seal to a stranger: say so at the first use.
    if public_key_of(private) != public_key(session, keyring):
        raise DoesNotOpen
    return private


def holder_count(session: Session, keyring: Keyring | int) -> int:
    """How many people who can still sign in hold the key."""
    active = select(func.count()).select_from(KeyGrant).join(User)
    return session.scalar(active.where(KeyGrant.keyring_id == _id(keyring), User.active)) or 0


def holders(session: Session, keyring: Keyring | int) -> list[User]:
    """Who can still sign in and holds the key, by name."""
    granted = select(User).join(KeyGrant).where(KeyGrant.keyring_id == _id(keyring), User.active)
    return list(session.scalars(granted.order_by(User.name)))


def _grant(keyring_id: int, holder: User, private: bytes) -> KeyGrant:
    sealed = seal_to(holder.public_key, private, _INFO, _place(keyring_id, holder))
    return KeyGrant(keyring_id=keyring_id, user_id=holder.id, sealed_private_key=sealed)


def _place(keyring_id: int, holder: User) -> bytes:
    return canonical(keyring_id, holder.id)


def _id(keyring: Keyring | int) -> int:
    return keyring if isinstance(keyring, int) else keyring.id
