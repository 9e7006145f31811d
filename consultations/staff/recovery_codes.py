"""Ten codes on paper, each good for one sign-in when the phone or the key is lost."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from typing import NewType

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.staff.factors_models import RecoveryCode
from consultations.staff.keys import canonical
from consultations.staff.models import User
from consultations.staff.passphrases import LETTERS, recovery_letters
from consultations.staff.pending import changed

Code = NewType("Code", str)

COUNT = 10
#: 16 letters of 5 bits are 80 bits: nobody guesses one, so a plain SHA-256 is enough to store.
CODE_LETTERS, _GROUP = 16, 4


class RecoveryCodeRefused(Problem):
    status = 403
    message = N_("This recovery code is not right, or it was used before. Each code on the sheet works once.")


def new_codes(session: Session, user: User) -> list[Code]:
    """Ten codes in the order of their numbers, to be shown once; those made before work no more."""
    remove(session, user)
    codes = [_new_code() for _ in range(COUNT)]
    for number, code in enumerate(codes, 1):
        session.add(RecoveryCode(user_id=user.id, number=number, hash=_hash(user, code), used_on=None))
    session.flush()
    return codes


def use(session: Session, user: User, typed: str, day: datetime.date) -> int:
    """Strike a code out, and say how many are left; raises RecoveryCodeRefused.

    One statement asks that it was not used: of two who send the same code one is refused.
    """
    this = (RecoveryCode.user_id == user.id, RecoveryCode.hash == _hash(user, typed), RecoveryCode.used_on.is_(None))
    if changed(session.execute(update(RecoveryCode).where(*this).values(used_on=day))) == 0:
        raise RecoveryCodeRefused
    return sum(code.used_on is None for code in codes_of(session, user))


def codes_of(session: Session, user: User) -> list[RecoveryCode]:
    """Their numbers, and when they were used; what they say is stored nowhere."""
    theirs = select(RecoveryCode).where(RecoveryCode.user_id == user.id).order_by(RecoveryCode.number)
    return list(session.scalars(theirs.execution_options(populate_existing=True)))


def remove(session: Session, user: User) -> None:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def _new_code() -> Code:
    letters = "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
    return Code("-".join(letters[at : at + _GROUP] for at in range(0, CODE_LETTERS, _GROUP)))


def _hash(user: User, code: str) -> bytes:
    return hashlib.sha256(canonical("recovery code", user.id, recovery_letters(code))).digest()
