"""Passages of a transcript that are marked as quotes, each under the key of its interview."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.errors import NotFound
from consultations.fieldwork import interview_keys
from consultations.fieldwork.bodies import PassageBody, tidy
from consultations.fieldwork.coding import PassageDamaged, check_theme, followed, verbatim
from consultations.fieldwork.models import Interview, Passage
from consultations.fieldwork.sentences import Span
from consultations.staff.several import Several, open_each
from consultations.staff.sign_in import SignedIn

ID_BYTES = 16

#: A passage with what its seal holds.
Marked = tuple[Passage, PassageBody]


def mark(session: Session, interview: Interview, transcript: str, span: Span, theme: str, by: SignedIn) -> Passage:
    """Mark `span` of the interview's transcript; raises OutsideText, ThemeUnknown, NotAKeyHolder."""
    verbatim(transcript, span)
    interview_keys.hold(session, interview)
    cipher = interview_keys.cipher_of(session, interview, by)
    passage = Passage(id=secrets.token_bytes(ID_BYTES), interview_id=interview.id)
    interview_keys.seal(cipher, passage, PassageBody(span, check_theme(theme), {}).to_json())
    session.add(passage)
    session.flush()
    return passage


def passage_with(session: Session, interview: Interview, id_hex: str) -> Passage:
    """The passage of that id, in hexadecimal digits, in that interview; raises NotFound."""
    try:
        passage = session.get(Passage, bytes.fromhex(id_hex))
    except ValueError:
        passage = None
    if passage is None or passage.interview_id != interview.id:
        raise NotFound
    return passage


def passages_of(session: Session, interview: Interview, by: SignedIn) -> Several[Passage, Marked]:
    """The marked passages in the order of the transcript; raises NotAKeyHolder, and DoesNotOpen of the interview."""
    return _all(session, interview, by).only(lambda pair: not pair[1].removed)


def rows_of(session: Session, interview: Interview) -> list[Passage]:
    """Every passage of the interview as it is stored, which needs no key."""
    return list(session.scalars(select(Passage).where(Passage.interview_id == interview.id).order_by(Passage.id)))


def body_of(session: Session, interview: Interview, passage: Passage, by: SignedIn) -> PassageBody:
    """What one passage of the interview holds; raises NotAKeyHolder, DoesNotOpen."""
    return _opened(interview_keys.cipher_of(session, interview, by), passage)


def removed_from(session: Session, interview: Interview, by: SignedIn) -> Passage | None:
    """The passage whose mark was removed last and can be put back; raises NotAKeyHolder."""
    return next((passage for passage, body in _all(session, interview, by).opened if body.removed), None)


def unmark(session: Session, interview: Interview, passage: Passage, by: SignedIn) -> None:
    """Remove the mark; `mark_again` puts it back until the next one is removed. Raises NotAKeyHolder."""
    forget_removed(session, interview, by)
    _change(session, interview, passage, by, removed=True)


def delete_damaged(session: Session, interview: Interview, passage: Passage, by: SignedIn) -> None:
    """Delete a passage that does not open; raises NotFound for one that does, and NotAKeyHolder."""
    interview_keys.hold(session, interview)
    if passage not in _all(session, interview, by).damaged:
        raise NotFound
    session.delete(passage)
    session.flush()


def check_whole(session: Session, interview: Interview, by: SignedIn) -> None:
    """Raises PassageDamaged where one does not open.

    The text shall not change beside it, nor its key: should it open again, from a backup, it would stand for other
    words than those that were marked, or open no more. Where somebody decides to delete it, nothing is in the way.
    """
    if _all(session, interview, by).damaged:
        raise PassageDamaged


def mark_again(session: Session, interview: Interview, passage: Passage, by: SignedIn) -> None:
    """Put a removed mark back, with its theme and translations; raises NotAKeyHolder."""
    _change(session, interview, passage, by, removed=False)


def forget_removed(session: Session, interview: Interview, by: SignedIn) -> None:
    """Delete what was removed and could still be put back; raises NotAKeyHolder."""
    removed = removed_from(session, interview, by)
    if removed is not None:
        session.delete(removed)
        session.flush()


def translate(
    session: Session, interview: Interview, passage: Passage, translations: dict[str, str], by: SignedIn
) -> None:
    """Keep the passage's words in other languages, in place of those that were there; empty ones are left out.

    Whether a paper may show them is asked when it does (`offered`): consent can change. Raises NotAKeyHolder.
    """
    kept = {language: tidy(text) for language, text in translations.items() if text.strip()}
    _change(session, interview, passage, by, translations=kept)


def follow(session: Session, interview: Interview, before: str, after: str, by: SignedIn) -> None:
    """Move the marks along with an edited transcript.

    Raises PassageChanged, which PassageDamaged is, and then nothing has moved.
    """
    if before == after:
        return
    check_whole(session, interview, by)
    marked = passages_of(session, interview, by).opened
    moved = [(passage, body, followed(body.span, before, after)) for passage, body in marked]
    forget_removed(session, interview, by)  # it did not follow, so it can no longer be put back
    for passage, body, span in moved:
        if span != body.span:
            _change(session, interview, passage, by, span=span)


def _all(session: Session, interview: Interview, by: SignedIn) -> Several[Passage, Marked]:
    cipher = interview_keys.cipher_of(session, interview, by)
    found = open_each("passages", rows_of(session, interview), lambda each: (each, _opened(cipher, each)))
    return replace(found, opened=tuple(sorted(found.opened, key=lambda pair: (pair[1].span, pair[0].id))))


def _opened(cipher: AESGCM, passage: Passage) -> PassageBody:
    return PassageBody.from_json(interview_keys.opened(cipher, passage))


def _change(session: Session, interview: Interview, passage: Passage, by: SignedIn, **changes: Any) -> None:
    interview_keys.hold(session, interview)
    cipher = interview_keys.cipher_of(session, interview, by)
    interview_keys.seal(cipher, passage, replace(_opened(cipher, passage), **changes).to_json())
    session.flush()
