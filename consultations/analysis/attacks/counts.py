"""Works out hidden counts of one question from all its tables together."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from consultations.analysis.attacks.bounds import Proven, outcome
from consultations.analysis.attacks.findings import Finding, Tried
from consultations.analysis.attacks.known import known_of
from consultations.analysis.attacks.system import system_of
from consultations.analysis.disclosure import LEAST_COUNT
from consultations.analysis.releases.published import row_key
from consultations.analysis.tables import ReleasedTable

#: Kind of finding for a target that is (a cell, all others of the row).
_KINDS = {True: "small count", False: "others"}


def counts(question: str, everything: Sequence[ReleasedTable]) -> tuple[list[Finding], list[Tried]]:
    """Each hidden cell, and how many of each group gave any other answer: what has one possible count is found out."""
    tables = [table for table in everything if table.question == question]
    system = system_of(known_of(tables, everything))
    out = outcome(system, crc32(question.encode()))
    tried = [
        Tried("hidden counts bounded by linear programming", len(system.targets)),
        Tried("linear programs", out.programs),
        Tried("programs in whole numbers", out.whole),
    ]
    if not out.possible:
        return [Finding("impossible", question)], tried
    by_id = {table.id: table for table in tables}
    found = [each for each in (_finding(by_id, proven) for proven in out.proven) if each]
    return found, tried


def _finding(tables: dict[str, ReleasedTable], proven: Proven) -> Finding | None:
    target = proven.target
    place = (target.table, row_key(tables[target.table], target.row), target.column)
    if not target.is_cell and proven.count == 0:
        return Finding("everybody", *place)
    return Finding(_KINDS[target.is_cell], *place) if 0 < proven.count < LEAST_COUNT else None
