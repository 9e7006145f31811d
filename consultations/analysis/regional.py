"""All tables of a consultation: every closed question by region and by each breakdown that its plan allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import Any

import numpy as np

from consultations.analysis import ladders as ladders_of
from consultations.analysis.axes import LANGUAGE_PROFILE, Axis, Records, axis, is_tabulated, languages
from consultations.analysis.crossing import Crossing, crossed
from consultations.analysis.disclosure import protect
from consultations.analysis.tables import REGION, Planned, ReleasedTable
from consultations.analysis.tabulate import Asked, tallied
from forms.packing import RECORD_KEY, Layout
from forms.question_types import QUESTION_TYPES
from forms.questionnaire import Questionnaire

__all__ = ["LEAST_ANSWERS_THREE_WAY", "MOST_PLACES", "REGION", "breakdowns", "planned", "released_tables"]

#: From so many answers on, a breakdown is told of within each region as well.
LEAST_ANSWERS_THREE_WAY = 1_000
#: A ranking of more choices is told of by its first places alone: as many tables of as many columns fit no page.
MOST_PLACES = 10
_LEAST_ROWS = 2


def breakdowns(layout: Layout, questionnaire: Questionnaire, plan: Iterable[str]) -> tuple[str, ...]:
    """The names of the questions that tables are broken down by: the region first, then the plan's, each once."""
    possible = {
        question.name
        for question in questionnaire.questions()
        if is_tabulated(question, layout) and layout.coded[question.name].stored_as == "code"
    }
    # Nobody asked for the region, so one that has a single answer is no mistake of theirs; it breaks nothing down.
    has_regions = REGION in possible and len(layout.coded[REGION].choices) >= _LEAST_ROWS
    wanted = dict.fromkeys((REGION, *plan) if has_regions else plan)
    return tuple(name for name in wanted if name in possible)


def planned(layout: Layout, questionnaire: Questionnaire, plan: Iterable[str]) -> Iterator[Planned]:
    """Every table that there could be, in the questionnaire's order, the languages last.

    Those within a region are made from 1,000 answers on, and of regions that stand alone. Of two breakdowns only the
    earlier one breaks the later one down: the same cells with other rows merged would be a second look at what the
    first table hides.
    """
    rows = breakdowns(layout, questionnaire, plan)
    asked = list(questionnaire.questions())
    for question in asked:
        if is_tabulated(question, layout):
            before = rows[: rows.index(question.name)] if question.name in rows else rows
            yield from _of_question(layout, question.name, QUESTION_TYPES[question.type].summary, before)
    if all(question.name != LANGUAGE_PROFILE for question in asked):
        yield Planned(LANGUAGE_PROFILE)


def _of_question(layout: Layout, name: str, summary: str, before: tuple[str, ...]) -> Iterator[Planned]:
    items = layout.coded[name].choices if summary == "ranking" else ()
    for breakdown in before or ("",):
        yield Planned(name, breakdown)
        if len(items) <= MOST_PLACES:
            yield from (Planned(name, breakdown, item=item) for item in items)
    if REGION in before:
        others = [breakdown for breakdown in before if breakdown != REGION]
        regions = layout.coded[REGION].choices
        yield from (Planned(name, breakdown, within=region) for breakdown in others for region in regions)


def released_tables(
    layout: Layout,
    questionnaire: Questionnaire,
    records: Records,
    plan: Sequence[str],
    ladders: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[ReleasedTable, ...]:
    """Every planned table, protected. `records` are those of `forms.packing.columns`; `ladders` as they are stored.

    Raises a LadderUnfit where a ladder does not fit the questionnaire.
    """
    rows = {name: axis(questionnaire, layout, records, name) for name in breakdowns(layout, questionnaire, plan)}
    climbed = ladders_of.parse(ladders, {name: layout.coded[name].choices for name in rows})
    tables = {
        question: [one for one in of if not one.within or len(records) >= LEAST_ANSWERS_THREE_WAY]
        for question, of in groupby(planned(layout, questionnaire, plan), key=lambda one: one.question)
    }
    crossing = _crossings(rows, len(records))
    asked = [
        _asked(rows.get(name) or _axis(questionnaire, layout, records, name), of, crossing)
        for name, of in tables.items()
    ]
    counted = tallied(asked, np.ascontiguousarray(records[RECORD_KEY]))
    return tuple(table for each in counted for table in protect(each, tables[each.question.question], climbed))


def _axis(questionnaire: Questionnaire, layout: Layout, records: Records, name: str) -> Axis:
    return axis(questionnaire, layout, records, name) if name in layout.coded else languages(layout, records)


def _crossings(rows: Mapping[str, Axis], responses: int) -> Callable[[tuple[str, ...]], Crossing]:
    """The crossing of breakdowns by their names, each made once."""

    @cache
    def crossing(names: tuple[str, ...]) -> Crossing:
        return crossed([rows[name] for name in names], responses)

    return crossing


def _asked(question: Axis, tables: list[Planned], crossing: Callable[[tuple[str, ...]], Crossing]) -> Asked:
    """Counted by each breakdown within each region; its people by all breakdowns at once."""
    before = tuple(dict.fromkeys(table.breakdown for table in tables if table.breakdown))
    by: list[tuple[str, ...]] = [(REGION, name) for name in before if name != REGION] if REGION in before else []
    by = by or [(name,) for name in before] or [()]
    return Asked(question, tuple(crossing(names) for names in by), crossing(before))
