"""Two consultations that asked the same question: by how many points each share changed, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consultations.analysis.figures.intervals import Interval, interval
from consultations.analysis.regional import REGION
from consultations.analysis.tables import EVERYBODY, Label, ReleasedCell, ReleasedRow, ReleasedTable


@dataclass(frozen=True, slots=True)
class Change:
    """One share then and now, in per cent; `low` and `high`: the 95 % interval of the difference, in points."""

    before: float
    after: float
    low: float
    high: float

    @property
    def points(self) -> float:
        return self.after - self.before

    @property
    def is_clear(self) -> bool:
        """Whether chance and noise alone would make such a difference in fewer than one of twenty cases.

        By whole points, as they are written: “+12 (0 to +24)” would not look clear to anybody.
        """
        return not round(self.low) <= 0 <= round(self.high)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One group of people in both releases; a change for each column, None where one of the shares is not shown."""

    before: ReleasedRow
    after: ReleasedRow
    changes: tuple[Change | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question in two releases. Columns are those of `after`; `left_out` are groups without the same then."""

    before: ReleasedTable
    after: ReleasedTable
    rows: tuple[ComparedRow, ...]
    left_out: tuple[Label, ...]

    @property
    def clear_changes(self) -> int:
        return sum(change is not None and change.is_clear for row in self.rows for change in row.changes)


def is_comparable(before: ReleasedTable, after: ReleasedTable) -> bool:
    """Whether both ask the same: by name, kind and names of options, in whatever order, and both show figures.

    Labels may differ: a mended wording or a new translation keeps the name. Bands differ from release to release, and
    are compared only where both have the same.
    """
    return (
        bool(before.rows and after.rows)
        and (before.id, before.kind) == (after.id, after.kind)
        and _options(before) == _options(after)
    )


def compared(before: ReleasedTable, after: ReleasedTable) -> Comparison:
    """The comparison of two tables for which `is_comparable` holds; only rows that have the same members in both.

    A row of merged regions that has one member more tells of other people, whatever its figures.
    """
    then = {_group(row): row for row in before.rows}
    places = {column.name: place for place, column in enumerate(before.columns)}
    order = tuple(places[column.name] for column in after.columns)
    rows = tuple(_row(then[_group(row)], row, order) for row in after.rows if _group(row) in then)
    missing = [label for row in after.rows if _group(row) not in then for label in row.members]
    return Comparison(before, after, rows, (*missing, *after.hidden))


def comparisons(before: Iterable[ReleasedTable], after: Iterable[ReleasedTable]) -> dict[str, Comparison]:
    """By the table's id, every question of everybody that is in both by region, or has no breakdown in either."""
    then = {table.id: table for table in before if is_by_region(table.breakdown, table.within)}
    pairs = ((then[table.id], table) for table in after if table.id in then)
    return {after.id: compared(before, after) for before, after in pairs if is_comparable(before, after)}


def is_by_region(breakdown: str, within: str) -> bool:
    """Whether a table is one of those that are compared: everybody's answers, by region or without a breakdown."""
    return breakdown in (REGION, "") and not within


def changed(before: tuple[ReleasedCell, ReleasedRow], after: tuple[ReleasedCell, ReleasedRow]) -> Change | None:
    """The change of a share; None where a release does not show it.

    Both shares' intervals hold chance and the noise of counts (`intervals.score`). Some people may have answered both
    times; nobody can know which, and taking them for others makes the interval wider, never narrower than is honest.
    """
    ends_then, ends_now = interval(*before), interval(*after)
    if ends_then is None or ends_now is None:
        return None
    then, now = _share(*before), _share(*after)
    return Change(then, now, *difference(then, ends_then, now, ends_now))


def difference(then: float, ends_then: Interval, now: float, ends_now: Interval) -> Interval:
    """The interval of `now` - `then` from the score interval of each; all in one unit.

    Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven methods"
    (Statistics in Medicine 17, 1998), method 10: the distances to the ends of both intervals, squared and added.
    """
    (low1, high1), (low2, high2) = ends_then, ends_now
    return now - then - math.hypot(now - low2, high1 - then), now - then + math.hypot(high2 - now, then - low1)


def _row(before: ReleasedRow, after: ReleasedRow, order: tuple[int, ...]) -> ComparedRow:
    cells = zip(order, after.cells, strict=True)
    return ComparedRow(before, after, tuple(changed((before.cells[at], before), (cell, after)) for at, cell in cells))


def _options(table: ReleasedTable) -> Mapping[str, bool]:
    return {column.name: column.apart for column in table.columns}


def _group(row: ReleasedRow) -> frozenset[str]:
    """Who is in a row, in whatever order the questionnaire named them; nobody in particular: everybody."""
    return frozenset() if row.kind == EVERYBODY else frozenset(row.name.split("+"))


def _share(cell: ReleasedCell, row: ReleasedRow) -> float:
    """In per cent, from the counts as released: the whole per cents beside them are rounded once more."""
    return 100 * min(1.0, (cell.count or 0) / row.base)
