"""A log of what staff did: who, what, to what, on which day. Each entry's hash holds the one before it."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import CheckConstraint, ColumnElement, func, select, true, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultations.database import Base
from consultations.errors import N_

#: Every kind of event, and what a page calls it. Numbers within `what` are taken out: `made 20 codes for` is found
#: under `made %(number)s codes for`.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "added": N_("Account added"),
        "invited": N_("Person invited"),
        "joined": N_("Account made with a link"),
        "withdrew the link of": N_("Link withdrawn"),
        "changed the role of": N_("Role or limits changed"),
        "deactivated": N_("Account deactivated"),
        "reactivated": N_("Account reactivated"),
        "recovered": N_("Account recovered with its recovery key"),
        "changed the passphrase of": N_("Passphrase changed"),
        "added a code app to": N_("Code app added"),
        "removed the code app of": N_("Code app removed"),
        "added a passkey to": N_("Passkey added"),
        "removed a passkey of": N_("Passkey removed"),
        "made recovery codes for": N_("Recovery codes made"),
        "used a recovery code of": N_("Recovery code used"),
        "removed the second factors of": N_("Second factors removed for somebody"),
        "tried wrong codes for": N_("Five wrong codes after the right passphrase"),
        "tried a copied passkey of": N_("Passkey refused that may be a copy"),
        "changed the table plan of": N_("Table plan changed"),
        "opened": N_("Opened"),
        "closed": N_("Closed"),
        "unlocked": N_("Answers unlocked"),
        "attacked the tables of": N_("Tables attacked before a release"),
        "imported %(number)s answers to": N_("Answers imported from a file: %(number)s"),
        "released tables": N_("Tables released"),
        "withdrew": N_("Interview withdrawn"),
        "made %(number)s codes for": N_("Codes made: %(number)s"),
        "took %(number)s out of the answers to": N_("Answers taken out for who took them back: %(number)s"),
        "destroyed the answers of": N_("Answers destroyed, their time being over"),
        "destroyed the interviews of": N_("Interviews destroyed, their time being over"),
        "exported the consultation": N_("Consultation exported, sealed"),
        "imported the consultation": N_("Consultation imported"),
        "agreed to the new recovery key for": N_("New recovery key agreed to"),
        "gave the key of": N_("Key given"),
        "took the key of": N_("Key taken away"),
        "turned the key of": N_("Key turned: a new pair in place of the old one"),
        "made a recovery key": N_("Recovery key made"),
        "confirmed a recovery key": N_("Recovery key confirmed with two cards"),
        "rehearsed with a recovery key": N_("Recovery rehearsed with two cards"),
        "opened with trustees' cards the key of": N_("Key opened with two trustees' cards"),
        "published a paper on": N_("Paper published"),
        "deleted a draft of a paper on": N_("Draft of a paper deleted"),
        "made the indicator": N_("Indicator made"),
        "changed the indicator": N_("Indicator changed"),
        "deleted the indicator": N_("Indicator deleted"),
        "exported the audit log": N_("Audit log exported"),
    }
)

#: How an entry's hash is made: 1 joined its fields with a sign, 2 writes each field's length before it.
SCHEME = 2


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
    scheme: Mapped[int] = mapped_column(default=SCHEME, server_default="1")


class AuditHead(Base):
    """The hash of the newest entry, in one row that everybody who adds an entry has to lock first."""

    __tablename__ = "audit_heads"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[bytes]


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether the chain holds: the first entry that does not follow, and the hash that the last one leads to."""

    broken: AuditEntry | None
    head: bytes
    #: The newest entries are missing: the chain ends before the head that was kept, or that was asked for.
    is_cut: bool

    @property
    def holds(self) -> bool:
        return self.broken is None and not self.is_cut


