"""Passkeys as they are kept: everything about them sealed under a key that only the owner's passphrase leads to."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consultations.staff.factors_models import Passkey
from consultations.staff.keys import canonical, derived, open_under, seal_under
from consultations.staff.models import User
from consultations.staff.pending import changed
from consultations.staff.sessions import SignedIn

#: Sealed texts are filled up to a multiple of this, so that the length tells neither the name nor the maker.
_STEP_BYTES = 512


@dataclass(frozen=True, slots=True)
class Held:
    """One passkey of somebody."""

    id: int
    #: What they call it: "blue key".
    name: str
    #: It works at this host only (WebAuthn's relying party id).
    host: str
    credential_id: bytes
    #: COSE, as WebAuthn has it.
    public_key: bytes
    sign_count: int
    #: How the browser reached it: "usb", "nfc", "internal" …
    transports: tuple[str, ...]


def of(session: Session, who: SignedIn) -> list[Held]:
    """Everything that they have, the oldest first."""
    rows = session.scalars(select(Passkey).where(Passkey.user_id == who.user.id).order_by(Passkey.id))
    return [_opened(who, row) for row in rows.all()]


def keep(session: Session, who: SignedIn, held: Held) -> None:
    """Kept under a new id, whatever `held` says."""
    session.add(Passkey(user_id=who.user.id, sealed=_sealed(who, held)))
    session.flush()


def change(session: Session, who: SignedIn, before: Held, after: Held) -> bool:
    """Put `after` in the place of `before`; False when somebody else changed it in between."""
    row = session.get(Passkey, before.id)
    if row is None or _opened(who, row) != before:
        return False
    this = (Passkey.id == before.id, Passkey.sealed == row.sealed)
    return changed(session.execute(update(Passkey).where(*this).values(sealed=_sealed(who, after)))) == 1


def any_of(session: Session, user: User) -> bool:
    return session.scalar(select(Passkey.id).where(Passkey.user_id == user.id).limit(1)) is not None


def works_at(session: Session, who: SignedIn, host: str) -> bool:
    """Whether one of theirs was added at this host."""
    return any(held.host == host for held in of(session, who))


def remove(session: Session, user: User, passkey_id: int) -> bool:
    """Whether there was such a passkey of theirs."""
    this = (Passkey.id == passkey_id, Passkey.user_id == user.id)
    return changed(session.execute(delete(Passkey).where(*this))) == 1


def remove_all(session: Session, user: User) -> None:
    session.execute(delete(Passkey).where(Passkey.user_id == user.id))


def _sealed(who: SignedIn, held: Held) -> bytes:
    fields = asdict(held) | {"credential_id": held.credential_id.hex(), "public_key": held.public_key.hex()}
    written = json.dumps(fields).encode()
    padded = written.ljust(-(-len(written) // _STEP_BYTES) * _STEP_BYTES)
    return seal_under(_cipher(who), padded, canonical("passkey", who.user.id))


def _opened(who: SignedIn, row: Passkey) -> Held:
    fields = json.loads(open_under(_cipher(who), row.sealed, canonical("passkey", who.user.id)))
    return Held(
        id=row.id,
        name=fields["name"],
        host=fields["host"],
        credential_id=bytes.fromhex(fields["credential_id"]),
        public_key=bytes.fromhex(fields["public_key"]),
        sign_count=fields["sign_count"],
        transports=tuple(fields["transports"]),
    )


def _cipher(who: SignedIn) -> AESGCM:
    return AESGCM(derived(who.private_key, "second factors"))
