"""Whether there is noise in the tables of a release, and the same noise wherever the same people are counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, log

from consultations.analysis.attacks.findings import Finding, Tried
from consultations.analysis.regional import REGION
from consultations.analysis.releases.published import RELEASE, row_key
from consultations.analysis.tables import EVERYBODY, ONE, ReleasedRow, ReleasedTable

Tables = Sequence[ReleasedTable]

#: How likely a sum of cells equals its total under noise, at most: noise of variance 2 in two cells and their total.
_ADDS_UP = 0.2
#: As rarely as this may sums add up so often by chance, or there was no noise.
_BY_CHANCE = 1e-9


def check(tables: Tables) -> tuple[list[Finding], list[Tried]]:
    """What averages and sums give away."""
    twice, pairs = _same_people(tables)
    sums, equations = _adds_up(tables)
    tried = [Tried("figures of the same people in two tables", pairs), Tried("sums that could add up", equations)]
    return [*twice, *sums], tried


def _same_people(tables: Tables) -> tuple[list[Finding], int]:
    """The same people twice with different noise: the mean of the two is nearer to the truth than either."""
    shown: dict[tuple[str, ...], str] = {}
    found, pairs = [], 0
    for table in tables:
        for row in table.rows:
            for of, figure in _figures(table, row):
                pairs += of in shown
                if shown.setdefault(of, figure) != figure:
                    found.append(Finding("twice", table.id, row_key(table, row), of[-1]))
    return found, pairs


def _figures(table: ReleasedTable, row: ReleasedRow) -> Iterator[tuple[tuple[str, ...], str]]:
    """((whose, which), figure); a region's row is the row of everybody within that region."""
    members = "" if row.kind == EVERYBODY else row.name
    whose = (table.question, table.breakdown if members else "", table.within, members)
    if table.breakdown == REGION and row.kind == ONE:
        whose = (table.question, "", row.name, "")
    yield (*whose, "", ""), str(row.base)
    for column, cell in zip(table.columns, row.cells, strict=True):
        first = table.item and column.low == 1
        yield (*whose, "" if first else table.item, table.item if first else column.name), cell.shown


def _adds_up(tables: Tables) -> tuple[list[Finding], int]:
    """An attacker who sees that everything adds up knows that nothing was changed."""
    each = [equal for table in tables for equal in _sums(table)]
    bare = _unlikely(sum(each), len(each)) < _BY_CHANCE
    return ([Finding("no noise", RELEASE)] if bare else []), len(each)


def _unlikely(equal: int, many: int) -> float:
    """A bound on the chance that so many of `many` sums or more add up (Chernoff 1952)."""
    share = equal / many if many else 0.0
    if share <= _ADDS_UP:
        return 1.0
    rest = (1 - share) * log((1 - share) / (1 - _ADDS_UP)) if share < 1 else 0.0
    return exp(-many * (share * log(share / _ADDS_UP) + rest))


def _sums(table: ReleasedTable) -> Iterator[bool]:
    """For each sum whose parts are all shown: whether it is what its parts add up to."""
    if table.kind not in ("multiple", "places"):
        for row in table.rows:
            if len(row.cells) > 1 and all(cell.count is not None for cell in row.cells):
                yield sum(cell.count or 0 for cell in row.cells) == row.base
    parts = [row for row in table.rows if row.kind != EVERYBODY]
    if len(parts) < 2 or table.hidden:
        return
    yield sum(row.base for row in parts) == table.rows[0].base
    for place in range(len(table.columns)):
        column = [row.cells[place].count for row in (table.rows[0], *parts)]
        if None not in column:
            yield sum(count or 0 for count in column[1:]) == column[0]
