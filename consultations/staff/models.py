"""Staff accounts, their sessions, and the key pairs that they hold shares of."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.database import Base


class User(Base):
    """A member of staff. Neither the passphrase nor anything that opens without it is stored."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: What the person types to sign in.
    name: Mapped[str] = mapped_column(String(80), unique=True)
    role: Mapped[str] = mapped_column(String(40))
    #: The interface language of this person.
    language: Mapped[str] = mapped_column(String(20))
    salt: Mapped[bytes]
    #: SHA-256 of the sign-in half of the stretched passphrase.
    auth_hash: Mapped[bytes]
    #: X25519, 32 bytes.
    public_key: Mapped[bytes]
    #: The private key under the wrapping half of the stretched passphrase, and again under the printed recovery key.
    wrapped_private_key: Mapped[bytes]
    recovery_wrapped_private_key: Mapped[bytes]
    active: Mapped[bool] = mapped_column(default=True)


class StaffSession(Base):
    """A signed-in browser. The cookie holds 32 bytes; here lie their hash and a private key that only they open."""

    __tablename__ = "staff_sessions"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    sealed_private_key: Mapped[bytes]
    created_at: Mapped[datetime.datetime]
    seen_at: Mapped[datetime.datetime]

    user: Mapped[User] = relationship()


class Keyring(Base):
    """The public half of a key pair whose private half exists only in its holders' grants."""

    __tablename__ = "keyrings"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_key: Mapped[bytes]


class KeyGrant(Base):
    """One holder's copy of a private key, sealed to that holder."""

    __tablename__ = "key_grants"

    keyring_id: Mapped[int] = mapped_column(ForeignKey("keyrings.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    sealed_private_key: Mapped[bytes]
