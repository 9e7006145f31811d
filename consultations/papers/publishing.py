"""Papers made final and turned into files: the same Document always gives the same bytes."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy.orm import Session

from consultations.audit import record
from consultations.errors import N_, Problem
from consultations.papers.blocks import Block, unwritten
from consultations.papers.composing import composed
from consultations.papers.drafting import opened
from consultations.papers.models import Paper
from consultations.papers.sources import sources_of
from consultations.papers.withdrawing import key_for_work
from consultations.responses.withdrawals import waiting
from consultations.rounds.models import Consultation
from consultations.staff.sign_in import SignedIn
from exports import storing
from exports.document import Document
from exports.pdf import LettersMissing, PdfLibraryMissing, render_pdf
from translations.languages import OFFICIAL_LANGUAGES


class TextsMissing(Problem):
    status = 409
    message = N_(
        "A paper is published in all five languages at once. Some of its texts are not written in all of them."
    )


class CannotDraw(Problem):
    status = 422
    message = N_("The paper has letters that our fonts cannot show: %(letters)s. Write them in another way.")


class PdfUnavailable(Problem):
    status = 503
    message = N_("This server cannot make PDFs yet. Its operator has to install what is missing: %(line)s")


class AlreadyPublished(Problem):
    status = 409
    message = N_("The paper is published and no longer changes.")


class PiecesDamaged(Problem):
    status = 409
    message = N_(
        "A quote or a case-study box of this paper could not be opened: it was damaged or changed in the database."
        " Remove its block, or have it brought back from a backup. Then publish the paper."
    )


class TakenBackMeanwhile(Problem):
    status = 409
    message = N_("An answer was taken back a moment ago. Look at the paper once more, then publish it.")


@dataclass(frozen=True, slots=True)
class Made:
    """A paper in every official language, and the blocks that it is without, as what they show does not open."""

    documents: dict[str, Document]
    missing: list[Block] = field(default_factory=list)


def made(session: Session, paper: Paper, consultation: Consultation, by: SignedIn, date: datetime.date) -> Made:
    """The paper as published, else as its draft stands today. Raises SourceGone, NotAKeyHolder, DraftDamaged."""
    if paper.published:
        return Made({code: storing.from_json(stored) for code, stored in paper.published.items()})
    draft = opened(paper, key_for_work(session, consultation, by, date))
    sources = sources_of(session, consultation, by)
    documents = {code: composed(consultation, draft, sources, code, date) for code in OFFICIAL_LANGUAGES}
    return Made(documents, [block for block in draft.blocks if sources.is_damaged(block)])


def documents(
    session: Session, paper: Paper, consultation: Consultation, by: SignedIn, date: datetime.date
) -> dict[str, Document]:
    """By language; raises as `made` does."""
    return made(session, paper, consultation, by, date).documents


def publish(session: Session, paper: Paper, consultation: Consultation, by: SignedIn, today: datetime.date) -> None:
    """Fix the paper as it stands, in all languages; from here on nobody can take an answer back.

    Raises TextsMissing, SourceGone, NotAKeyHolder, DraftDamaged, TakenBackMeanwhile, and PiecesDamaged: what is
    published is final, and shall not have lost a quote because a disk did.
    """
    if paper.published:
        raise AlreadyPublished
    draft = opened(paper, key_for_work(session, consultation, by, today))
    if unwritten(draft.blocks):
        raise TextsMissing
    known = waiting(session, consultation.id)
    whole = made(session, paper, consultation, by, today)
    if whole.missing:
        raise PiecesDamaged
    paper.published = {code: storing.to_json(document) for code, document in whole.documents.items()}
    paper.published_on = today
    consultation.published_on = consultation.published_on or today
    session.flush()
    # `withdrawals.withdraw` accepts nothing after the line above; what it accepted since the sources were read is new.
    if waiting(session, consultation.id) - known:
        raise TakenBackMeanwhile
    record(session, who=by.user.name, what="published a paper on", subject=consultation.slug, day=today)


def titles(paper: Paper) -> dict[str, str]:
    """The title of a published paper in each of its languages; none of a draft, which is sealed."""
    return {code: storing.text_from_json(document["title"]) for code, document in (paper.published or {}).items()}


def pdf(document: Document, *, keep: bool) -> bytes:
    """The document as PDF/UA; with `keep` in memory by content, so that a second reader does not wait.

    A draft is never kept: its readers hold a key, and it shall not lie open here when they have gone.
    Raises CannotDraw, PdfUnavailable.
    """
    try:
        return _kept(json.dumps(storing.to_json(document), sort_keys=True)) if keep else render_pdf(document)
    except LettersMissing as problem:
        raise CannotDraw(letters=" ".join(problem.letters)) from problem
    except PdfLibraryMissing as problem:
        raise PdfUnavailable(line=str(problem)) from problem


@lru_cache(maxsize=16)
def _kept(stored: str) -> bytes:
    return render_pdf(storing.from_json(json.loads(stored)))


def file_name(document: Document, consultation: Consultation, ending: str) -> str:
    """`spring-fr.pdf`."""
    return f"{consultation.slug}-{document.language}.{ending}"
