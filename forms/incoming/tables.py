"""A file of answers, CSV or a workbook -> a table: headings of columns, and rows that remember their numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from forms.incoming.encodings import decoded
from forms.incoming.heading_rows import headings_of
from forms.marking import N_
from forms.xlsform.child import read_in_child
from forms.xlsform.sheets import Row, WorkbookUnreadable, clean
from forms.xlsform.workbook import kind_of_workbook

__all__ = ["MESSAGES", "Row", "Table", "TableUnreadable", "read_table"]

SIZE_BYTES = 100 * 2**20
#: Of a workbook's sheets, unpacked: a hundred thousand rows of twenty columns are 70 MB.
UNPACKED_BYTES = 200 * 2**20
#: Cells of all rows together: 100,000 rows of 65 columns.
CELLS = 8_000_000
COLUMNS = 2_000
_DELIMITERS = ",;\t|"
#: Lines that the delimiter is told from.
_TRIED = 25

#: Code -> what is said of a file that cannot be read.
MESSAGES: Mapping[str, str] = {
    "empty": N_("This file has no rows below its headings."),
    "too_large": N_("This file is larger than we read: 100 MB, 2,000 columns, 8 million cells. Divide it."),
    "workbook": N_("This workbook cannot be read. Save it again, or save its sheet as CSV in UTF-8."),
    "password": N_("This workbook is protected with a password. Save it without one."),
    "damaged": N_("This file cannot be read as a table. Save it as CSV in UTF-8."),
}


class TableUnreadable(Exception):
    """No table can be had from the file; `code` is a key of `MESSAGES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds, before anybody says what it means."""

    #: For each column the cells of its heading rows, from above: one, or two where options stand below questions.
    headings: tuple[tuple[str, ...], ...]
    #: As wide as `headings`, without the blank ones; `number` counts from 1 as a spreadsheet does, headings included.
    rows: tuple[Row, ...] = field(repr=False)
    #: What the file was taken for: utf-8, cp1252 …, `workbook`; then `,` `;` tab `|`.
    encoding: str = ""
    delimiter: str = ""
    #: Sheets of the workbook that were not read.
    other_sheets: tuple[str, ...] = ()

    def column(self, at: int) -> Iterator[str]:
        """Every cell of a column that is not blank."""
        return (row.cells[at] for row in self.rows if row.cells[at])


def read_table(content: bytes, encoding: str = "") -> Table:
    """The table in a CSV file (any delimiter and encoding) or in the first sheet of an .xlsx or .xls workbook.

    Known by content and never by name. Workbooks are read in a process of its own. Raises TableUnreadable and nothing
    else, whatever the bytes.
    """
    if len(content) > SIZE_BYTES:
        raise TableUnreadable("too_large")
    try:
        kind = kind_of_workbook(content, UNPACKED_BYTES)
        if kind:
            first, *others = read_in_child(f"{kind}-table", content)
            return _table(first.rows, "workbook", "", tuple(sheet.name for sheet in others))
        text, found = decoded(content, encoding)
        delimiter = _delimiter(text)
        return _table(_csv_rows(text, delimiter), found, delimiter)
    except WorkbookUnreadable as unreadable:
        raise TableUnreadable(_CODES.get(unreadable.problem.code, "workbook")) from unreadable
    except csv.Error as failure:
        raise TableUnreadable("damaged") from failure


_CODES = {
    "workbook.too_long": "too_large",
    "workbook.too_slow": "too_large",
    "workbook.password": "password",
}


def _csv_rows(text: str, delimiter: str) -> Iterator[Row]:
    spent = 0
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        spent += len(cells)
        if len(cells) > COLUMNS or spent > CELLS:
            raise TableUnreadable("too_large")
        yield Row(number, clean(cells))


def _delimiter(text: str) -> str:
    """The one that cuts the first lines into most columns, and all of them into as many."""
    start = "".join(islice(io.StringIO(text, newline=""), 4 * _TRIED))
    return max(_DELIMITERS, key=lambda delimiter: _evenness(start, delimiter))


def _evenness(start: str, delimiter: str) -> tuple[float, int]:
    cut = [len(row) for row in islice(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter), _TRIED) if row]
    width = cut[0] if cut else 0
    return (sum(length == width for length in cut) / len(cut) if width > 1 else 0.0), width


def _table(rows: Iterable[Row], encoding: str, delimiter: str, others: tuple[str, ...] = ()) -> Table:
    filled = [row for row in rows if any(row.cells)]
    if len(filled) < 2:
        raise TableUnreadable("empty")
    headings = headings_of([row.cells for row in filled[:3]])
    depth = len(headings[0])
    width = len(headings)
    below = filled[depth + _notes(filled, depth) :]
    if not below:
        raise TableUnreadable("empty")
    return Table(headings, tuple(_as_wide(row, width) for row in below), encoding, delimiter, others)


def _notes(rows: list[Row], depth: int) -> int:
    """Qualtrics writes a row for machines below its headings."""
    return int(len(rows) > depth and any('"ImportId"' in cell for cell in rows[depth].cells))


def _as_wide(row: Row, width: int) -> Row:
    if len(row.cells) == width:
        return row
    return Row(row.number, (*row.cells, *("",) * (width - len(row.cells)))[:width])
