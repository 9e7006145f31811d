"""What a paper may draw from: released tables, quotes with consent, and case-study boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from consultations.analysis.figures.profile import Profile, profile
from consultations.analysis.quotes import PickedQuote, picked
from consultations.analysis.releases.earlier import Compared, compared_with, earlier_than
from consultations.analysis.releases.releasing import latest
from consultations.analysis.tables import ReleasedTable
from consultations.fieldwork.case_studies import CaseStudyBox, offered_boxes
from consultations.fieldwork.offered import OfferedQuote, offered_quotes
from consultations.papers.blocks import Block
from consultations.registry.counting import members_by_region
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import private_key
from consultations.staff.sign_in import SignedIn


@dataclass(frozen=True, slots=True)
class Speaker:
    """As much as consent lets a reader know: each '' where it does not."""

    role: str = ""  # a key of fieldwork.consent.ROLES, or `respondent`
    country_code: str = ""
    region: str = ""  # a key of registry.models.REGIONS


@dataclass(frozen=True, slots=True)
class UsableQuote:
    """Words that may be published, from an open answer or from an interview."""

    id: str
    text: str
    language: str
    theme: str
    speaker: Speaker
    translations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything by the id that a block names it with."""

    tables: Mapping[str, ReleasedTable]
    quotes: Mapping[str, UsableQuote]
    case_studies: Mapping[str, CaseStudyBox]
    #: By `comparison_id`.
    comparisons: Mapping[str, Compared] = field(default_factory=dict)
    #: Who answered; None before the first release.
    profile: Profile | None = None
    #: What a block may name and does not open: damaged or changed in the database, so perhaps not gone for good.
    damaged_quotes: frozenset[str] = frozenset()
    damaged_boxes: frozenset[str] = frozenset()

    def is_damaged(self, block: Block) -> bool:
        """Whether the block shows something that does not open."""
        return block.get("quote") in self.damaged_quotes or block.get("case_study") in self.damaged_boxes


def sources_of(session: Session, consultation: Consultation, by: SignedIn) -> Sources:
    """What `by` can put into a paper on `consultation`. Raises NotAKeyHolder."""
    key = private_key(session, consultation.keyring_id, by)
    answers, interviews = picked(session, consultation, key), offered_quotes(session, consultation, by)
    quotes = (*map(_from_answer, answers.opened), *map(_from_interview, interviews.opened))
    boxes = offered_boxes(session, consultation, by)
    tables = latest(session, consultation)
    return Sources(
        tables={table.id: table for table in tables},
        quotes={quote.id: quote for quote in quotes},
        case_studies={str(box.case_study_id): box for box in boxes.opened},
        comparisons=_comparisons(session, consultation),
        profile=profile(tables, members_by_region(session)),
        damaged_quotes=frozenset(
            [*(quote.id.hex() for quote in answers.damaged), *(passage.id.hex() for passage in interviews.damaged)]
        ),
        damaged_boxes=frozenset(str(case_study.id) for case_study in boxes.damaged),
    )


def comparison_id(slug: str, table_id: str) -> str:
    """What a block names a comparison with: the earlier consultation's word, which has no slash, and the table."""
    return f"{slug}/{table_id}"


def _comparisons(session: Session, consultation: Consultation) -> dict[str, Compared]:
    """With every earlier consultation that released tables: those are public, whoever writes the paper."""
    return {
        comparison_id(before.slug, table): found
        for before in earlier_than(session, consultation)
        for table, found in compared_with(session, consultation, before).items()
    }


def _from_answer(quote: PickedQuote) -> UsableQuote:
    return UsableQuote(
        id=quote.id.hex(),
        text=quote.text,
        language=quote.language,
        theme=quote.theme,
        speaker=Speaker(role="respondent", region=quote.region),
        translations=quote.translations,
    )


def _from_interview(quote: OfferedQuote) -> UsableQuote:
    known = quote.attribution
    return UsableQuote(
        id=quote.passage_id.hex(),
        text=quote.text,
        language=quote.language,
        theme=quote.theme,
        speaker=Speaker(role=known.role, country_code=known.country_code, region=known.region),
        translations=quote.translations,
    )
