"""The sample's briefing paper: its own words around released figures, quotes and case studies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from consultations.papers.blocks import Block, heading, shown, written
from consultations.papers.drafting import Draft
from consultations.papers.sources import Sources, UsableQuote, comparison_id, sources_of
from consultations.papers.starting import WHO_ANSWERED, said
from consultations.rounds.models import Consultation
from consultations.sample import material
from consultations.staff.sign_in import SignedIn
from translations.languages import OFFICIAL_LANGUAGES

#: Section of the paper -> the questions whose figures it shows.
FIGURES = {
    "rights": ("right_violence", "right_law", "right_organise", "right_movement"),
    "violence": ("violence", "reported"),
    "health": ("health_access", "health_obstacles"),
    "work": ("working_conditions", "days_per_week", "change"),
    "case_studies": (),
}
#: Section -> the themes that its quotes are about.
THEMES = {
    "rights": ("law", "organise", "privacy", "movement"),
    "violence": ("violence", "discrimination"),
    "health": ("health",),
    "work": ("work",),
    "case_studies": (),
}
#: What stands after a question's chart and its reading: a full table where readers will want the numbers, means and
#: boxes where a question has an order, one map.
FURTHER = {
    "violence": ("table",),
    "health_obstacles": ("table",),
    "right_violence": ("summary",),
    "right_organise": ("map",),
    "days_per_week": ("summary",),
}
#: What changed since the consultation before: one question, as every one would be a paper of its own.
EARLIER, CHANGED = "sample-2024", "reported"
QUOTES_A_SECTION = 3
Texts = Mapping[str, str]


def sample_draft(session: Session, consultation: Consultation, by: SignedIn) -> Draft:
    """The paper that `paper.json` has the words for; figures, quotes and boxes come from `consultation`."""
    words = material.read("paper")
    sources = sources_of(session, consultation, by)
    blocks = [heading(words["introduction"]["heading"]), *_written(words["introduction"]["text"])]
    blocks += [heading(words["methods"]["heading"]), {"kind": "method"}]
    blocks += [heading(said(WHO_ANSWERED), level=2), {"kind": "profile"}]
    for section in words["sections"]:
        blocks += [heading(section["heading"]), *_written(section["text"]), *_shown(section["key"], sources)]
    advice = words["recommendations"]
    blocks += [heading(advice["heading"]), *_written(advice["text"]), written(_listed(advice["items"]))]
    return Draft(title=words["title"], subtitle=words["subtitle"], blocks=blocks)


def _shown(section: str, sources: Sources) -> list[Block]:
    blocks: list[Block] = []
    for question in FIGURES[section]:
        table = next(
            each for each in sources.tables.values() if (each.question, each.breakdown) == (question, "region")
        )
        blocks += [shown(kind, table.id) for kind in ("chart", "reading", *FURTHER.get(question, ()))]
        if question == CHANGED:
            blocks.append(shown("comparison", comparison_id(EARLIER, table.id)))
    about = [quote for quote in sources.quotes.values() if quote.theme in THEMES[section]]
    blocks += [shown("quote", quote.id) for quote in _of_different_languages(about)]
    if section == "case_studies":
        blocks += [shown("case_study", key) for key in sources.case_studies]
    return blocks


def _of_different_languages(quotes: Iterable[UsableQuote]) -> list[UsableQuote]:
    """The first in each language, in the order of their words: ids are random, and the paper shall not be."""
    first: dict[str, UsableQuote] = {}
    for quote in sorted(quotes, key=lambda quote: quote.text):
        first.setdefault(quote.language, quote)
    return list(first.values())[:QUOTES_A_SECTION]


def _written(texts: Iterable[Texts]) -> list[Block]:
    return [written(text) for text in texts]


def _listed(items: Iterable[Texts]) -> dict[str, str]:
    entries = list(items)
    return {
        code: "\n".join(f"{number}. {entry[code]}" for number, entry in enumerate(entries, 1))
        for code in OFFICIAL_LANGUAGES
    }
