"""The limits of accounts as they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consultations.staff.limits import ALL, Limits
from consultations.staff.models import User, UserLimit
from consultations.staff.roles import Limit


def limits_of(session: Session, user: User) -> Limits:
    """What the account reaches, with its role."""
    given: dict[Limit, set[str]] = {}
    for kind, value in session.execute(select(UserLimit.kind, UserLimit.value).where(UserLimit.user_id == user.id)):
        given.setdefault(Limit(kind), set()).add(value)
    return Limits(user.role, {kind: frozenset(values) for kind, values in given.items()})


def set_limits(session: Session, user: User, given: Mapping[Limit, Iterable[str]]) -> None:
    """Give the account exactly this; a kind that is not named holds nothing. Beside `*` other values are left out."""
    session.execute(delete(UserLimit).where(UserLimit.user_id == user.id))
    for kind, values in given.items():
        for value in sorted({ALL} if ALL in values else set(values)):
            session.add(UserLimit(user_id=user.id, kind=kind, value=value))
    session.flush()


def widen(session: Session, user: User, kind: Limit, value: str) -> None:
    """Let the account reach one more; nothing happens when it does already."""
    if not limits_of(session, user).allow(kind, {value}):
        session.add(UserLimit(user_id=user.id, kind=kind, value=value))
        session.flush()
