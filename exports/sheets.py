"""Rows as an Excel workbook that people read: real numbers, real percentages, and text that is never a formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

#: A workbook must carry a date; this one, the first that a zip file can, makes the same content the same bytes.
_NO_DATE = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
#: Excel takes no more in the name of a sheet, and none of these signs.
_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))
_FIRST_WIDTH, _OTHER_WIDTH = 48, 14


@dataclass(frozen=True, slots=True)
class Share:
    """Whole per cent, written as a percentage that can be reckoned with."""

    percent: int


Cell = str | int | Share | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row; `style` is `title`, `head`, `note` or '' for figures."""

    cells: Sequence[Cell]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    lines: Sequence[Line]
    right_to_left: bool = False


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The workbook's bytes, the same for the same sheets; it names no author and no time."""
    memory = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(memory, plain) as book:
        book.set_properties({"created": _NO_DATE.replace(tzinfo=None)})
        styles = {
            "title": book.add_format({"bold": True, "font_size": 12}),
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "note": book.add_format({"italic": True, "font_size": 9}),
            "": None,
        }
        share = book.add_format({"num_format": "0%"})
        for sheet in sheets:
            _write(book.add_worksheet(sheet_name(sheet.name)), sheet, styles, share)
    return memory.getvalue()


def sheet_name(name: str) -> str:
    """As Excel allows it."""
    return name.translate(_FORBIDDEN).strip()[:_LONGEST_NAME] or "-"


def _write(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, styles: dict[str, object], share: object) -> None:
    if sheet.right_to_left:
        page.right_to_left()
    page.set_column(0, 0, _FIRST_WIDTH)
    page.set_column(1, max((len(line.cells) for line in sheet.lines), default=1), _OTHER_WIDTH)
    for number, line in enumerate(sheet.lines):
        for place, cell in enumerate(line.cells):
            if isinstance(cell, Share):
                page.write_number(number, place, cell.percent / 100, share)
            elif isinstance(cell, int):
                page.write_number(number, place, cell, styles[line.style])
            elif cell:
                page.write_string(number, place, cell, styles[line.style])
