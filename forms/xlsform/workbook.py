"""A workbook's bytes -> its sheets, in rows that remember their sheet and their number."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from forms.checking.problems import Problem

SIZE_BYTES = 10 * 1024 * 1024
#: Real forms: at most 23 entries, 2.2 MB unpacked, 30 times their packed size.
ZIP_ENTRIES = 1_000
UNPACKED_BYTES = 60 * 1024 * 1024
RATIO = 250
#: Ratio is only held against files that are large enough to hurt.
RATIO_FROM_BYTES = 1024 * 1024
WALL_SECONDS = 30
#: The child has the same limits, and more.
ROWS, COLUMNS = 30_000, 400
#: Excel's own limit for a cell.
CELL_CHARACTERS = 32_767
_LIMIT = f"{ROWS:,} × {COLUMNS}, {CELL_CHARACTERS:,} characters in a cell"

_CHILD = Path(__file__).with_name("limited.py")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
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


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx, .xlsm or .xls workbook or of a Markdown table, known by content and never by name.

    Raises WorkbookUnreadable and nothing else, whatever the bytes. Safe to call from threads.
    """
    if not content.strip():
        raise WorkbookUnreadable("workbook.empty")
    if len(content) > SIZE_BYTES:
        raise WorkbookUnreadable("workbook.too_large", limit=str(SIZE_BYTES // 1024 // 1024))
    if content.startswith(b"PK"):
        _refuse_bombs(content)
        return _read_in_child("xlsx", content)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise WorkbookUnreadable("workbook.password")
        return _read_in_child("xls", content)
    return _read_markdown(content)


def _refuse_bombs(content: bytes) -> None:
    """Looks at the archive's directory only: nothing is unpacked yet."""
    if content.count(b"PK\x01\x02") > ZIP_ENTRIES:
        raise WorkbookUnreadable("workbook.suspicious")
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, IndexError) as failure:
        raise WorkbookUnreadable("workbook.damaged") from failure
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise WorkbookUnreadable("workbook.password")
    if sum(entry.file_size for entry in entries) > UNPACKED_BYTES or any(map(_is_bomb, entries)):
        raise WorkbookUnreadable("workbook.suspicious")
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise WorkbookUnreadable("workbook.unknown_format")


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_FROM_BYTES and entry.file_size > RATIO * max(entry.compress_size, 1)


def _read_in_child(kind: str, content: bytes) -> tuple[Sheet, ...]:
    # -I: neither the environment nor the current directory can change what the child imports.
    command = [sys.executable, "-I", "-X", "utf8", str(_CHILD), kind]
    try:
        done = subprocess.run(  # noqa: S603 - our own file; the stranger's bytes come on standard input
            command, input=content, capture_output=True, timeout=WALL_SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired as failure:
        raise WorkbookUnreadable("workbook.too_slow") from failure
    if done.returncode:
        raise WorkbookUnreadable("workbook.too_slow")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise WorkbookUnreadable(answer["error"], limit=_LIMIT)
    rows = {name: tuple(Row(number, _clean(cells)) for number, cells in kept) for name, kept in answer["sheets"]}
    return tuple(Sheet(name, rows.get(name, ())) for name in answer["names"])


def _read_markdown(content: bytes) -> tuple[Sheet, ...]:
    """Tables whose first column names the sheet, as pyxform's tests draw forms; a sheet's rows count from 1."""
    try:
        lines = [line.strip() for line in content.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError as failure:
        raise WorkbookUnreadable("workbook.unknown_format") from failure
    sheets: dict[str, list[Row]] = {}
    rows: list[Row] = []
    for line in lines:
        cells = _clean(re.split(r"(?<!\\)\|", line)[1:-1]) if line.startswith("|") and line.endswith("|") else ()
        if not cells or ("---" in line and not line.strip("|-: \t")):
            continue
        if cells[0]:
            rows = sheets.setdefault(cells[0], [])
        if any(cells[1:]):
            rows.append(Row(len(rows) + 1, cells[1:]))
            _refuse_long(len(rows) > ROWS or len(cells) > COLUMNS)
    if not sheets:
        raise WorkbookUnreadable("workbook.unknown_format")
    return tuple(Sheet(name, tuple(rows)) for name, rows in sheets.items())


def _clean(cells: list[str]) -> tuple[str, ...]:
    """Cells without what no text should have in it; line ends as line feeds, no-break spaces at the edges removed."""
    _refuse_long(any(len(cell) > CELL_CHARACTERS for cell in cells))
    lines = (cell.replace("\\|", "|").replace("\r\n", "\n").replace("\r", "\n") for cell in cells)
    return tuple(_NO_TEXT.sub("", cell).strip() for cell in lines)


def _refuse_long(is_long: bool) -> None:
    if is_long:
        raise WorkbookUnreadable("workbook.too_long", limit=_LIMIT)
