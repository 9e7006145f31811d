"""A key is turned: a new pair in place of the old one, which somebody has who shall not open what comes from now on."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.staff.covering import covering_key
from consultations.staff.keyrings import holders_but, lock, private_key, seal_copies
from consultations.staff.keys import Turn, new_key_pair
from consultations.staff.models import KeyGrant, Keyring, RecoveryGrant, User
from consultations.staff.sign_in import SignedIn


class LastHolder(Problem):
    status = 409
    message = N_(
        "Somebody has to hold this key: without them everything that it opens would be lost. Give it to somebody else"
        " first."
    )


class TwoMustHold(Problem):
    status = 409
    message = N_(
        "The consultation is open, and while it is, two people must hold its key. Give it to somebody else first."
    )


def turn(
    session: Session, keyring: Keyring | int, by: SignedIn, without: Iterable[User] = (), *, least: int = 1
) -> Turn:
    """A new pair for the holders who stay and for the trustees, under the key of theirs that it had; older copies go.

    The caller seals everything again that was sealed to the old pair, in the same transaction; nobody seals to either
    before its end. `by` may be one of those who go: what they know of the new pair is nothing that reaches them.
    Raises NotAKeyHolder, DoesNotOpen, and LastHolder or TwoMustHold where fewer than `least` would stay.
    """
    ring = lock(session, keyring)
    old_private = private_key(session, ring, by)
    staying = holders_but(session, ring, *without)
    if len(staying) < least:
        raise TwoMustHold if staying else LastHolder
    pair, trustees_key = new_key_pair(), covering_key(session, ring)
    for copies in (KeyGrant, RecoveryGrant):
        session.execute(delete(copies).where(copies.keyring_id == ring.id))
    ring.public_key, ring.to_turn = pair.public, False
    seal_copies(session, ring.id, pair.private, staying, trustees_key)
    return Turn(old_private, pair.public)