def record(session: Session, *, who: str, what: str, subject: str, day: datetime.date) -> AuditEntry:
    """Add an entry; `who` is a staff user's sign-in name or `command line`, `what` one of `KINDS`.

    The head is written before it is read: in both databases a second writer waits there until the first has committed,
    so that no two entries follow the same one.
    """
    lock = update(AuditHead).values(hash=AuditHead.hash).returning(AuditHead.hash)
    before = session.execute(lock.execution_options(synchronize_session=False)).scalar_one()
    entry = AuditEntry(day=day, who=who, what=what, subject=subject, scheme=SCHEME)
    entry.hash = _HASHES[SCHEME](before, entry)
    session.add(entry)
    session.flush()
    moved = update(AuditHead).values(hash=entry.hash)
    session.execute(moved.execution_options(synchronize_session=False))
    return entry


def last_day(session: Session, what: str, subject: str) -> datetime.date | None:
    """The day of the last such event; None where the log has none."""
    mine = select(AuditEntry.day).where(AuditEntry.what == what, AuditEntry.subject == subject)
    return session.scalars(mine.order_by(AuditEntry.id.desc()).limit(1)).first()


def first_broken(session: Session) -> AuditEntry | None:
    """The first entry that does not follow from the one before it; None when the whole chain holds."""
    return checked(session).broken


def checked(session: Session, known: bytes = b"") -> Checked:
    """Walk the whole chain. `known`: a hash that was written down before and must still be on the way."""
    before, scheme, met = b"", 1, not known
    for entry in oldest_first(session):
        # A scheme that goes back is a way to slip in entries whose fields can be joined in two ways.
        if entry.scheme < scheme or entry.scheme not in _HASHES or entry.hash != _HASHES[entry.scheme](before, entry):
            return Checked(entry, before, is_cut=False)
        before, scheme = entry.hash, entry.scheme
        met = met or before == known
    kept = session.scalars(select(AuditHead.hash)).one_or_none() or b""
    return Checked(None, before, is_cut=kept != before or not met)


def kind_of(what: str) -> tuple[str, str]:
    """(key of `KINDS`, the number within it): `made 20 codes for` -> `made %(number)s codes for`, `20`."""
    number = re.search(r"\d+", what)
    return re.sub(r"\d+", "%(number)s", what, count=1), number[0] if number else ""


def page_of(session: Session, kind: str, page: int, length: int) -> list[AuditEntry]:
    """Newest first, `length` a page from page 1 on; only those of one kind where it is named."""
    found = select(AuditEntry).where(_is_of(kind)).order_by(AuditEntry.id.desc())
    return list(session.scalars(found.limit(length).offset((page - 1) * length)))


def count_of(session: Session, kind: str) -> int:
    return session.scalar(select(func.count()).select_from(AuditEntry).where(_is_of(kind))) or 0


def oldest_first(session: Session) -> list[AuditEntry]:
    return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def rows(entries: list[AuditEntry]) -> list[tuple[str, ...]]:
    """A file's rows under their headings, as they are stored: the chain can be checked from them elsewhere."""
    found = ((str(e.id), e.day.isoformat(), e.who, e.what, e.subject, str(e.scheme), e.hash.hex()) for e in entries)
    return [("number", "day", "who", "what", "subject", "scheme", "hash"), *found]


def _is_of(kind: str) -> ColumnElement[bool]:
    return AuditEntry.what.like(kind.replace("%(number)s", "%")) if kind in KINDS else true()


def _joined(before: bytes, entry: AuditEntry) -> bytes:
    """Scheme 1: entries that were made before lengths were written keep the hash that they were given."""
    return hashlib.sha256(before + "\x1f".join(_fields(entry)).encode()).digest()


def _with_lengths(before: bytes, entry: AuditEntry) -> bytes:
    """Scheme 2: every part has its length before it, so that no two entries are the same bytes."""
    parts = (b"audit entry 2", before, *(field.encode() for field in _fields(entry)))
    return hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()


def _fields(entry: AuditEntry) -> tuple[str, str, str, str]:
    return (entry.day.isoformat(), entry.who, entry.what, entry.subject)


_HASHES = {1: _joined, 2: _with_lengths}
