"""Destroying for good: rows, counted, and every copy of a key."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, delete, func, select
from sqlalchemy.orm import Session

from consultations.staff import keyrings
from consultations.staff.models import KeyGrant, RecoveryGrant


def deleted(session: Session, table: Table, which: ColumnElement[bool]) -> int:
    """How many rows there were of those that are gone now."""
    count = session.scalar(select(func.count()).select_from(table).where(which)) or 0
    session.execute(delete(table).where(which))
    return count


def destroyed_key(session: Session, keyring_id: int) -> dict[str, int]:
    """Destroy every copy of a key -> how many there were, by table."""
    counts = {
        each.__tablename__: session.scalar(select(func.count()).where(each.keyring_id == keyring_id)) or 0
        for each in (KeyGrant, RecoveryGrant)
    }
    keyrings.destroy(session, keyring_id)
    return counts
