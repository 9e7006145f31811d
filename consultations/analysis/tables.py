"""Released tables as frozen values and as JSON: protected figures only, with their texts in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

#: What stands for every count under five, also for none.
FEW = "<5"
#: The kinds of row: everybody, one category, several that were too small to stand alone.
EVERYBODY, ONE, MERGED = "everybody", "one", "merged"
#: The question that holds a member's region, where a form has one: it breaks tables down whatever else does.
REGION = "region"

Label = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReleasedColumn:
    """One answer, or one band."""

    name: str
    label: Label
    #: No step of the scale: don't know, prefer not to say.
    apart: bool = False
    #: The first and the last number in it, where it is a band of numbers or a place in a ranking; None: open, or none.
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """A noisy count as digits, or `FEW`; a share in whole per cent of the row's base, where one may be shown."""

    shown: str
    percent: int | None

    @property
    def count(self) -> int | None:
        return None if self.shown == FEW else int(self.shown)


@dataclass(frozen=True, slots=True)
class ReleasedRow:
    """What one group of people answered. `members` are the categories in it: none for everybody, several if merged."""

    kind: str
    name: str
    members: tuple[Label, ...]
    #: People who answered the question, with noise.
    base: int
    cells: tuple[ReleasedCell, ...]
    #: Index of the column that the middle person's answer lies in, for numbers, dates and scales; from shown figures.
    median: int | None = None


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """One question by one breakdown; `breakdown` is '' where everybody is the only row. No rows: too few answers.

    `within` is the name of a region where only people of that region are counted: its row of everybody is that
    region's row in the table by region. `item` is the choice whose places in a ranking are counted.
    """

    id: str
    question: str
    question_label: Label
    breakdown: str
    breakdown_label: Label
    #: categories, scale, multiple, ranking, places, number, date, time.
    kind: str
    columns: tuple[ReleasedColumn, ...]
    rows: tuple[ReleasedRow, ...]
    #: Categories of the breakdown that no row tells of, because even together they are too few.
    hidden: tuple[Label, ...] = ()
    within: str = ""
    within_label: Label = field(default_factory=dict)
    item: str = ""
    item_label: Label = field(default_factory=dict)

    @property
    def is_hidden(self) -> bool:
        return not self.rows

    @property
    def shows_shares(self) -> bool:
        """Whether there is a single share that a chart could draw."""
        return any(cell.percent is not None for row in self.rows for cell in row.cells)

    @property
    def merged(self) -> tuple[ReleasedRow, ...]:
        return tuple(row for row in self.rows if row.kind == MERGED)

    @property
    def has_few(self) -> bool:
        return any(cell.shown == FEW for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Planned:
    """One table that a plan has, before anybody answered; what is '' does not apply, as in `ReleasedTable`."""

    question: str
    breakdown: str = ""
    within: str = ""
    item: str = ""

    @property
    def id(self) -> str:
        return table_id(self.question, self.breakdown, within=self.within, item=self.item)


def table_id(question: str, breakdown: str, *, within: str = "", item: str = "") -> str:
    """The id that papers refer to: `needs.place.health.by.setting.in.africa` is the longest form.

    A question's name has no full stop in it (XML names of XLSForm may not end so).
    """
    parts = [question]
    parts += ["place", item] if item else []
    parts += ["by", breakdown] if breakdown else []
    parts += ["in", within] if within else []
    return ".".join(parts)


def to_json(tables: tuple[ReleasedTable, ...]) -> dict[str, Any]:
    """Plain values for a database column."""
    return {"tables": [_plain(asdict(table)) for table in tables]}


def from_json(stored: Mapping[str, Any]) -> tuple[ReleasedTable, ...]:
    """The tables that `to_json` stored; raises KeyError or TypeError on anything else."""
    return tuple(_table(table) for table in stored["tables"])


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _table(stored: Mapping[str, Any]) -> ReleasedTable:
    columns = tuple(ReleasedColumn(**column) for column in stored["columns"])
    rows = tuple(_row(row) for row in stored["rows"])
    return ReleasedTable(**{**stored, "columns": columns, "rows": rows, "hidden": tuple(stored["hidden"])})


def _row(stored: Mapping[str, Any]) -> ReleasedRow:
    cells = tuple(ReleasedCell(**cell) for cell in stored["cells"])
    return ReleasedRow(**{**stored, "cells": cells, "members": tuple(stored["members"])})
