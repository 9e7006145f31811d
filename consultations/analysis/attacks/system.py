"""What a reader of the tables of one question knows of the counts behind them, as linear equations and inequalities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

from consultations.analysis.attacks.known import ANYWHERE, REST, Atom, Known
from consultations.analysis.disclosure import LEAST_BASE, LEAST_COUNT
from consultations.analysis.noise import MOST_NOISE
from consultations.analysis.regional import REGION
from consultations.analysis.tables import EVERYBODY, ReleasedCell, ReleasedRow, ReleasedTable

#: The most people that `<5` can stand for.
MOST_FEW = LEAST_COUNT - 1 + MOST_NOISE

#: (of whom, item, part of a column); with '' for both: how many answered the question.
Variable = tuple[Atom, str, str]


@dataclass(frozen=True, slots=True)
class Sum:
    """A count as counts of atoms: those of `plus` together, less those of `minus`."""

    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A number that nobody should be able to work out: a hidden cell, or how many gave any other answer."""

    sum: Sum
    table: str
    row: ReleasedRow
    column: str
    #: Whether it is the cell itself, and not all others of the row.
    is_cell: bool = True
    #: Whether it is what no row of the table tells of; `row` is then the last one that is shown.
    is_rest: bool = False


@dataclass(slots=True)
class System:
    """Counts (none below zero) and what is known of their sums: low <= sum <= high."""

    variables: dict[Variable, int] = field(default_factory=dict)
    known: dict[Sum, tuple[float, float]] = field(default_factory=dict)
    #: Counts that an attacker would take for zero as long as nothing speaks against it.
    left_out: dict[str, list[int]] = field(default_factory=dict)
    targets: dict[Sum, Target] = field(default_factory=dict)

    def at(self, variable: Variable) -> int:
        return self.variables.setdefault(variable, len(self.variables))

    def learn(self, sum: Sum, low: float, high: float) -> None:
        before = self.known.get(sum, (-inf, inf))
        self.known[sum] = (max(low, before[0]), min(high, before[1]))


def system_of(known: Known) -> System:
    """All that is known, with the targets worth trying."""
    system = System()
    for breakdown in ("", *known.categories):
        for atom in known.atoms(breakdown):
            _one_person(system, known, atom)
    for breakdown in known.categories:
        _same_people(system, known, breakdown)
    _nobody_left_out(system, known)
    for table in known.tables:
        for row in table.rows:
            _row(system, known, table, row)
    for table in known.tables:
        if table.hidden and len(table.rows) > 1:
            _hidden(system, known, table)
    _limits(system, known)
    return system


def base_of(system: System, known: Known, atoms: Iterable[Atom]) -> tuple[int, ...]:
    """The people of these atoms who answered."""
    if known.several:
        return tuple(system.at((atom, "", "")) for atom in atoms)
    return tuple(system.at((atom, "", part)) for atom in atoms for part in known.parts.get("", ()))


def interval(cell: ReleasedCell) -> tuple[float, float]:
    """The counts that a cell can stand for."""
    if cell.count is None:
        return 0, MOST_FEW
    return cell.count - MOST_NOISE, cell.count + MOST_NOISE


def _one_person(system: System, known: Known, atom: Atom) -> None:
    """What one answer can be: one cell of a row, or one place for each thing that is ranked."""
    base = base_of(system, known, [atom])
    if known.several:
        chosen = tuple(system.at((atom, "", part)) for part in known.parts[""])
        for cell in chosen:
            system.learn(Sum(base, (cell,)), 0, inf)
        system.learn(Sum(chosen, base), 0, inf)
    items = [item for item in known.parts if item]
    for item in items:
        places = tuple(system.at((atom, item, part)) for part in known.parts[item])
        if base:
            system.learn(Sum(base, places), 0, inf)
        if item in known.parts.get("", ()):
            system.learn(Sum((system.at((atom, "", item)),), places[:1]), 0, 0)
    for place in dict.fromkeys(part for item in items for part in known.parts[item]) if base else ():
        there = tuple(system.at((atom, item, place)) for item in items if place in known.parts[item])
        system.learn(Sum(base, there), 0, inf)


