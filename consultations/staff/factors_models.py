"""Tables of what staff show besides a passphrase, and of sign-ins that wait for it."""

from __future__ import annotations

import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.database import Base
from consultations.staff.models import User


class OneTimeSecret(Base):
    """What an app on somebody's phone makes codes from, sealed under a key that only their passphrase leads to.

    With it the time step (RFC 6238 section 4.2) of the newest code that was taken: it and those before it are used up.
    In the open it would say to half a minute when somebody last signed in.
    """

    __tablename__ = "one_time_secrets"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    sealed_secret: Mapped[bytes]


class Passkey(Base):
    """A security key, or a phone or computer that stands for one.

    Its name, its credential id and its public key are sealed: somebody who has the database and a key that was found
    on a table cannot ask whether the one belongs to the other.
    """

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes]


class RecoveryCode(Base):
    """One of ten codes on a printed sheet, by its number there."""

    __tablename__ = "recovery_codes"
    __table_args__ = (CheckConstraint("number BETWEEN 1 AND 10", name="one_of_ten"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    used_on: Mapped[datetime.date | None]


class PendingSignIn(Base):
    """The passphrase was right and the second factor is still to come. No page is ever opened by such a row."""

    __tablename__ = "pending_sign_ins"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    sealed_private_key: Mapped[bytes]
    created_at: Mapped[datetime.datetime]
    tries: Mapped[int] = mapped_column(default=0)

    user: Mapped[User] = relationship()


class PasskeyChallenge(Base):
    """The random bytes that a passkey signs next; one for each session or pending sign-in, gone when it is used."""

    __tablename__ = "passkey_challenges"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    challenge: Mapped[bytes] = mapped_column(LargeBinary(64))
    made_at: Mapped[datetime.datetime]


class SignInNotice(Base):
    """Something about an account that its owner is told when they sign in next; `staff/notices.py` has the kinds."""

    __tablename__ = "sign_in_notices"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
