"""The trustees' copies of keys: which recovery key opens what, and how a newer one comes to open it."""

from __future__ import annotations

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from consultations.staff import keyrings, trustees
from consultations.staff.keyrings import id_of
from consultations.staff.models import KeyGrant, Keyring, RecoveryGrant, TrusteesKey, User
from consultations.staff.sign_in import SignedIn


def grant_recovered(session: Session, keyring: Keyring | int, to: User, by: trustees.OpenedByTrustees) -> None:
    """Two trustees give the key to `to`, who has it already or not. Raises NotCovered, DoesNotOpen."""
    keyrings.lock(session, keyring)
    private = keyrings.recovered(session, keyring, by)
    session.merge(keyrings.grant_of(id_of(keyring), to, private))
    session.flush()


def is_covered(session: Session, keyring: Keyring | int) -> bool:
    """Whether the trustees' current recovery key opens it."""
    key = trustees.current(session)
    return key is not None and session.get(RecoveryGrant, (id_of(keyring), key.id)) is not None


def covering_key(session: Session, keyring: Keyring | int) -> TrusteesKey | None:
    """The recovery key that opens it, which may be an earlier one; None where the trustees have no copy."""
    mine = select(TrusteesKey).join(RecoveryGrant).where(RecoveryGrant.keyring_id == id_of(keyring))
    return session.scalars(mine.order_by(TrusteesKey.id.desc())).first()


def is_behind(session: Session, keyring: Keyring | int) -> bool:
    """Whether an earlier recovery key opens it and the current one does not: a holder has to agree to that one."""
    return covering_key(session, keyring) is not None and not is_covered(session, keyring)


def uncovered(session: Session) -> list[int]:
    """Keyrings that somebody holds and the current recovery key does not open."""
    key = trustees.current(session)
    covered = exists().where(RecoveryGrant.keyring_id == Keyring.id, RecoveryGrant.recovery_key_id == (key and key.id))
    held = exists().where(KeyGrant.keyring_id == Keyring.id)
    return list(session.scalars(select(Keyring.id).where(held, ~covered).order_by(Keyring.id)))


def cover(session: Session, keyring: Keyring | int, by: SignedIn, *, agreed: bool = False) -> bool:
    """Give the trustees a copy under their current key; whether that was needed.

    In place of a copy under an earlier key only where the holder `agreed`: somebody who made new cards for themselves
    alone, an administrator say, shall not come to open what is there without a holder's knowing.
    Raises NotAKeyHolder, DoesNotOpen.
    """
    if trustees.current(session) is None or is_covered(session, keyring):
        return False
    if covering_key(session, keyring) is not None and not agreed:
        return False
    keyrings.lock(session, keyring)
    private = keyrings.private_key(session, keyring, by)
    session.execute(delete(RecoveryGrant).where(RecoveryGrant.keyring_id == id_of(keyring)))
    keyrings.seal_copies(session, id_of(keyring), private, ())
    return True
