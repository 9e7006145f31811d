"""Opens many sealed things: what does not open stays where it is, is counted, and hides none of the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from consultations.staff.keys import DoesNotOpen

Row = TypeVar("Row")
Value = TypeVar("Value")

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Several(Generic[Row, Value]):
    """What opened, in the order of the rows, and the rows that did not: they were damaged, changed or moved."""

    opened: tuple[Value, ...] = ()
    damaged: tuple[Row, ...] = ()

    @property
    def refused(self) -> int:
        return len(self.damaged)

    def only(self, wanted: Callable[[Value], bool]) -> Several[Row, Value]:
        """Those that are wanted; what did not open may be one of them, and is still said."""
        return Several(tuple(value for value in self.opened if wanted(value)), self.damaged)


def open_each(kind: str, rows: Iterable[Row], open_one: Callable[[Row], Value]) -> Several[Row, Value]:
    """`open_one` of each row; `kind` names them in the log, in the plural, as in `quotes`.

    The log has that word and nothing of the row: an id would tell who reads it what somebody works with.
    `open_one` raises DoesNotOpen before it changes anything: the caller commits what the others did.
    """
    opened: list[Value] = []
    damaged: list[Row] = []
    for row in rows:
        try:
            opened.append(open_one(row))
        except DoesNotOpen:
            damaged.append(row)
    if damaged:
        _LOG.warning("Some stored %s do not open; they stay where they are and are counted.", kind)
    return Several(tuple(opened), tuple(damaged))


def joined(parts: Iterable[Several[Row, Value]]) -> Several[Row, Value]:
    """One after the other."""
    each = tuple(parts)
    return Several(
        tuple(value for part in each for value in part.opened), tuple(row for part in each for row in part.damaged)
    )
