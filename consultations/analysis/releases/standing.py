"""How each group of people stands in released tables: alone, put together with others, or left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consultations.analysis.tables import MERGED, ONE, Label, ReleasedTable

#: How a group stands in one table; a table of which nothing is shown has every group left out.
ALONE, TOGETHER, LEFT_OUT = "alone", "together", "left out"


@dataclass(frozen=True, slots=True)
class Standing:
    """One table as a line of a picture: everybody first, then each group, in the order of `Grid.groups`."""

    table: ReleasedTable
    #: `ALONE` or `LEFT_OUT`.
    everybody: str
    #: A word for each group; '' for a group that the table does not know.
    groups: tuple[str, ...]

    @property
    def is_cut(self) -> bool:
        """Whether anything of it is not shown alone."""
        return LEFT_OUT in (self.everybody, *self.groups) or TOGETHER in self.groups


@dataclass(frozen=True, slots=True)
class Grid:
    """Tables of one breakdown against the groups that it has."""

    groups: tuple[Label, ...]
    lines: tuple[Standing, ...]


def grid(tables: Sequence[ReleasedTable], order: Iterable[Label] = ()) -> Grid:
    """The tables in their order against all their groups: those of `order` first and in it, others as they come."""
    told = [_told(table) for table in tables]
    found: dict[_Key, Label] = {}
    for label in (label for groups in told for label, _ in groups):
        found.setdefault(_key(label), label)
    known = [_key(label) for label in order]
    keys = sorted(found, key=lambda key: known.index(key) if key in known else len(known))
    lines = [_line(table, groups, keys) for table, groups in zip(tables, told, strict=True)]
    return Grid(tuple(found[key] for key in keys), tuple(lines))


#: A label as something that can be compared.
_Key = tuple[tuple[str, str], ...]


def _key(label: Label) -> _Key:
    return tuple(sorted(label.items()))


def _line(table: ReleasedTable, groups: Iterable[tuple[Label, str]], keys: Iterable[_Key]) -> Standing:
    standing = {_key(label): how for label, how in groups}
    everybody = LEFT_OUT if table.is_hidden else ALONE
    return Standing(table, everybody, tuple(standing.get(key, "") for key in keys))


def _told(table: ReleasedTable) -> list[tuple[Label, str]]:
    """Every group of the table with how it stands."""
    shown = {ONE: ALONE, MERGED: TOGETHER}
    stand = [(label, shown[row.kind]) for row in table.rows if row.kind in shown for label in row.members]
    return [*stand, *((label, LEFT_OUT) for label in table.hidden)]
