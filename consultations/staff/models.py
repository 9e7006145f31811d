"""Staff accounts, their sessions, and the key pairs that they hold shares of."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.database import Base
from consultations.staff.roles import Limit

#: Tables in which nothing lies but sealed keys, in the order in which rows refer to one another. What is sealed under
#: these keys lies in other tables, and opens for nobody once a row here is gone: a backup keeps the two apart.
KEYS_ONLY = ("recovery_grants", "key_grants", "epochs", "snapshot_keys", "interview_keys")


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


class UserLimit(Base):
    """One consultation, country, region or language that an account reaches; `*` for all of that kind."""

    __tablename__ = "user_limits"
    __table_args__ = (CheckConstraint(f"kind IN {tuple(str(kind) for kind in Limit)}", name="kind_known"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    #: The consultation's word in its address, ISO 3166-1 alpha-2, a region's key, BCP 47.
    value: Mapped[str] = mapped_column(String(40), primary_key=True)


class StaffLink(Base):
    """A link by which one person makes their own account, once. Whoever reads this row cannot make the link again."""

    __tablename__ = "staff_links"

    #: SHA-256 of the 32 bytes in the link.
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    role: Mapped[str] = mapped_column(String(40))
    #: Values by kind of limit.
    limits: Mapped[dict[str, Any]]
    language: Mapped[str] = mapped_column(String(20))
    #: The last day on which it works.
    expires_on: Mapped[datetime.date]
    #: Sign-in name, or `command line`.
    invited_by: Mapped[str] = mapped_column(String(80))


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
    #: Somebody who held the key has left: the next holder who works with it makes a new pair.
    to_turn: Mapped[bool] = mapped_column(default=False)


class KeyGrant(Base):
    """One holder's copy of a private key, sealed to that holder."""

    __tablename__ = "key_grants"

    keyring_id: Mapped[int] = mapped_column(ForeignKey("keyrings.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    sealed_private_key: Mapped[bytes]


class TrusteesKey(Base):
    """The public half of a recovery key. Its private half is on the trustees' cards and nowhere else.

    A ceremony makes a row; the newest row that was confirmed is the current key.
    """

    __tablename__ = "recovery_keys"
    __table_args__ = (CheckConstraint("rehearsed_on IS NULL OR confirmed_on IS NOT NULL", name="confirmed_first"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_key: Mapped[bytes]
    made_on: Mapped[datetime.date]
    #: When two cards first brought the private half back, and when they last did.
    confirmed_on: Mapped[datetime.date | None]
    rehearsed_on: Mapped[datetime.date | None]
    #: Who saw all three cards in the browser, and so does not confirm them; None for those of the command line.
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class RecoveryGrant(Base):
    """The trustees' copy of a private key, sealed to their recovery key."""

    __tablename__ = "recovery_grants"

    keyring_id: Mapped[int] = mapped_column(ForeignKey("keyrings.id", ondelete="CASCADE"), primary_key=True)
    recovery_key_id: Mapped[int] = mapped_column(ForeignKey("recovery_keys.id", ondelete="CASCADE"), primary_key=True)
    sealed_private_key: Mapped[bytes]
