"""The bytes of a file of choices -> its rows by column: CSV here, XML and GeoJSON in the limited child."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from forms.xlsform.child import read_in_child
from forms.xlsform.sheets import COLUMNS, LIMIT, ROWS, Row, WorkbookUnreadable, clean, refuse_long

SIZE_BYTES = 10 * 1024 * 1024
#: Comma; semicolon, as spreadsheets write it where the comma is the decimal mark; tab.
_SEPARATORS = ",;\t"
_QUOTED = re.compile('"[^"]*"')


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row below the headings; `number` counts from 1 as a spreadsheet does, headings included."""

    number: int
    cells: dict[str, str]


class FileUnreadable(Exception):
    """No rows can be had from the file; `code` and `values` are those of the message to its author."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def read_rows(ending: str, content: bytes) -> tuple[tuple[FileRow, ...], bool]:
    """The rows of a file that ends in .csv, .xml or .geojson, and whether its encoding had to be guessed.

    Raises FileUnreadable and nothing else, whatever the bytes.
    """
    if len(content) > SIZE_BYTES:
        raise FileUnreadable("file.too_long", limit=f"{SIZE_BYTES // 1024 // 1024} MB")
    try:
        if ending != ".csv":
            return _by_column(read_in_child(ending[1:], content)[0].rows), False
        text, is_guessed = _decoded(content)
        return _by_column(_csv_rows(text)), is_guessed
    except WorkbookUnreadable as unreadable:
        is_long = unreadable.problem.code in ("workbook.too_long", "workbook.too_slow")
        raise FileUnreadable("file.too_long" if is_long else "file.unreadable", limit=LIMIT) from unreadable
    except (csv.Error, UnicodeDecodeError) as failure:
        raise FileUnreadable("file.unreadable") from failure


def _decoded(content: bytes) -> tuple[str, bool]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16"), False
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), True


def _csv_rows(text: str) -> Iterable[Row]:
    # The separator that the first line has most of, outside quotation marks.
    separator = max(_SEPARATORS, key=_QUOTED.sub("", text.lstrip().partition("\n")[0]).count)
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
        refuse_long(number > ROWS or len(cells) > COLUMNS)
        yield Row(number, clean(cells))


def _by_column(rows: Iterable[Row]) -> tuple[FileRow, ...]:
    table = [row for row in rows if any(row.cells)]
    if len(table) < 2:
        # A list without choices can be neither asked nor written into a workbook.
        raise FileUnreadable("file.unreadable")
    first, *rest = table
    found = []
    for row in rest:
        # Of two columns of the same name the first one counts, and a column without a name has nothing to say.
        cells = {name: cell for name, cell in reversed(list(zip(first.cells, row.cells, strict=False))) if name}
        found.append(FileRow(row.number, {name: cells[name] for name in first.cells if cells.get(name)}))
    return tuple(found)
