"""What every file is read into: sheets of rows with text in their cells, without what no text should have in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forms.checking.problems import Problem

#: The limited child has the same limits, and more.
ROWS, COLUMNS = 30_000, 400
#: Excel's own limit for a cell.
CELL_CHARACTERS = 32_767
LIMIT = f"{ROWS:,} × {COLUMNS}, {CELL_CHARACTERS:,} characters in a cell"

#: Control characters and lone surrogates: no database and no XML takes them. Tab and line feed stay.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row with something in it; `number` counts from 1 as a spreadsheet does."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows without the blank ones; `rows` is empty for sheets that a form does not use."""

    name: str
    rows: tuple[Row, ...] = ()


class WorkbookUnreadable(Exception):
    """The file cannot be read at all; `problem` says why, in the author's words."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.problem = Problem(code, values=values)


def clean(cells: list[str]) -> tuple[str, ...]:
    """Cells without what no text should have in it; line ends as line feeds, no-break spaces at the edges removed."""
    refuse_long(any(len(cell) > CELL_CHARACTERS for cell in cells))
    # Nearly every cell is printable as it is, and a table of answers has millions of them.
    return tuple(cell.strip() if cell.isprintable() else _cleaned(cell) for cell in cells)


def _cleaned(cell: str) -> str:
    return _NO_TEXT.sub("", cell.replace("\r\n", "\n").replace("\r", "\n")).strip()


def refuse_long(is_long: bool) -> None:
    """Raises WorkbookUnreadable where a file has more than we read."""
    if is_long:
        raise WorkbookUnreadable("workbook.too_long", limit=LIMIT)
