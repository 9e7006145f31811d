"""Differences between releases: what the people who are new answered, worked out from all releases together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from zlib import crc32

from consultations.analysis.attacks.bounds import outcome
from consultations.analysis.attacks.findings import Finding, Tried
from consultations.analysis.attacks.known import Known, known_of
from consultations.analysis.attacks.system import Sum, System, Target, base_of, system_of
from consultations.analysis.disclosure import LEAST_COUNT
from consultations.analysis.releases.published import row_key
from consultations.analysis.tables import ReleasedRow, ReleasedTable

Tables = Sequence[ReleasedTable]
_Named = tuple[str, str, str]


@dataclass(slots=True)
class _Joint:
    """The systems of all releases one after another in one."""

    system: System
    #: Of each release, where its variables begin.
    starts: list[int]


def differences(question: str, before: Sequence[Tables], now: Tables) -> tuple[list[Finding], list[Tried]]:
    """Nobody's answer is taken out between releases, so every count grows: the growth is what is looked for.

    Where the figures speak against that (answers were taken back), releases cannot be tied so, and nothing is found.
    """
    mine = [[table for table in each if table.question == question] for each in (*before, now)]
    if len(mine) == 1 or not any(table.rows for each in mine[:-1] for table in each):
        return [], []
    knowns = [_known(place, mine, each) for place, each in enumerate((*before, now))]
    systems = [system_of(known) for known in knowns]
    joint = _joined(systems)
    for known, system, start in zip(knowns[:-1], systems[:-1], joint.starts[:-1], strict=True):
        _aim(joint, (known, system, start), (knowns[-1], systems[-1], joint.starts[-1]))
    out = outcome(joint.system, crc32(question.encode()))
    tried = [
        Tried("growth between releases bounded by linear programming", len(joint.system.targets)),
        Tried("linear programs", out.programs),
        Tried("programs in whole numbers", out.whole),
    ]
    by_id = {table.id: table for table in now}
    found = [
        Finding("new count", each.target.table, row_key(by_id[each.target.table], each.target.row), each.target.column)
        for each in out.proven
        if (each.count < LEAST_COUNT and each.count > 0) or (not each.target.is_cell and each.count == 0)
    ]
    return found, tried


def _known(place: int, mine: Sequence[Tables], everything: Tables) -> Known:
    others = [
        replace(table, id=f"{number}~{table.id}")
        for number, tables in enumerate(mine)
        if number != place
        for table in tables
    ]
    return known_of(mine[place], everything, others)


def _joined(systems: Sequence[System]) -> _Joint:
    whole = System()
    starts: list[int] = []
    for system in systems:
        start = len(whole.variables)
        starts.append(start)
        for (atom, item, part), number in system.variables.items():
            whole.variables[((*atom[:2], f"{start}~{atom[2]}"), item, part)] = start + number
        for sum, (low, high) in system.known.items():
            whole.known[_moved(sum, start)] = (low, high)
        for name, variables in system.left_out.items():
            whole.left_out[f"{start}~{name}"] = [start + number for number in variables]
    for older, newer, start, after in zip(systems, systems[1:], starts, starts[1:], strict=False):
        for variable, number in older.variables.items():
            if variable in newer.variables:
                whole.learn(Sum((after + newer.variables[variable],), (start + number,)), 0, inf)
    return _Joint(whole, starts)


def _moved(sum: Sum, start: int) -> Sum:
    return Sum(tuple(start + each for each in sum.plus), tuple(start + each for each in sum.minus))


def _aim(joint: _Joint, old: tuple[Known, System, int], new: tuple[Known, System, int]) -> None:
    """How many more gave each answer, and how many more gave any other, in each row that both releases have."""
    rows = {(table.id, row.name): (table, row) for table in old[0].tables for row in table.rows}
    for table in new[0].tables:
        for row in table.rows:
            before = rows.get((table.id, row.name))
            if before is not None:
                _aim_at_row(joint, old, new, before, (table, row))


def _aim_at_row(
    joint: _Joint,
    old: tuple[Known, System, int],
    new: tuple[Known, System, int],
    before: tuple[ReleasedTable, ReleasedRow],
    now: tuple[ReleasedTable, ReleasedRow],
) -> None:
    table, row = now
    older, newer = _counted(*old, *before), _counted(*new, *now)
    for column in (name for name in newer if name and name in older):
        grown = Sum(newer[column], older[column])
        joint.system.targets[grown] = Target(grown, table.id, row, column)
        base = (*newer[""], *older[column]), (*older[""], *newer[column])
        others = Sum(*base)
        joint.system.targets[others] = Target(others, table.id, row, column, is_cell=False)


def _counted(
    known: Known, system: System, start: int, table: ReleasedTable, row: ReleasedRow
) -> dict[str, tuple[int, ...]]:
    """Column ('' for the base) -> the variables of the joint system that are counted in it."""
    atoms = known.people(table, row)
    found = {"": tuple(start + each for each in base_of(system, known, atoms))}
    for place, column in enumerate(table.columns):
        parts = known.columns[table.id, place]
        found[column.name] = tuple(start + system.at((atom, table.item, part)) for atom in atoms for part in parts)
    return found
