"""All tables of a consultation: every closed question by region and by each breakdown that its plan allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from consultations.analysis import ladders as ladders_of
from consultations.analysis.axes import Records, axis, is_tabulated
from consultations.analysis.disclosure import protect
from consultations.analysis.tables import ReleasedTable
from consultations.analysis.tabulate import raw_table
from forms.packing import RECORD_KEY, Layout
from forms.questionnaire import Questionnaire

#: The question that holds a member's region, where a form has one: it breaks tables down whatever else does.
REGION = "region"


def breakdowns(layout: Layout, questionnaire: Questionnaire, plan: Iterable[str]) -> tuple[str, ...]:
    """The names of the questions that tables are broken down by: the region first, then the plan's, each once."""
    wanted = dict.fromkeys((REGION, *plan))
    possible = {
        question.name
        for question in questionnaire.questions()
        if is_tabulated(question, layout) and layout.coded[question.name].stored_as == "code"
    }
    return tuple(name for name in wanted if name in possible)


def planned(layout: Layout, questionnaire: Questionnaire, plan: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(question, breakdown) of every table, in the questionnaire's order; '' where everybody is the only row.

    Of two breakdowns only the earlier one breaks the later one down: the same cells with other rows merged would be
    a second look at what the first table hides.
    """
    rows = breakdowns(layout, questionnaire, plan)
    for question in questionnaire.questions():
        if not is_tabulated(question, layout):
            continue
        before = rows[: rows.index(question.name)] if question.name in rows else rows
        yield from ((question.name, row) for row in before or ("",))


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
    keys = records[RECORD_KEY].astype(float)
    names = breakdowns(layout, questionnaire, plan)
    ladders_of.parse(ladders, {name: layout.coded[name].choices for name in names})
    rows = {name: axis(questionnaire, layout, records, name) for name in names}
    tables: list[ReleasedTable] = []
    for question, breakdown in planned(layout, questionnaire, plan):
        if not tables or tables[-1].question != question:
            asked = rows.get(question) or axis(questionnaire, layout, records, question)
        tables.append(protect(raw_table(asked, rows.get(breakdown), keys)))
    return tuple(tables)
