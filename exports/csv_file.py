"""Rows as a CSV file that a spreadsheet program reads as text, never as formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

#: What makes a cell a formula in Excel, LibreOffice or Google Sheets (OWASP, CSV Injection), also after a tab or a
#: line's end, and in the full-width forms that East Asian versions take for the same.
_BEGINS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel reads another encoding; lines end as RFC 4180 has them."""
    out = io.StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def read_rows(content: bytes) -> list[dict[str, str]]:
    """The rows that `csv_bytes` wrote, by the headings in the first, with each text as it was before.

    Raises ValueError where there are no headings, or a row has more or fewer cells than they are.
    """
    headings, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [dict(zip(headings, map(_original, row), strict=True)) for row in rows]


def harmless(cell: str) -> str:
    """The text with an apostrophe before it where a program would calculate; others stay as they are."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_BEGINS_A_FORMULA) else cell


def _original(cell: str) -> str:
    """What `harmless` made this cell of."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell
