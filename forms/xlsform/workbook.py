"""A workbook's bytes -> its sheets, in rows that remember their sheet and their number."""

from __future__ import annotations

import io
import re
import zipfile

from forms.xlsform.child import read_in_child
from forms.xlsform.sheets import COLUMNS, ROWS, Row, Sheet, WorkbookUnreadable, clean, refuse_long

SIZE_BYTES = 10 * 1024 * 1024
#: Real forms: at most 23 entries, 2.2 MB unpacked, 30 times their packed size.
ZIP_ENTRIES = 1_000
UNPACKED_BYTES = 60 * 1024 * 1024
RATIO = 250
#: Ratio is only held against files that are large enough to hurt.
RATIO_FROM_BYTES = 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx, .xlsm or .xls workbook or of a Markdown table, known by content and never by name.

    Raises WorkbookUnreadable and nothing else, whatever the bytes. Safe to call from threads.
    """
    if not content.strip():
        raise WorkbookUnreadable("workbook.empty")
    if len(content) > SIZE_BYTES:
        raise WorkbookUnreadable("workbook.too_large", limit=str(SIZE_BYTES // 1024 // 1024))
    kind = kind_of_workbook(content, UNPACKED_BYTES)
    return read_in_child(kind, content) if kind else _read_markdown(content)


def kind_of_workbook(content: bytes, unpacked_bytes: int) -> str:
    """xlsx or xls; '' for what is no workbook at all. Raises WorkbookUnreadable for one that nobody should open."""
    if content.startswith(b"PK"):
        _refuse_bombs(content, unpacked_bytes)
        return "xlsx"
    if not content.startswith(_OLE):
        return ""
    if _ENCRYPTED in content:
        raise WorkbookUnreadable("workbook.password")
    return "xls"


def _refuse_bombs(content: bytes, unpacked_bytes: int) -> None:
    """Looks at the archive's directory only: nothing is unpacked yet."""
    if content.count(b"PK\x01\x02") > ZIP_ENTRIES:
        raise WorkbookUnreadable("workbook.suspicious")
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, IndexError) as failure:
        raise WorkbookUnreadable("workbook.damaged") from failure
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise WorkbookUnreadable("workbook.password")
    if sum(entry.file_size for entry in entries) > unpacked_bytes or any(map(_is_bomb, entries)):
        raise WorkbookUnreadable("workbook.suspicious")
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise WorkbookUnreadable("workbook.unknown_format")


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_FROM_BYTES and entry.file_size > RATIO * max(entry.compress_size, 1)


def _read_markdown(content: bytes) -> tuple[Sheet, ...]:
    """Tables whose first column names the sheet, as pyxform's tests draw forms; a sheet's rows count from 1."""
    try:
        lines = [line.strip() for line in content.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError as failure:
        raise WorkbookUnreadable("workbook.unknown_format") from failure
    sheets: dict[str, list[Row]] = {}
    rows: list[Row] = []
    for line in lines:
        cells = _drawn(re.split(r"(?<!\\)\|", line)[1:-1]) if line.startswith("|") and line.endswith("|") else ()
        if not cells or ("---" in line and not line.strip("|-: \t")):
            continue
        if cells[0]:
            rows = sheets.setdefault(cells[0], [])
        if any(cells[1:]):
            rows.append(Row(len(rows) + 1, cells[1:]))
            refuse_long(len(rows) > ROWS or len(cells) > COLUMNS)
    if not sheets:
        raise WorkbookUnreadable("workbook.csv" if _is_csv(lines) else "workbook.unknown_format")
    return tuple(Sheet(name, tuple(rows)) for name, rows in sheets.items())


def _drawn(cells: list[str]) -> tuple[str, ...]:
    return clean([cell.replace("\\|", "|") for cell in cells])


def _is_csv(lines: list[str]) -> bool:
    """Whether the first line with something in it could be the headings of a survey sheet, saved on its own."""
    first = next(line for line in lines if line)
    return {"type", "name"} <= {cell.strip('" ').casefold() for cell in re.split("[,;\t]", first)}