def _same_people(system: System, known: Known, breakdown: str) -> None:
    """Whatever people are broken down by, they are the same people."""
    regions = known.regions if breakdown in known.threefold else (ANYWHERE,)
    for item, part in _measures(known):
        for region in regions:
            apart = tuple(system.at(((breakdown, region, each), item, part)) for each in known.categories[breakdown])
            whole = known.regions if region == ANYWHERE else (region,)
            system.learn(Sum(apart, tuple(system.at((("", each, ""), item, part)) for each in whole)), 0, 0)


def _measures(known: Known) -> list[tuple[str, str]]:
    found = [(item, part) for item, parts in known.parts.items() for part in parts]
    return [*found, ("", "")] if known.several else found


def _nobody_left_out(system: System, known: Known) -> None:
    """An attacker supposes that everybody answered what the tables are broken down by, until figures contradict."""
    hidden = {table.breakdown for table in known.tables if table.hidden and not table.within}
    for breakdown in (REGION, *known.categories):
        if breakdown in hidden or (breakdown == REGION and len(known.regions) == 1):
            continue
        place = 1 if breakdown == REGION else 2
        atoms = [atom for atom in known.atoms("" if breakdown == REGION else breakdown) if atom[place] == REST]
        system.left_out[breakdown] = [
            system.at((atom, item, part)) for atom in atoms for item, part in _measures(known)
        ]


def _row(system: System, known: Known, table: ReleasedTable, row: ReleasedRow) -> None:
    atoms = known.people(table, row)
    base = base_of(system, known, atoms)
    if base:
        system.learn(Sum(base), max(LEAST_BASE, row.base - MOST_NOISE), row.base + MOST_NOISE)
    for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        parts = known.columns[table.id, place]
        count = tuple(system.at((atom, table.item, part)) for atom in atoms for part in parts)
        system.learn(Sum(count), *interval(cell))
        if cell.count is None:
            system.targets.setdefault(Sum(count), Target(Sum(count), table.id, row, column.name))
        if cell.count is not None and base and row.base - cell.count <= MOST_FEW:
            others = Sum(base, count)
            system.targets.setdefault(others, Target(others, table.id, row, column.name, is_cell=False))


def _hidden(system: System, known: Known, table: ReleasedTable) -> None:
    """What is left of each column for the rows that are not shown; told of the last row that is."""
    breakdown = "" if table.breakdown == REGION else table.breakdown
    place = 1 if table.breakdown == REGION else 2
    shown = {member for row in table.rows if row.kind != EVERYBODY for member in row.name.split("+")}
    inside = [atom for atom in known.atoms(breakdown) if table.within in ("", atom[1])]
    rest = [atom for atom in inside if atom[place] not in shown]
    for at, column in enumerate(table.columns):
        parts = known.columns[table.id, at]
        count = Sum(tuple(system.at((atom, table.item, part)) for atom in rest for part in parts))
        system.targets.setdefault(count, Target(count, table.id, table.rows[-1], column.name, is_rest=True))


def _limits(system: System, known: Known) -> None:
    """No more people answered this than are in the same group of the breakdown's own table."""
    for table in known.breakdowns:
        if table.question != REGION and table.question not in known.categories:
            continue
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                atoms = _of_group(known, table, row, column.name)
                base = base_of(system, known, atoms) if atoms else ()
                if base:
                    system.learn(Sum(base), 0, interval(cell)[1])


def _of_group(known: Known, table: ReleasedTable, row: ReleasedRow, category: str) -> list[Atom]:
    """The atoms that the cell of a breakdown's own table counts; none where no row sets them apart."""
    if table.question == REGION:
        return [("", category, "")] if row.kind == EVERYBODY and category in known.regions else []
    mine = [atom for atom in known.atoms(table.question) if atom[2] == category]
    if row.kind == EVERYBODY:
        return mine
    regions = row.name.split("+")
    apart = table.breakdown == REGION and table.question in known.threefold and set(regions) <= set(known.regions)
    return [atom for atom in mine if atom[1] in regions] if apart else []
