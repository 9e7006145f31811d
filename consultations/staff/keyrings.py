"""Keys that several people hold: each holder has a copy of the private half, sealed to themselves.

The trustees' recovery key has one as well. Whoever seals something to the public half asks for it with `sealing_key`,
which nobody can turn until that is committed (`staff.turning`): nothing is ever sealed to a key that has just gone.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, exists, func, select, update
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.staff import trustees
from consultations.staff.keys import DoesNotOpen, canonical, new_key_pair, open_with, public_key_of, seal_to
from consultations.staff.models import KeyGrant, Keyring, RecoveryGrant, TrusteesKey, User
from consultations.staff.sign_in import SignedIn

_INFO, _RECOVERY_INFO = "key grant", "recovery grant"


class NotAKeyHolder(Problem):
    status = 403
    message = N_("You do not hold the key to this. Somebody who holds it can give it to you.")


class KeyDestroyed(NotAKeyHolder):
    status = 410
    message = N_(
        "The key to this was destroyed, as people had been promised. What it opened is gone, and nobody can bring it"
        " back."
    )


def new_keyring(session: Session, holders: Iterable[User]) -> Keyring:
    """A new key pair whose private half exists only as sealed copies when this returns: the holders' and the trustees'.

    The trustees have theirs where a recovery key was confirmed; later `covering.cover` gives them one.
    """
    pair = new_key_pair()
    keyring = Keyring(public_key=pair.public)
    session.add(keyring)
    session.flush()
    seal_copies(session, keyring.id, pair.private, holders)
    return keyring


def seal_copies(
    session: Session, keyring_id: int, private: bytes, holders: Iterable[User], before: TrusteesKey | None = None
) -> None:
    """Copies for each of the holders, and for the trustees: for the recovery key that they had one for `before`, else
    for the current one if there is one."""
    for holder in holders:
        session.add(grant_of(keyring_id, holder, private))
    key = before or trustees.current(session)
    if key is not None:
        sealed = seal_to(key.public_key, private, _RECOVERY_INFO, canonical(keyring_id, key.id))
        session.add(RecoveryGrant(keyring_id=keyring_id, recovery_key_id=key.id, sealed_private_key=sealed))
    session.flush()


def grant(session: Session, keyring: Keyring | int, to: User, by: SignedIn) -> bool:
    """`by` gives a copy of the key to `to`; False and nothing done when they hold it. Raises NotAKeyHolder."""
    if session.get(KeyGrant, (id_of(keyring), by.user.id)) is None:
        raise NotAKeyHolder
    if session.get(KeyGrant, (id_of(keyring), to.id)) is not None:
        return False
    lock(session, keyring)
    session.add(grant_of(id_of(keyring), to, private_key(session, keyring, by)))
    session.flush()
    return True


def public_key(session: Session, keyring: Keyring | int) -> bytes:
    """The public half to look at; whoever seals something to it takes `sealing_key`."""
    return session.get_one(Keyring, id_of(keyring)).public_key


def sealing_key(connection: Session | Connection, keyring: Keyring | int) -> bytes:
    """What to seal to, and nobody turns the key before this transaction ends.

    SQLite lets one writer in at a time, so a write that changes nothing comes first; PostgreSQL shares the row among
    those who seal. Whoever turns the key writes the row, and so waits, or makes this wait and then read the new one.
    """
    _write_first(connection, id_of(keyring))
    locked = select(Keyring.public_key).where(Keyring.id == id_of(keyring)).with_for_update(read=True)
    return connection.scalars(locked).one()


def lock(session: Session, keyring: Keyring | int) -> Keyring:
    """The keyring as it is now, and nobody seals to it, grants or turns it until this transaction ends."""
    _write_first(session, id_of(keyring))
    locked = select(Keyring).where(Keyring.id == id_of(keyring)).with_for_update(key_share=True)
    found = session.scalars(locked.execution_options(populate_existing=True)).one()
    # What was read before the lock may be sealed copies of a key that has gone.
    mine = select(KeyGrant).where(KeyGrant.keyring_id == found.id)
    session.scalars(mine.execution_options(populate_existing=True)).all()
    return found


def private_key(session: Session, keyring: Keyring | int, by: SignedIn) -> bytes:
    """The private half, opened with the holder's own key.

    Raises NotAKeyHolder, KeyDestroyed; raises DoesNotOpen when the copy was changed or does not belong to the keyring's
    public half.
    """
    granted = session.get(KeyGrant, (id_of(keyring), by.user.id))
    if granted is None:
        raise NotAKeyHolder if is_held(session, keyring) else KeyDestroyed
    private = open_with(by.private_key, granted.sealed_private_key, _INFO, _place(id_of(keyring), by.user))
    return _checked(session, keyring, private)


def recovered(session: Session, keyring: Keyring | int, by: trustees.OpenedByTrustees) -> bytes:
    """The private half from the trustees' copy. Raises NotCovered, DoesNotOpen."""
    granted = session.get(RecoveryGrant, (id_of(keyring), by.key.id))
    if granted is None:
        raise trustees.NotCovered
    place = canonical(id_of(keyring), by.key.id)
    return _checked(session, keyring, open_with(by.private, granted.sealed_private_key, _RECOVERY_INFO, place))


