"""Released tables -> the charts that papers and pages show, in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import ceil
from types import MappingProxyType

from consultations.analysis.figures.group_summary import steps
from consultations.analysis.figures.intervals import NOTE, interval
from consultations.analysis.shown.describing import described
from consultations.analysis.shown.presenting import (
    ALL,
    RANKED,
    asked,
    caption,
    column_names,
    item_name,
    question_text,
    row_name,
)
from consultations.analysis.shown.tiling import has_tiles, tiles
from consultations.analysis.tables import EVERYBODY, ReleasedRow, ReleasedTable
from exports.document import Chart, Series
from forms.questionnaire import Text
from translations.catalogues import words
from translations.phrases import filled

#: A picture has as many kinds of dot; more groups have small panels of their own.
MOST_SERIES = 5
#: What a page has room for: lanes of dots, rows of a stack, and lines of panels, which stand three abreast under their
#: titles. With more, everybody alone is drawn, and the table beside it has the groups.
MOST_LANES, MOST_ROWS, MOST_LINES = 62, 25, 40
#: In one picture of several tables.
MOST_FIGURES = 160
_ABREAST, _TITLE = 3, 3


def to_chart(table: ReleasedTable, language: str) -> Chart:
    """The chart of one table; values in per cent.

    Scales are diverging stacks, places of a ranking plain ones; groups side by side are dots, or panels where there are
    many; everybody alone is bars.
    """
    if table.kind in _ORDERED:
        rows = table.rows if len(table.rows) <= MOST_ROWS else table.rows[:1]
        names = tuple(row_name(row, language, rows) for row in rows)
        return described(_stacked(table, names, rows, language), language)
    groups = _groups(table)
    return described(_CHARTS[_kind(len(groups), len(table.columns))](table, groups, language), language)


def multiples(tables: Sequence[ReleasedTable], language: str) -> Chart:
    """One picture of several tables of a question: its answers in each region, or the places of a ranking's answers.

    Regions are headings; groups of people, or answers of a ranking, stand below each other or in panels. At least one
    table, and none that is hidden.
    """
    first = tables[0]
    if len({table.item for table in tables}) > 1:
        names = tuple(item_name(table, language) for table in tables)
        chart = _stacked(first, names, [table.rows[0] for table in tables], language)
        about = filled(words(language).gettext(RANKED), {"question": question_text(first, language)})
        return described(replace(chart, caption=about), language)
    parts = [(Text(table.within_label).told_to(language), _groups(table) or table.rows[:1]) for table in tables]
    rows = [row for _, groups in parts for row in groups]
    if first.kind in _ORDERED:
        chart = _stacked(first, tuple(row_name(row, language, rows) for row in rows), rows, language)
    else:
        chart = _panels(first, rows, language)
    about = caption(replace(first, within=""), language)
    sections = tuple((region, len(groups)) for region, groups in parts if region)
    return described(replace(chart, caption=about, sections=sections), language)


def pictures(table: ReleasedTable, language: str, beside: Sequence[ReleasedTable] = ()) -> tuple[Chart, ...]:
    """Every picture of one table: its chart, the map of its regions, and those that tables `beside` it make with it.

    That is all answers of a ranking in their places, and the same table in each region. None where no share may be
    shown. One band of numbers or one place of a ranking says too little of a region for a map of its own.
    """
    if not table.shows_shares:
        return ()
    mapped = [tiles(table, None, language)] if has_map(table) else []
    return (to_chart(table, language), *mapped, *panels(table, language, beside))


def has_map(table: ReleasedTable) -> bool:
    """Whether its regions are drawn as a map of one answer."""
    return has_tiles(table) and table.kind in _MAPPED


def has_panels(table: ReleasedTable, beside: Sequence[ReleasedTable]) -> bool:
    return bool(_together(table, beside))


def panels(table: ReleasedTable, language: str, beside: Sequence[ReleasedTable]) -> tuple[Chart, ...]:
    """The pictures that tables `beside` it make with it; none where there are no two of them."""
    return tuple(multiples(found, language) for found in _together(table, beside))


def _together(table: ReleasedTable, beside: Sequence[ReleasedTable]) -> list[list[ReleasedTable]]:
    return [found for found in (_places(table, beside), _regions(table, beside)) if len(found) > 1]


def _places(table: ReleasedTable, beside: Sequence[ReleasedTable]) -> list[ReleasedTable]:
    """Of a ranking's first places: the tables of the places of each answer."""
    if table.kind != "ranking":
        return []
    about = (table.question, table.breakdown, table.within)
    return [
        each
        for each in beside
        if each.kind == "places" and (each.question, each.breakdown, each.within) == about and each.shows_shares
    ]


