"""Who works here: accounts as lists."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.staff.models import User
from consultations.staff.roles import Permission, may


def everyone(session: Session) -> list[User]:
    return list(session.scalars(select(User).order_by(User.name)))


def active_with(session: Session, permission: Permission) -> list[User]:
    """Active accounts whose role includes `permission`, by name."""
    users = session.scalars(select(User).where(User.active).order_by(User.name))
    return [user for user in users if may(user.role, permission)]
