"""What fieldwork offers to a paper: quotes that their speakers agreed to, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.case_studies import case_studies_of
from consultations.fieldwork.coding import verbatim
from consultations.fieldwork.consent import Attribution, attribution
from consultations.fieldwork.interviews import opened
from consultations.fieldwork.models import CaseStudy, Interview
from consultations.fieldwork.passages import passages_of
from consultations.registry.models import Country
from consultations.rounds.models import Consultation
from consultations.staff.keys import DoesNotOpen
from consultations.staff.sign_in import SignedIn


@dataclass(frozen=True, slots=True)
class OfferedQuote:
    """A passage that may be published as it stands here, and no further."""

    interview_id: bytes
    passage_id: bytes
    case_study_id: int
    text: str
    language: str
    #: A key of `coding.THEMES`.
    theme: str
    attribution: Attribution
    #: By language; empty when the speaker did not agree to be translated.
    translations: Mapping[str, str]
    may_translate: bool


def offered_quotes(session: Session, consultation: Consultation, signed_in: SignedIn) -> tuple[OfferedQuote, ...]:
    """Every quote of the consultation's case studies whose key `signed_in` holds, ordered by theme's key and id.

    Only from interviews that are finished (no name can come back) and whose speakers agreed to be quoted; a withdrawn
    interview has no passages left. The order says nothing of when an interview was.
    """
    found = (
        quote
        for case_study in case_studies_of(session, signed_in, consultation)
        for interview in case_study.interviews
        for quote in _quotes(session, case_study, interview, signed_in)
    )
    return tuple(sorted(found, key=lambda quote: (quote.theme, quote.passage_id)))


def may_offer(body: InterviewBody) -> bool:
    """Whether the passages of this interview are offered to the paper."""
    return body.finished and body.consent.quoted


def _quotes(session: Session, case_study: CaseStudy, interview: Interview, by: SignedIn) -> Iterator[OfferedQuote]:
    try:
        body = opened(session, interview, by)
    except DoesNotOpen:
        return  # the page of the case study says so in its place
    if not may_offer(body):
        return
    region = session.get_one(Country, case_study.country_code).region
    speaker = attribution(body.consent, body.role, case_study.country_code, region)
    for passage, marked in passages_of(session, interview, by):
        yield OfferedQuote(
            interview_id=interview.id,
            passage_id=passage.id,
            case_study_id=case_study.id,
            text=verbatim(body.transcript, marked.span),
            language=body.language,
            theme=marked.theme,
            attribution=speaker,
            translations=marked.translations if body.consent.translated else {},
            may_translate=body.consent.translated,
        )
