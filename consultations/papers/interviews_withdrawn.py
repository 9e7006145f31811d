"""Takes an interview back: its key, its words, its quotes in drafts; and says where its words are published already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from consultations.fieldwork import interviews
from consultations.fieldwork.coding import verbatim
from consultations.fieldwork.models import Interview
from consultations.fieldwork.passages import passages_of, rows_of
from consultations.papers.drafting import of_consultation
from consultations.papers.models import Paper
from consultations.papers.withdrawing import clear_drafts
from consultations.responses.stirring import wipe
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import holds, private_key
from consultations.staff.sign_in import SignedIn


def published_with(session: Session, interview: Interview, by: SignedIn) -> list[Paper]:
    """The published papers that quote it, as far as its passages open: these cannot be called back.

    Raises NotAKeyHolder, DoesNotOpen.
    """
    transcript = interviews.opened(session, interview, by).transcript
    words = {verbatim(transcript, body.span) for _, body in passages_of(session, interview, by).opened}
    consultation = session.get_one(Consultation, interview.case_study.consultation_id)
    papers = [paper for paper in of_consultation(session, consultation) if paper.published]
    return [paper for paper in papers if any(each in text for text in _texts(paper.published) for each in words)]


def withdraw(session: Session, interview: Interview, by: SignedIn) -> None:
    """Destroy it, with its passages, and take its quotes out of drafts; committed when this returns.

    A consultant who does not hold the consultation's key cannot open drafts. These hold no word of it, only the number
    of a passage that is no longer there: such a draft cannot be shown or published before the quote is taken out.
    Raises NotAKeyHolder.
    """
    consultation = session.get_one(Consultation, interview.case_study.consultation_id)
    quotes = frozenset(passage.id.hex() for passage in rows_of(session, interview))
    interviews.withdraw(session, interview, by)
    if quotes and holds(session, consultation.keyring_id, by.user):
        clear_drafts(session, consultation, private_key(session, consultation.keyring_id, by), quotes)
    session.commit()
    wipe(session.get_bind().engine)


def _texts(stored: Any) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(stored, str):
        yield stored
    elif isinstance(stored, dict | list):
        for each in stored.values() if isinstance(stored, dict) else stored:
            yield from _texts(each)
