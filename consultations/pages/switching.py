"""Which of a release's tables one page shows: by breakdown, within a region, by a part of the questionnaire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from consultations.analysis.tables import Label, ReleasedTable
from forms.questionnaire import Questionnaire

#: A page stays light enough for prepaid data: a question with its picture and its tables is some ten kilobytes.
MOST_QUESTIONS = 6


@dataclass(frozen=True, slots=True)
class Section:
    """Neighbouring questions of one part of the questionnaire; `number` counts where a part has several sections."""

    name: str
    label: Label
    questions: tuple[str, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader chose and what else there is to choose; every choice is a released table's."""

    tables: tuple[ReleasedTable, ...]
    #: Those of every part of the questionnaire.
    of_all: tuple[ReleasedTable, ...] = ()
    by: str = ""
    within: str = ""
    section: Section | None = None
    #: Name of a breakdown or of a region -> its label.
    breakdowns: Mapping[str, Label] = field(default_factory=dict)
    regions: Mapping[str, Label] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    #: Question -> a table of it, of all sections.
    questions: Mapping[str, ReleasedTable] = field(default_factory=dict)

    def choice(self, **other: str) -> dict[str, str]:
        """The arguments of an address that differs from this one in `other`; what stands by itself is left out."""
        chosen = {"by": self.by, "in": self.within, "part": self.section.name if self.section else "", **other}
        return {name: value for name, value in chosen.items() if value}


def shown(tables: Sequence[ReleasedTable], questionnaire: Questionnaire, wanted: Mapping[str, str]) -> Shown:
    """The tables that `wanted` (`by`, `in`, `part`) asks for; what is not there falls back to what comes first."""
    regions = {table.within: table.within_label for table in tables if table.within}
    within = _one_of(regions, wanted.get("in", ""), "")
    here = [table for table in tables if table.within == within]
    breakdowns = {table.breakdown: table.breakdown_label for table in here if table.breakdown}
    by = _one_of(breakdowns, wanted.get("by", ""), next(iter(breakdowns), ""))
    here = [table for table in here if table.breakdown in {by, ""}]
    questions = {table.question: table for table in here}
    found = tuple(sections(questionnaire, questions))
    by_name = {section.name: section for section in found}
    section = by_name.get(wanted.get("part", ""), found[0] if found else None)
    asked = section.questions if section else ()
    return Shown(
        tables=tuple(table for table in here if table.question in asked),
        of_all=tuple(here),
        by=by,
        within=within,
        section=section,
        breakdowns=breakdowns,
        regions=regions,
        sections=found,
        questions=questions,
    )


def _one_of(known: Iterable[str], wanted: str, otherwise: str) -> str:
    return wanted if wanted in known else otherwise


def sections(questionnaire: Questionnaire, asked: Iterable[str]) -> Iterator[Section]:
    """The questions in the order of the questionnaire, by its parts; what is in none of them comes last."""
    left = dict.fromkeys(asked)
    for number, page in enumerate(questionnaire.pages(), 1):
        label = next((group.label.by_language for group in reversed(page.groups) if group.label), {})
        here = [question.name for question in page.questions if question.name in left]
        for name in here:
            del left[name]
        yield from _cut(f"p{number}", label, here)
    yield from _cut("more", {}, list(left))


def _cut(name: str, label: Label, questions: list[str]) -> Iterator[Section]:
    rest = iter(questions)
    parts = list(iter(lambda: tuple(islice(rest, MOST_QUESTIONS)), ()))
    for number, part in enumerate(parts, 1):
        several = len(parts) > 1
        yield Section(f"{name}-{number}" if several else name, label, part, number if several else 0)
