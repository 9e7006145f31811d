"""Answers that a respondent asked to save: sealed to a code that only they have, for thirty days at most.

What the row is found by and what it is sealed with are both computed from the code and the server's secret, under two
labels. So the database alone opens no draft, nor does it with the keys of all key holders; who has the database and the
server's secret would still have to guess 22 digits. The row has no time but the day on which it ends.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, ForeignKey, LargeBinary, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

import consultations.rounds.models  # noqa: F401 - its table is referred to by name
from consultations.database import Base
from consultations.errors import N_, Problem
from consultations.responses.page_state import PageState, Place, packed_state, unpacked_state
from consultations.responses.sealing import padded, unpadded
from consultations.staff.keys import canonical, derived, open_under, seal_under

FORMAT = 1
#: Said to respondents in words wherever they can save.
LIFETIME_DAYS = 30


class NoSuchDraft(Problem):
    """One answer for a code that never was, one whose time is over, and one of another consultation."""

    status = 404
    message = N_("No saved answers open with this code. They are kept for 30 days, and until the consultation closes.")


class Draft(Base):
    """One saved page state. Another column here would be another way to find a person."""

    __tablename__ = "drafts"
    __table_args__ = ({"sqlite_with_rowid": False},)  # a hidden rowid would keep the order in which they were saved

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True)
    #: 32 bytes that only the code and the server's secret lead to.
    lookup: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    #: The state, padded in steps of doubling and sealed.
    blob: Mapped[bytes]
    expires_on: Mapped[datetime.date]


def save_draft(
    session: Session, place: Place, code: str, secret: bytes, state: PageState, today: datetime.date
) -> None:
    """Seal the state to `code` in the place of whatever was saved under it, for 30 days from today."""
    lookup = lookup_of(code, secret)
    blob = seal_under(_cipher(code, secret), padded(packed_state(state)), _place(place, lookup))
    expires_on = today + datetime.timedelta(days=LIFETIME_DAYS)
    session.merge(Draft(consultation_id=place.consultation_id, lookup=lookup, blob=blob, expires_on=expires_on))
    session.flush()


def open_draft(session: Session, place: Place, code: str, secret: bytes, today: datetime.date) -> PageState:
    """What was saved under the code. Raises NoSuchDraft, and DoesNotOpen where the row was changed."""
    lookup = lookup_of(code, secret)
    draft = session.get(Draft, (place.consultation_id, lookup))
    if draft is None or draft.expires_on <= today:
        raise NoSuchDraft
    return unpacked_state(unpadded(open_under(_cipher(code, secret), draft.blob, _place(place, lookup))))


def lookup_of(code: str, secret: bytes) -> bytes:
    """What the draft under that code is found by; it says nothing of the code or of the key."""
    return derived(code.encode(), "draft lookup", secret)


def drop_sent(connection: Connection, consultation_id: int, lookups: Sequence[bytes]) -> None:
    """For the stir: drafts of answers that were sent since. In the answer's transaction they would point to it."""
    if lookups:
        connection.execute(delete(Draft).where(Draft.consultation_id == consultation_id, Draft.lookup.in_(lookups)))


def drop_drafts(session: Session, consultation_id: int) -> None:
    """For closing: nobody can go on with what nobody can send."""
    session.execute(delete(Draft).where(Draft.consultation_id == consultation_id))


def drop_expired(session: Session, today: datetime.date) -> None:
    session.execute(delete(Draft).where(Draft.expires_on <= today))


def _cipher(code: str, secret: bytes) -> AESGCM:
    return AESGCM(derived(code.encode(), "draft key", secret))


def _place(place: Place, lookup: bytes) -> bytes:
    return canonical(FORMAT, place.consultation_id, place.form_version, lookup)
