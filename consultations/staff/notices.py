"""What happened to an account while its owner was away, told at the next sign-in."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consultations.errors import N_
from consultations.staff.factors_models import SignInNotice
from consultations.staff.models import KeyGrant, User


class Notice(StrEnum):
    FACTORS_REMOVED = "factors_removed"
    CODES_REFUSED = "codes_refused"
    PASSKEY_COPIED = "passkey_copied"
    RECOVERY_KEY_CHANGED = "recovery_key_changed"


SENTENCES: Mapping[Notice, str] = MappingProxyType(
    {
        Notice.FACTORS_REMOVED: N_(
            "An administrator removed the second factors of your account. If you did not ask for it, talk to them."
        ),
        Notice.CODES_REFUSED: N_(
            "Somebody who knows your passphrase tried wrong codes five times. If it was not you, change your "
            "passphrase now."
        ),
        Notice.PASSKEY_COPIED: N_(
            "A passkey of yours was refused because there may be a copy of it. Remove it, and tell an administrator."
        ),
        # Two people who ran the ceremony between themselves have all cards, and what is new is sealed to them.
        Notice.RECOVERY_KEY_CHANGED: N_(
            "The trustees have new cards. Any two of them will open what is created from now on, and what no earlier "
            "cards open. What earlier cards open waits for the agreement of somebody who holds its key. If nobody told "
            "you of the new cards, call the trustees before you go on."
        ),
    }
)


def tell(session: Session, user: User, notice: Notice) -> None:
    session.merge(SignInNotice(user_id=user.id, kind=notice))
    session.flush()


def tell_key_holders(session: Session, notice: Notice) -> None:
    """Everybody who holds a key and can sign in."""
    holding = select(User).where(User.active, User.id.in_(select(KeyGrant.user_id)))
    for user in session.scalars(holding).all():
        tell(session, user, notice)


def taken_notices(session: Session, user: User) -> list[Notice]:
    """What `user` is to be told, which is then forgotten."""
    kinds = session.scalars(select(SignInNotice.kind).where(SignInNotice.user_id == user.id)).all()
    session.execute(delete(SignInNotice).where(SignInNotice.user_id == user.id))
    return [notice for notice in Notice if notice in kinds]
