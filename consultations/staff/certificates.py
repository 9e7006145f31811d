"""Certificates: an entry of the audit log that says what was destroyed, how much of it, and that its key is gone."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.audit import AuditEntry, record

WHO = "retention"
ANSWERS = "destroyed the answers of"
INTERVIEWS = "destroyed the interviews of"
_WRITTEN = re.compile(r"(?P<subject>[^:]+): (?P<rows>.*); no copy of the key is left")


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one entry certifies. An entry that was written before rows were counted has none."""

    what: str
    #: A consultation's slug, or `case study 3 of spring`.
    subject: str
    #: How many rows were destroyed, by table, in the order in which they went.
    rows: Mapping[str, int]
    day: datetime.date


def certify(session: Session, what: str, subject: str, rows: Mapping[str, int], day: datetime.date) -> Certificate:
    """Write it down, in the transaction that destroys; tables of which nothing was there are left out."""
    gone = {table: count for table, count in rows.items() if count}
    counts = ", ".join(f"{count} {table}" for table, count in gone.items()) or "0 rows"
    record(session, who=WHO, what=what, subject=f"{subject}: {counts}; no copy of the key is left", day=day)
    return Certificate(what, subject, gone, day)


def certificates(session: Session) -> list[Certificate]:
    """All of them, newest first."""
    wanted = select(AuditEntry).where(AuditEntry.who == WHO, AuditEntry.what.in_((ANSWERS, INTERVIEWS)))
    return [_read(entry) for entry in session.scalars(wanted.order_by(AuditEntry.id.desc()))]


def _read(entry: AuditEntry) -> Certificate:
    found = _WRITTEN.fullmatch(entry.subject)
    if found is None:
        return Certificate(entry.what, entry.subject, {}, entry.day)
    rows = (each.split(" ", 1) for each in found["rows"].split(", "))
    return Certificate(entry.what, found["subject"], {table: int(n) for n, table in rows if table != "rows"}, entry.day)
