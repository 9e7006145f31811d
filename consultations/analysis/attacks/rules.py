"""Whether the files of a release keep the rules: what one look at them gives away, before any reckoning."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from consultations.analysis.attacks.findings import Finding, Tried
from consultations.analysis.disclosure import LEAST_BASE, LEAST_BASE_FOR_SHARES, LEAST_COUNT
from consultations.analysis.noise import MOST_NOISE
from consultations.analysis.regional import REGION
from consultations.analysis.releases.published import RELEASE, Files, lines, read_lines, read_tables, row_key
from consultations.analysis.releases.rules import RULES
from consultations.analysis.tables import FEW, ONE, ReleasedCell, ReleasedRow, ReleasedTable

Tables = Sequence[ReleasedTable]

#: What a hidden count stands for in a middle answer.
_FEW_AS = LEAST_COUNT // 2


def check(files: Files) -> tuple[list[Finding], list[Tried]]:
    """Raises KeyError, TypeError, ValueError on files that cannot be read."""
    tables = read_tables(files)
    found = [*_files(files, tables), *_plan(files, tables)]
    tried = [Tried("cells of the two files compared", sum(len(row.cells) for each in tables for row in each.rows))]
    for what, checked in _CHECKS.items():
        places = [place for table in tables for place in checked(table, tables)]
        found += [place for place in places if place]
        tried.append(Tried(what, len(places)))
    return found, tried


def _files(files: Files, tables: Tables) -> Iterator[Finding]:
    told, listed = set(lines(tables)), set(read_lines(files))
    yield from (Finding("files", table) for table in sorted({line.table for line in told ^ listed}))


def _plan(files: Files, tables: Tables) -> Iterator[Finding]:
    """Rules or breakdowns other than those that are told."""
    said = json.loads(files[RELEASE])
    if said["rules"] != dict(RULES):
        yield Finding("rules", "release.json")
    plan = said["plan"]
    for table in tables:
        if table.breakdown not in ("", *plan) or (table.within and REGION not in plan):
            yield Finding("plan", table.id)


#: One check of a table: for each place that it looked at, what it found there.
_Looked = Iterator[Finding | None]


def _bases(table: ReleasedTable, tables: Tables) -> _Looked:
    for row in table.rows:
        yield Finding("base", table.id, row_key(table, row)) if row.base < LEAST_BASE else None


def _cells(table: ReleasedTable, check: Callable[[ReleasedRow, ReleasedCell], str]) -> _Looked:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            kind = check(row, cell)
            yield Finding(kind, table.id, row_key(table, row), column.name) if kind else None


def _counts(table: ReleasedTable, tables: Tables) -> _Looked:
    return _cells(table, lambda row, cell: "count" if cell.count is not None and cell.count < LEAST_COUNT else "")


def _shares(table: ReleasedTable, tables: Tables) -> _Looked:
    return _cells(table, _share)


def _share(row: ReleasedRow, cell: ReleasedCell) -> str:
    if cell.percent is None:
        return ""
    return "share" if row.base < LEAST_BASE_FOR_SHARES or cell.shown == FEW else ""


def _inverted(table: ReleasedTable, tables: Tables) -> _Looked:
    return _cells(table, lambda row, cell: "percentage" if _narrows(row.base, cell) else "")


def _narrows(base: int, cell: ReleasedCell) -> bool:
    """Whether the percentage leaves fewer (count, base) in whole numbers than the figures beside it do.

    One that was reckoned from those figures says nothing that they do not; any other one was reckoned from something
    that is not shown, and rules out some of the counts that noise leaves possible.
    """
    if cell.percent is None or cell.count is None or cell.percent == round(100 * cell.count / base):
        return False
    around = range(-MOST_NOISE, MOST_NOISE + 1)
    pairs = [(cell.count + more, base + other) for more in around for other in around if base + other > 0]
    return any(round(100 * count / people) != cell.percent for count, people in pairs)


def _medians(table: ReleasedTable, tables: Tables) -> _Looked:
    """A middle answer from anything but the figures beside it would be a figure without noise."""
    for row in table.rows:
        told = row.median is None or (row.base >= LEAST_BASE_FOR_SHARES and row.median == _middle(table, row))
        yield None if told else Finding("median", table.id, row_key(table, row))


def _middle(table: ReleasedTable, row: ReleasedRow) -> int | None:
    counts = [
        (place, cell.count or _FEW_AS)
        for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True))
        if not column.apart
    ]
    half, below = sum(count for _, count in counts) / 2, 0
    for place, count in counts:
        below += count
        if below >= half:
            return place
    return None


def _within(table: ReleasedTable, tables: Tables) -> _Looked:
    """A region that is hidden or merged in the table by region must not be read from tables within it."""
    if not table.within or not table.rows:
        return
    apart = [
        row.name
        for each in tables
        if (each.question, each.item, each.breakdown, each.within) == (table.question, table.item, REGION, "")
        for row in each.rows
        if row.kind == ONE
    ]
    yield None if table.within in apart else Finding("within", table.id)


def _alike(table: ReleasedTable, tables: Tables) -> _Looked:
    """Groups under 20 with an answer as large as the group itself.

    Whoever knows that somebody is in such a group knows the answer without knowing any count: the homogeneity attack
    of Machanavajjhala and others (l-diversity, 2007), group disclosure in the ESSnet handbook on statistical disclosure
    control (Hundepool and others 2012). Noise does not help: where all gave one answer, the same people stand behind
    the base and the cell, so both have the same noise. In made-up populations two of three such rows were of one
    answer (docs/attacks.md). In larger groups what nearly all say is what a consultation is for; there the rule is
    proof alone: "everybody".
    """
    for row in table.rows if len(table.columns) > 1 else ():
        columns = [column.name for column, cell in zip(table.columns, row.cells, strict=True) if cell.count == row.base]
        if row.base < LEAST_BASE_FOR_SHARES:
            yield Finding("alike", table.id, row_key(table, row), columns[0]) if columns else None


_CHECKS: dict[str, Callable[[ReleasedTable, Tables], _Looked]] = {
    "bases of rows": _bases,
    "shown counts": _counts,
    "shares beside small figures": _shares,
    "percentages turned back into counts": _inverted,
    "middle answers": _medians,
    "tables within one region": _within,
    "small groups looked at for one answer of all": _alike,
}
