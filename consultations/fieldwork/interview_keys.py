"""The key of each interview: its texts and its passages lie under it, and it lies sealed to the case study.

With the key's row gone, as after a withdrawal or with the fresh key of `finish`, what a log or a backup still has of
the older text opens for nobody, key holders included, once the tables of keys have moved on.
"""

from __future__ import annotations

import json
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.fieldwork.case_studies import key_of
from consultations.fieldwork.models import Interview, InterviewKey, Passage
from consultations.fieldwork.sealed_json import padded_json
from consultations.staff.keyrings import lock
from consultations.staff.keys import (
    DoesNotOpen,
    Turn,
    canonical,
    new_key,
    open_under,
    open_with,
    public_key_of,
    seal_to,
    seal_under,
)
from consultations.staff.several import Several, open_each
from consultations.staff.sign_in import SignedIn

_INFO = "interview key"

Row = Interview | Passage


def hold(session: Session, interview: Interview) -> None:
    """For writers, first of all: nobody else writes to the case study, gives the interview a new key or turns the case
    study's before this transaction ends, and what is read from here on is how it stands now."""
    lock(session, interview.case_study.keyring_id)
    session.refresh(interview)
    _passages(session, interview)
    session.get(InterviewKey, interview.id, populate_existing=True)


def cipher_of(session: Session, interview: Interview, by: SignedIn) -> AESGCM:
    """The interview's key. One from before interviews had any gets one here. Raises NotAKeyHolder, DoesNotOpen."""
    private = key_of(session, interview.case_study, by)
    stored = session.get(InterviewKey, interview.id)
    if stored is None:
        give_new_key(session, interview, by)
        stored = session.get_one(InterviewKey, interview.id)
    return AESGCM(open_with(private, stored.sealed_key, _INFO, canonical(interview.id)))


def seal(cipher: AESGCM, row: Row, value: Any) -> None:
    """`value` as padded JSON into `row`, where alone it opens."""
    row.sealed_body = seal_under(cipher, padded_json(value), _place(row))


def opened(cipher: AESGCM, row: Row) -> Any:
    """What `seal` was given; raises DoesNotOpen."""
    return json.loads(open_under(cipher, row.sealed_body, _place(row)))


def add_with_key(session: Session, interview: Interview, public_key: bytes, value: Any) -> None:
    """Add a new interview, sealed under a key of its own."""
    key = new_key()
    seal(AESGCM(key), interview, value)
    session.add(interview)
    session.flush()
    session.add(InterviewKey(interview_id=interview.id, sealed_key=_sealed(public_key, key, interview)))
    session.flush()


def give_new_key(session: Session, interview: Interview, by: SignedIn) -> None:
    """A fresh key for the interview and its passages, in place of the one before.

    Raises NotAKeyHolder, and DoesNotOpen before it has changed anything: its callers may go on with other interviews.
    """
    hold(session, interview)
    private = key_of(session, interview.case_study, by)
    found = _plains(session, interview, private)
    if found.damaged:
        raise DoesNotOpen
    _write(session, interview, public_key_of(private), found)


def rekeyed(session: Session, interview: Interview, turn: Turn) -> int:
    """A fresh key for the interview and its passages, sealed to `turn.new_public` -> how many did not open, and stay.

    The case study is locked by the caller.
    """
    try:
        found = _plains(session, interview, turn.old_private)
    except DoesNotOpen:
        return 1
    _write(session, interview, turn.new_public, found)
    return found.refused


def _plains(session: Session, interview: Interview, private: bytes) -> Several[Row, tuple[Row, bytes]]:
    """The interview and its passages with what is under their seals. Raises DoesNotOpen of the key of them all."""
    before = _before(session.get(InterviewKey, interview.id, populate_existing=True), interview, private)
    rows: list[Row] = [interview, *_passages(session, interview)]
    return open_each("interviews and passages", rows, lambda row: (row, _plain(before, private, row)))


def _write(session: Session, interview: Interview, public: bytes, found: Several[Row, tuple[Row, bytes]]) -> None:
    key = new_key()
    for row, plain in found.opened:
        row.sealed_body = seal_under(AESGCM(key), plain, _place(row))
    stored = session.get(InterviewKey, interview.id) or InterviewKey(interview_id=interview.id)
    stored.sealed_key = _sealed(public, key, interview)
    session.add(stored)
    session.flush()


def _before(stored: InterviewKey | None, interview: Interview, private: bytes) -> AESGCM | None:
    if stored is None:
        return None
    return AESGCM(open_with(private, stored.sealed_key, _INFO, canonical(interview.id)))


def _plain(before: AESGCM | None, private: bytes, row: Row) -> bytes:
    """What is under the seal, also in the old way: to the case study itself."""
    if before is not None:
        return open_under(before, row.sealed_body, _place(row))
    return open_with(private, row.sealed_body, *_where(row))


def _passages(session: Session, interview: Interview) -> list[Passage]:
    mine = select(Passage).where(Passage.interview_id == interview.id).order_by(Passage.id)
    return list(session.scalars(mine.execution_options(populate_existing=True)))


def _sealed(public_key: bytes, key: bytes, interview: Interview) -> bytes:
    return seal_to(public_key, key, _INFO, canonical(interview.id))


def _place(row: Row) -> bytes:
    kind, place = _where(row)
    return canonical(kind) + place


def _where(row: Row) -> tuple[str, bytes]:
    if isinstance(row, Interview):
        return "interview", canonical(row.id)
    return "passage", canonical(row.interview_id, row.id)
