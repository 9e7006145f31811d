"""The audit log: who of the staff did what on which day, each entry chained to the one before it."""

from __future__ import annotations

import datetime
import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultations.database import Base


class AuditEntry(Base):
    """Days, not times: an entry shall not be lined up with a server's clock. Members never appear here."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[datetime.date]
    who: Mapped[str]
    what: Mapped[str]
    subject: Mapped[str]
    #: SHA-256 over the hash before it and this entry's fields.
    hash: Mapped[bytes]


def record(session: Session, *, who: str, what: str, subject: str, day: datetime.date) -> AuditEntry:
    """Add an entry; `who` is a staff user's sign-in name or `command line`, `what` a verb such as `opened`."""
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).first()
    entry = AuditEntry(day=day, who=who, what=what, subject=subject)
    entry.hash = _chained(last.hash if last else b"", entry)
    session.add(entry)
    session.flush()
    return entry


def first_broken(session: Session) -> AuditEntry | None:
    """The first entry that does not follow from the one before it; None when the whole chain holds."""
    before = b""
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id)):
        if entry.hash != _chained(before, entry):
            return entry
        before = entry.hash
    return None


def _chained(before: bytes, entry: AuditEntry) -> bytes:
    fields = (entry.day.isoformat(), entry.who, entry.what, entry.subject)
    return hashlib.sha256(before + "\x1f".join(fields).encode()).digest()