def _regions(table: ReleasedTable, beside: Sequence[ReleasedTable]) -> list[ReleasedTable]:
    """The same table within each region; none where a page would be all panels."""
    about = (table.question, table.breakdown, table.item, table.kind)
    found = [
        each
        for each in beside
        if each.within and (each.question, each.breakdown, each.item, each.kind) == about and each.shows_shares
    ]
    figures = sum(len(each.rows) * len(each.columns) for each in found)
    return [] if table.within or figures > MOST_FIGURES else found


def _groups(table: ReleasedTable) -> tuple[ReleasedRow, ...]:
    return tuple(row for row in table.rows if row.kind != EVERYBODY)


def _kind(groups: int, answers: int) -> str:
    """What fits: dots for a few groups, panels for many groups or many answers, else bars of everybody."""
    if groups < 2:
        return "bars"
    if groups <= MOST_SERIES and (groups + 1) * answers <= MOST_LANES:
        return "dots"
    return "panels" if ceil(groups / _ABREAST) * (answers + _TITLE) <= MOST_LINES else "bars"


def _stacked(table: ReleasedTable, names: tuple[str, ...], rows: Sequence[ReleasedRow], language: str) -> Chart:
    order, answers = steps(table), column_names(table, language)
    return Chart(
        kind="stacked",
        caption=caption(table, language),
        categories=names,
        series=tuple(Series(answers[place], tuple(row.cells[place].percent for row in rows)) for place in order),
        middle=(len(order) - 1) / 2 if table.kind == "scale" else None,
    )


def _dots(table: ReleasedTable, groups: Sequence[ReleasedRow], language: str) -> Chart:
    return Chart(
        kind="dots",
        caption=caption(table, language),
        categories=column_names(table, language),
        series=tuple(_series(row, groups, language) for row in groups),
        note=words(language).gettext(NOTE),
    )


def _panels(table: ReleasedTable, groups: Sequence[ReleasedRow], language: str) -> Chart:
    return replace(_dots(table, groups, language), kind="multiples")


def _bars(table: ReleasedTable, groups: Sequence[ReleasedRow], language: str) -> Chart:
    shares = tuple(cell.percent for row in table.rows[:1] for cell in row.cells)
    return Chart(
        kind="bars",
        caption=asked(table, language),
        categories=column_names(table, language),
        series=(Series(words(language).gettext(ALL), shares),),
    )


def _series(row: ReleasedRow, among: Sequence[ReleasedRow], language: str) -> Series:
    return Series(
        row_name(row, language, among),
        tuple(cell.percent for cell in row.cells),
        tuple(interval(cell, row) for cell in row.cells),
    )


#: Kinds of question whose columns are steps.
_ORDERED = frozenset({"scale", "places"})
#: Kinds of which one answer, or the good end, stands for the whole.
_MAPPED = frozenset({"categories", "scale", "multiple", "ranking"})
_CHARTS: Mapping[str, Callable[[ReleasedTable, Sequence[ReleasedRow], str], Chart]] = MappingProxyType(
    {"dots": _dots, "panels": _panels, "bars": _bars}
)
