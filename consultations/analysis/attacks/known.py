"""How the people and the answers of one question come apart in its tables: what no two rows or columns set apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from consultations.analysis.attacks.columns import parts_of
from consultations.analysis.regional import REGION
from consultations.analysis.tables import EVERYBODY, ReleasedRow, ReleasedTable

#: People who are in no row that is shown: hidden with others, or they left the question of the breakdown out.
REST = ""
#: Stands for a region where no table counts a breakdown within regions.
ANYWHERE = "*"
#: (breakdown or '', region, category or ''): people that no two rows set apart further.
Atom = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """The tables of one question, and how people and answers come apart in them."""

    tables: tuple[ReleasedTable, ...]
    #: Further tables, of the breakdowns themselves: nobody is in a row of one question who is in none of the other.
    breakdowns: tuple[ReleasedTable, ...]
    regions: tuple[str, ...]
    #: Breakdown -> its categories in any table, and REST.
    categories: dict[str, tuple[str, ...]]
    #: Breakdowns that are also counted within regions.
    threefold: frozenset[str]
    #: Item -> parts of its columns.
    parts: dict[str, tuple[str, ...]]
    #: (table, place of a column) -> its parts.
    columns: dict[tuple[str, int], tuple[str, ...]]

    @property
    def several(self) -> bool:
        """Whether one person can be in several cells of a row."""
        return any(table.kind == "multiple" for table in self.tables)

    def atoms(self, breakdown: str) -> Iterator[Atom]:
        if not breakdown:
            return ((("", region, "")) for region in self.regions)
        regions = self.regions if breakdown in self.threefold else (ANYWHERE,)
        return ((breakdown, region, each) for region in regions for each in self.categories[breakdown])

    def people(self, table: ReleasedTable, row: ReleasedRow) -> list[Atom]:
        """Who is counted in that row."""
        members = row.name.split("+") if row.kind != EVERYBODY else []
        if not members:
            return [atom for atom in self.atoms("") if table.within in ("", atom[1])]
        if table.breakdown == REGION:
            return [("", region, "") for region in members]
        return [atom for atom in self.atoms(table.breakdown) if atom[2] in members and table.within in ("", atom[1])]


def known_of(
    tables: Sequence[ReleasedTable], everything: Iterable[ReleasedTable], others: Sequence[ReleasedTable] = ()
) -> Known:
    """`tables` are all tables of one question; `everything` the whole release.

    `others` are tables of the same question in other releases, under other ids: people and columns come apart as they
    do there as well.
    """
    members: dict[str, dict[str, None]] = {REGION: {}}
    for table in (*tables, *others):
        if table.within and table.rows:
            members[REGION][table.within] = None
        for row in table.rows:
            if row.kind != EVERYBODY:
                members.setdefault(table.breakdown, {}).update(dict.fromkeys(row.name.split("+")))
    regions = (*members.pop(REGION), REST)
    parts, columns = parts_of((*tables, *others))
    return Known(
        tables=tuple(tables),
        breakdowns=tuple(each for each in everything if each.question in (REGION, *members) and not each.within),
        regions=regions,
        categories={name: (*each, REST) for name, each in members.items()},
        threefold=frozenset(each.breakdown for each in (*tables, *others) if each.within and each.breakdown in members),
        parts=parts,
        columns=columns,
    )
