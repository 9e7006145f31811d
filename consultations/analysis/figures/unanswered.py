"""How many of a group's people left a question out, from the released table that says how many people are in each."""

from __future__ import annotations

from collections.abc import Iterable

from consultations.analysis.tables import EVERYBODY, ReleasedRow, ReleasedTable


def profile_of(table: ReleasedTable, tables: Iterable[ReleasedTable]) -> ReleasedTable | None:
    """The table whose columns are the rows of `table`: `region` by nothing, for a table by region. None: no such."""
    for other in tables:
        if other.rows and other.question == table.breakdown and not other.breakdown and other.within == table.within:
            return other
    return None


def left_out(row: ReleasedRow, profile: ReleasedTable) -> float | None:
    """The part of the group's people without an answer, in per cent; None where the profile hides how many they are.

    Both figures have noise, which may make it negative by chance: that is none.
    """
    people = _people(row, profile)
    return None if people is None else max(0.0, 100 * (1 - row.base / people))


def _people(row: ReleasedRow, profile: ReleasedTable) -> int | None:
    everybody = profile.rows[0]
    if row.kind == EVERYBODY:
        return everybody.base
    counts = {column.name: cell.count for column, cell in zip(profile.columns, everybody.cells, strict=True)}
    found = [counts.get(name) for name in row.name.split("+")]
    return None if None in found else sum(count for count in found if count)
