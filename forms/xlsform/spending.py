"""How much of a stranger's file is read before it is refused; the limited child imports this module alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from forms.xlsform.cell_texts import written

#: What we read of a form; one of this size would take days to answer. Blank rows count as visited.
ROWS_VISITED = 200_000
ROWS_KEPT = 30_000
COLUMNS = 400
CHARACTERS = 10_000_000
CELLS = 500_000
#: The same of a table of answers, of which only the first sheet is read.
TABLE_ROWS = 500_000
TABLE_COLUMNS = 2_000
TABLE_CHARACTERS = 200_000_000
TABLE_CELLS = 3_000_000


class TooLong(Exception):
    """More rows or text than we read."""


@dataclass(slots=True)
class Spent:
    """How much of a file may be read, and how much of it has been, over all its sheets."""

    most_visited: int = ROWS_VISITED
    most_kept: int = ROWS_KEPT
    most_characters: int = CHARACTERS
    most_cells: int = CELLS
    characters: int = 0
    cells: int = 0


def of_a_table() -> Spent:
    return Spent(TABLE_ROWS, TABLE_ROWS, TABLE_CHARACTERS, TABLE_CELLS)


def filled(rows: Iterable[Iterable[object]], spent: Spent) -> list[list[object]]:
    """`[row number, [cells]]` of each row that is not blank, without blank cells at its end. Raises TooLong."""
    kept: list[list[object]] = []
    for number, row in enumerate(islice(rows, spent.most_visited + 1), 1):
        cells = [written(value) for value in row]
        while cells and not cells[-1].strip():
            cells.pop()
        spent.characters += sum(map(len, cells))
        spent.cells += len(cells)
        if cells:
            kept.append([number, cells])
        is_long = number > spent.most_visited or len(kept) > spent.most_kept
        if is_long or spent.characters > spent.most_characters or spent.cells > spent.most_cells:
            raise TooLong
    return kept
