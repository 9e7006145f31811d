"""What fieldwork offers to a paper: quotes that their speakers agreed to, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.case_studies import case_studies_of
from consultations.fieldwork.coding import verbatim
from consultations.fieldwork.consent import Attribution, attribution
from consultations.fieldwork.interviews import opened
from consultations.fieldwork.models import CaseStudy, Interview, Passage
from consultations.fieldwork.passages import passages_of, rows_of
from consultations.registry.models import Country
from consultations.rounds.models import Consultation
from consultations.staff.several import Several, joined, open_each
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


Offered = Several[Passage, OfferedQuote]


def offered_quotes(session: Session, consultation: Consultation, signed_in: SignedIn) -> Offered:
    """Every quote of the consultation's case studies whose key `signed_in` holds, as `offered_of` has those of one."""
    return _sorted(offered_of(session, each, signed_in) for each in case_studies_of(session, signed_in, consultation))


def offered_of(session: Session, case_study: CaseStudy, by: SignedIn) -> Offered:
    """The quotes of one case study, ordered by theme's key and id.

    Only from interviews that are finished (no name can come back) and whose speakers agreed to be quoted; a withdrawn
    interview has no passages left. The order says nothing of when an interview was. Of an interview that does not open
    no passage does, whether it was offered or not. Raises NotAKeyHolder.
    """
    interviews = open_each("interviews", case_study.interviews, lambda each: (each, opened(session, each, by)))
    shut = tuple(passage for interview in interviews.damaged for passage in rows_of(session, interview))
    readable = (pair for pair in interviews.opened if may_offer(pair[1]))
    return _sorted((Several(damaged=shut), *(_quotes(session, case_study, *pair, by) for pair in readable)))


def may_offer(body: InterviewBody) -> bool:
    """Whether the passages of this interview are offered to the paper."""
    return body.finished and body.consent.quoted


def _sorted(parts: Iterable[Offered]) -> Offered:
    found = joined(parts)
    return replace(found, opened=tuple(sorted(found.opened, key=lambda quote: (quote.theme, quote.passage_id))))


def _quotes(
    session: Session, case_study: CaseStudy, interview: Interview, body: InterviewBody, by: SignedIn
) -> Offered:
    region = session.get_one(Country, case_study.country_code).region
    speaker = attribution(body.consent, body.role, case_study.country_code, region)
    found = passages_of(session, interview, by)
    quotes = (
        OfferedQuote(
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
        for passage, marked in found.opened
    )
    return Several(tuple(quotes), found.damaged)
