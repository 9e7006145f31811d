"""A released table -> the chart that papers and pages show, in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from consultations.analysis.presenting import ALL, asked, caption, column_names, row_name
from consultations.analysis.scales import is_turned
from consultations.analysis.tables import EVERYBODY, ReleasedTable
from exports.document import Chart, Series
from translations.catalogues import words

#: A picture has as many kinds of dot; with more groups it shows everybody, and the table beside it has the groups.
MOST_SERIES = 5


def to_chart(table: ReleasedTable, language: str) -> Chart:
    """Scales as diverging stacks, groups side by side as dots, everybody alone as bars; values in per cent."""
    groups = [row for row in table.rows if row.kind != EVERYBODY]
    kind = "dots" if 1 < len(groups) <= MOST_SERIES else "bars"
    return _CHARTS["scale" if table.kind == "scale" else kind](table, language)


def _stacked(table: ReleasedTable, language: str) -> Chart:
    steps = [place for place, column in enumerate(table.columns) if not column.apart]
    if is_turned(tuple(table.columns[place].name for place in steps)):
        steps.reverse()
    names = column_names(table, language)
    return Chart(
        kind="stacked",
        caption=caption(table, language),
        categories=tuple(row_name(row, language) for row in table.rows),
        series=tuple(Series(names[place], tuple(row.cells[place].percent for row in table.rows)) for place in steps),
        middle=len(steps) // 2 if len(steps) % 2 else None,
    )


def _dots(table: ReleasedTable, language: str) -> Chart:
    groups = [row for row in table.rows if row.kind != EVERYBODY]
    return Chart(
        kind="dots",
        caption=caption(table, language),
        categories=column_names(table, language),
        series=tuple(Series(row_name(row, language), tuple(cell.percent for cell in row.cells)) for row in groups),
    )


def _bars(table: ReleasedTable, language: str) -> Chart:
    shares = tuple(cell.percent for row in table.rows[:1] for cell in row.cells)
    return Chart(
        kind="bars",
        caption=asked(table, language),
        categories=column_names(table, language),
        series=(Series(words(language).gettext(ALL), shares),),
    )


_CHARTS: Mapping[str, Callable[[ReleasedTable, str], Chart]] = MappingProxyType(
    {"scale": _stacked, "dots": _dots, "bars": _bars}
)
