"""Who works here: accounts as lists, and what an administrator changes about them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultations.audit import record
from consultations.errors import N_, NotFound, Problem
from consultations.staff import accounts, keyrings
from consultations.staff.given_limits import limits_of, set_limits
from consultations.staff.limits import Limits
from consultations.staff.models import User
from consultations.staff.roles import LIMITED_BY, Limit, Permission, Role, may


class LastAdministrator(Problem):
    status = 409
    message = N_("This is the only administrator. Make another one first: nobody else could let people in.")


class OwnAccount(Problem):
    status = 409
    message = N_("Nobody changes their own role or limits. Another administrator can do it.")


def everyone(session: Session) -> list[User]:
    return list(session.scalars(select(User).order_by(User.name)))


def with_id(session: Session, user_id: int) -> User:
    """Raises NotFound."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def active_with(session: Session, permission: Permission) -> list[User]:
    """Active accounts whose role includes `permission`, by name."""
    users = session.scalars(select(User).where(User.active).order_by(User.name))
    return [user for user in users if may(user.role, permission)]


def active_reaching(session: Session, permission: Permission, slug: str) -> list[User]:
    """Those of `active_with` who reach one consultation by their limits: whom its key can be given to."""
    return [
        user for user in active_with(session, permission) if limits_of(session, user).allow(Limit.CONSULTATION, {slug})
    ]


def all_limits(session: Session) -> dict[int, Limits]:
    """What everybody reaches, by the account's id."""
    return {user.id: limits_of(session, user) for user in everyone(session)}


def change(
    session: Session,
    user: User,
    role: str,
    limits: Mapping[Limit, Iterable[str]],
    *,
    by: User | None,
    who: str,
    day: datetime.date,
) -> None:
    """Another role, other limits; whoever is signed in with the account is out. Keys that they hold stay with them.

    Raises OwnAccount, LastAdministrator.
    """
    if by is not None and by.id == user.id:
        raise OwnAccount
    record(session, who=who, what="changed the role of", subject=user.name, day=day)
    if role != Role.ADMINISTRATOR:
        _check_another_administrator(session, user)
    user.role = Role(role)
    set_limits(session, user, {kind: limits.get(kind, ()) for kind in LIMITED_BY[Role(role)]})
    accounts.end_sessions(session, user)


def let_leave(session: Session, user: User, *, who: str, day: datetime.date) -> int:
    """Deactivate an account: out at once, and its keys are taken from it.

    -> how many keys have no other holder, so that this account's sealed copy had to stay. Raises LastAdministrator.
    """
    record(session, who=who, what="deactivated", subject=user.name, day=day)
    _check_another_administrator(session, user)
    accounts.deactivate(session, user)
    return len(keyrings.let_go(session, user))


def let_back(session: Session, user: User, *, who: str, day: datetime.date) -> None:
    """The account can sign in again, with the passphrase that it had; keys have to be given to it again."""
    record(session, who=who, what="reactivated", subject=user.name, day=day)
    user.active = True
    session.flush()


def _check_another_administrator(session: Session, user: User) -> None:
    """Asked after the audit log's head is locked: of two who remove each other at once, the second is refused."""
    if user.role != Role.ADMINISTRATOR or not user.active:
        return
    others = select(func.count()).where(User.role == Role.ADMINISTRATOR, User.active, User.id != user.id)
    if not session.scalar(others):
        raise LastAdministrator