def holder_count(session: Session, keyring: Keyring | int) -> int:
    """How many people who can still sign in hold the key."""
    active = select(func.count()).select_from(KeyGrant).join(User)
    return session.scalar(active.where(KeyGrant.keyring_id == id_of(keyring), User.active)) or 0


def holders(session: Session, keyring: Keyring | int) -> list[User]:
    """Who can still sign in and holds the key, by name."""
    granted = select(User).join(KeyGrant).where(KeyGrant.keyring_id == id_of(keyring), User.active)
    return list(session.scalars(granted.order_by(User.name)))


def holds(session: Session, keyring: Keyring | int, user: User) -> bool:
    return session.get(KeyGrant, (id_of(keyring), user.id)) is not None


def let_go(session: Session, user: User) -> list[int]:
    """Take every key from somebody who leaves, and mark it to be turned by the next who works with it.

    -> the keyrings whose only copy theirs is: that copy stays, or everything under it would be lost. It opens for
    nobody who cannot sign in.
    """
    last = []
    for keyring_id in session.scalars(select(KeyGrant.keyring_id).where(KeyGrant.user_id == user.id)).all():
        lock(session, keyring_id).to_turn = True
        trustees_hold = exists().where(RecoveryGrant.keyring_id == keyring_id)
        if holders_but(session, keyring_id, user) or session.scalar(select(trustees_hold)):
            session.delete(session.get_one(KeyGrant, (keyring_id, user.id)))
        else:
            last.append(keyring_id)
    session.flush()
    return last


def destroy(session: Session, keyring: Keyring | int) -> None:
    """Delete every copy of the private half: what is sealed to it, here or in a backup, opens for nobody any more."""
    for copies in (KeyGrant, RecoveryGrant):
        session.execute(delete(copies).where(copies.keyring_id == id_of(keyring)))


def is_held(session: Session, keyring: Keyring | int) -> bool:
    """Whether there is any copy of the private half, also of people who left and of trustees."""
    return any(
        session.scalar(select(exists().where(copies.keyring_id == id_of(keyring))))
        for copies in (KeyGrant, RecoveryGrant)
    )


def holders_but(session: Session, keyring: Keyring | int, *leaving: User) -> list[User]:
    """Who would still hold the key without those."""
    gone = {user.id for user in leaving}
    return [user for user in holders(session, keyring) if user.id not in gone]


def _checked(session: Session, keyring: Keyring | int, private: bytes) -> bytes:
    # A public half that was swapped in the database would have members seal to a stranger: say so at the first use.
    if public_key_of(private) != public_key(session, keyring):
        raise DoesNotOpen
    return private


def _write_first(connection: Session | Connection, keyring_id: int) -> None:
    dialect = connection.get_bind().dialect if isinstance(connection, Session) else connection.dialect
    if dialect.name == "sqlite":
        # The grants follow the keyring's number, so nothing else may change with it.
        unchanged = update(Keyring).where(Keyring.id == keyring_id).values(to_turn=Keyring.to_turn)
        connection.execute(unchanged, execution_options={"synchronize_session": False})


def grant_of(keyring_id: int, holder: User, private: bytes) -> KeyGrant:
    sealed = seal_to(holder.public_key, private, _INFO, _place(keyring_id, holder))
    return KeyGrant(keyring_id=keyring_id, user_id=holder.id, sealed_private_key=sealed)


def _place(keyring_id: int, holder: User) -> bytes:
    return canonical(keyring_id, holder.id)


def id_of(keyring: Keyring | int) -> int:
    return keyring if isinstance(keyring, int) else keyring.id
