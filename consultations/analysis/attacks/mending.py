"""Takes out of tables the rows that an attack found to give people away; the same findings always take out the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from consultations.analysis.attacks.findings import Finding
from consultations.analysis.regional import REGION
from consultations.analysis.releases.published import row_key
from consultations.analysis.tables import EVERYBODY, ONE, ReleasedRow, ReleasedTable

#: Kinds of finding that hiding a row may mend. The others say that a rule is broken: that is for nobody to smooth over.
MENDABLE = frozenset({"small count", "others", "everybody", "alike", "growth", "new count", "newcomer"})


@dataclass(frozen=True, slots=True, order=True)
class Hidden:
    """A row that was taken out, as `published.row_key` names it."""

    table: str
    row: str


def to_hide(findings: Iterable[Finding], tables: Sequence[ReleasedTable]) -> tuple[Hidden, ...]:
    """The rows to take out; none where a finding cannot be mended so."""
    found = list(findings)
    if any(each.kind not in MENDABLE for each in found):
        return ()
    there = {Hidden(table.id, row_key(table, row)) for table in tables for row in table.rows}
    return tuple(sorted({Hidden(each.table, each.row) for each in found} & there))


def mended(tables: Sequence[ReleasedTable], hidden: Iterable[Hidden]) -> tuple[ReleasedTable, ...]:
    """The tables without these rows, and without what would tell of the same people elsewhere.

    Without everybody there is nothing left of a question; without a region, nothing within that region.
    """
    rows = set(hidden)
    gone = {
        (table.question, _people(table, row))
        for table in tables
        for row in table.rows
        if Hidden(table.id, row_key(table, row)) in rows
    }
    return tuple(_without(table, gone) for table in tables)


#: (breakdown, region within which, name of the row); a region's row is the row of everybody within that region.
_People = tuple[str, str, str]
_ALL: _People = ("", "", "")


def _people(table: ReleasedTable, row: ReleasedRow) -> _People:
    if row.kind == EVERYBODY:
        return ("", table.within, "")
    if table.breakdown == REGION and row.kind == ONE:
        return ("", row.name, "")
    return (table.breakdown, table.within, row.name)


def _without(table: ReleasedTable, gone: set[tuple[str, _People]]) -> ReleasedTable:
    whole = {(table.question, _ALL), (table.question, ("", table.within, ""))}
    taken = [row for row in table.rows if whole & gone or (table.question, _people(table, row)) in gone]
    if not taken:
        return table
    members = tuple(label for row in taken if row.kind != EVERYBODY for label in row.members)
    rows = tuple(row for row in table.rows if row not in taken)
    return replace(table, rows=rows, columns=table.columns if rows else (), hidden=(*table.hidden, *members))
