"""A first draft that writes itself from what was released: five languages at once, every figure with its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consultations.analysis.figures.profile import LANGUAGE
from consultations.analysis.figures.summaries import places_of
from consultations.analysis.shown.charting import has_map
from consultations.analysis.tables import ReleasedTable
from consultations.errors import N_
from consultations.papers.blocks import KINDS, Block, heading, shown, written
from consultations.papers.drafting import Draft
from consultations.papers.sources import Sources
from consultations.rounds.models import Consultation
from forms.questionnaire import Text
from translations.catalogues import words
from translations.languages import OFFICIAL_LANGUAGES

REGION = "region"
WHO_ANSWERED = N_("Who answered")
#: Of the questions that have a map, and of those whose answers changed: more would be a book.
MOST_MAPS, MOST_CHANGES = 2, 3


def starting_draft(consultation: Consultation, sources: Sources) -> Draft:
    """How we asked, who answered, every question by the first breakdown of its plan, what changed most since an
    earlier consultation, quotes and case studies.

    Ready to be cut down: what a paper is about is not decided here.
    """
    blocks: list[Block] = [heading(said(N_("How we asked"))), {"kind": "method"}]
    if sources.profile:
        blocks += [heading(said(WHO_ANSWERED)), {"kind": "profile"}]
    blocks += [heading(said(N_("What people answered"))), *_answers(sources, consultation)]
    if changes := changed_most(sources):
        blocks += [heading(said(KINDS["comparison"].name)), *(shown("comparison", name) for name in changes)]
    if sources.quotes:
        blocks += [heading(said(N_("In their own words"))), *(shown("quote", name) for name in sources.quotes)]
    if sources.case_studies:
        blocks += [heading(said(N_("Country case studies")))]
        blocks += [shown("case_study", name) for name in sources.case_studies]
    return Draft(
        title=dict(consultation.title),
        subtitle=said(N_("Briefing paper")),
        blocks=blocks,
    )


def changed_most(sources: Sources) -> list[str]:
    """Comparisons with the most clear changes: one a question, with the newest consultation that asked it."""
    told = _told(sources)
    newest: dict[str, str] = {}
    for name, found in sources.comparisons.items():
        table = found.comparison.after
        if found.comparison.clear_changes and table.question not in told and _is_whole(table):
            newest.setdefault(table.question, name)
    return sorted(newest.values(), key=lambda name: -sources.comparisons[name].comparison.clear_changes)[:MOST_CHANGES]


def _answers(sources: Sources, consultation: Consultation) -> list[Block]:
    told = _told(sources)
    tables = [each for each in leading_tables(sources.tables, consultation.table_plan) if each.question not in told]
    mapped = [each.id for each in tables if each.kind == "scale" and has_map(each)][:MOST_MAPS]
    blocks: list[Block] = []
    for table in tables:
        if table.shows_shares:
            blocks += [_named(table.question_label), *_shown(table, sources)]
            blocks += [shown("map", table.id)] if table.id in mapped else []
    silent = [table.question_label for table in tables if not table.shows_shares]
    if silent:
        # A question that was asked and cannot be shown is named: a reader shall know what is missing.
        labels = [in_all(label) for label in silent]
        lists = {code: "\n".join(f"- {label[code]}" for label in labels) for code in OFFICIAL_LANGUAGES}
        heads = heading(said(N_("Asked, with too few answers to show")), level=2)
        blocks += [heads, written(lists, standing_in(silent))]
    return blocks


def _named(label: Mapping[str, str]) -> Block:
    return heading(in_all(label), 2, standing_in([label]))


def standing_in(labels: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Languages that authors' texts are not written in -> the one that they all stand there in, where it is one."""
    of_all = {code: {Text(label).written_in(code) for label in labels} for code in OFFICIAL_LANGUAGES}
    alone = {code: next(iter(found)) for code, found in of_all.items() if len(found) == 1}
    return {code: found for code, found in alone.items() if found and found != code}


def _shown(table: ReleasedTable, sources: Sources) -> list[Block]:
    """A picture and what it says; of a ranking the mean places too, which first places alone do not tell."""
    blocks = [shown("chart", table.id), shown("reading", table.id)]
    if table.kind == "ranking" and places_of(table, sources.tables.values()):
        blocks.append(shown("summary", table.id))
    return blocks


def leading_tables(tables: Mapping[str, ReleasedTable], plan: list[str]) -> list[ReleasedTable]:
    """One table for each question: by region where there is one, else by the first breakdown that it has.

    Tables of one region alone, of a single choice's places and of languages are none of their own chapter.
    """
    order = [REGION, *plan, ""]
    whole = [each for each in tables.values() if _is_whole(each)]
    best: dict[str, ReleasedTable] = {}
    for table in sorted(whole, key=lambda table: order.index(table.breakdown)):
        best.setdefault(table.question, table)
    return [best[name] for name in dict.fromkeys(table.question for table in whole)]


def _is_whole(table: ReleasedTable) -> bool:
    return not (table.within or table.item or table.question == LANGUAGE)


def _told(sources: Sources) -> set[str]:
    """Questions that the profile tells of."""
    return {part.question for part in sources.profile.parts} if sources.profile else set()


def said(message: str) -> dict[str, str]:
    """Words of the interface in every official language."""
    return {code: words(code).gettext(message) for code in OFFICIAL_LANGUAGES}


def in_all(label: Mapping[str, str]) -> dict[str, str]:
    """An author's text for every official language: their own words, else the nearest there is."""
    return {code: Text(label).in_language(code) for code in OFFICIAL_LANGUAGES}
