"""How the columns of one question's tables come apart where tables have different bands of the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from consultations.analysis.tables import ReleasedColumn, ReleasedTable

#: Item -> parts of its columns; (table, place of a column) -> its parts.
Parts = tuple[dict[str, tuple[str, ...]], dict[tuple[str, int], tuple[str, ...]]]


def parts_of(tables: Sequence[ReleasedTable]) -> Parts:
    """Columns that all tables share are parts themselves; bands are cut wherever a band of any table begins.

    Bands whose beginnings are not given are taken for those of their table alone: then only what tables have in common
    by name ties them.
    """
    parts: dict[str, tuple[str, ...]] = {}
    columns: dict[tuple[str, int], tuple[str, ...]] = {}
    for item in dict.fromkeys(table.item for table in tables):
        mine = [table for table in tables if table.item == item and table.rows]
        alike = len({tuple(column.name for column in table.columns) for table in mine}) <= 1
        found = _alone(mine) if alike else _cut(mine)
        parts[item] = tuple(dict.fromkeys(part for each in found.values() for column in each for part in column))
        columns |= {(id, place): part for id, each in found.items() for place, part in enumerate(each)}
    return parts, columns


def _alone(tables: Sequence[ReleasedTable]) -> dict[str, list[tuple[str, ...]]]:
    return {table.id: [(column.name,) for column in table.columns] for table in tables}


def _cut(tables: Sequence[ReleasedTable]) -> dict[str, list[tuple[str, ...]]]:
    starts = {table.id: _starts(table.columns) for table in tables}
    every = sorted({start for each in starts.values() for start in each})
    return {id: _covered(each, every) for id, each in starts.items()}


def _covered(starts: Sequence[float], every: Sequence[float]) -> list[tuple[str, ...]]:
    ends = (*starts[1:], inf)
    return [tuple(str(each) for each in every if start <= each < end) for start, end in zip(starts, ends, strict=True)]


def _starts(columns: Sequence[ReleasedColumn]) -> list[float]:
    """Where each band begins; the first takes in whatever is below it."""
    return [-inf, *(column.low if column.low is not None else _begin(column.name) for column in columns[1:])]


def _begin(name: str) -> float:
    """The beginning of a band of dates or hours as a number that sorts as they do: `2024-03–2025-01`, `≥ 2024`."""
    first = name.removeprefix("≥ ").split("–")[0]
    year, _, month = first.replace(":", "-").partition("-")
    return int(year) * 100 + int(month or 0)
