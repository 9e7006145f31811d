"""Reads one workbook in a process of its own: file on standard input, JSON on standard output, nothing else possible.

Run by `forms.xlsform.workbook` as a script, so it imports nothing of ours. It answers `{"names": [...], "sheets":
{name: [[row number, [cells]], ...]}}` or `{"error": code}`. It is the only place where spreadsheet libraries meet a
stranger's file: what breaks out of them meets limits of the kernel.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

MEMORY_BYTES = 700 * 1024 * 1024
CPU_SECONDS = 10
#: What we read of a sheet; a form of this size would take days to answer. Blank rows count as visited.
ROWS_VISITED = 200_000
ROWS_KEPT = 30_000
COLUMNS = 400
CHARACTERS = 10_000_000
CELLS = 500_000

#: Casefolded names of the sheets that are read; the others only give their names.
SHEETS = frozenset({"survey", "choices", "settings", "entities"})
#: openpyxl undoes the escape of an underscore, so of the others only those of control characters are unambiguous.
_ESCAPE = re.compile("_x(00[01][0-9A-Fa-f])_")
_ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})


class _TooLong(Exception):
    """More rows or text than we read."""


class _Protected(Exception):
    """The workbook wants a password."""


def main() -> None:
    """Reads the workbook of the kind named by the first argument (xlsx or xls)."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # openpyxl would import these where they are installed: slow to start, large in memory, no use here. Without lxml
    # it parses with defusedxml, which refuses entities.
    sys.modules["numpy"] = sys.modules["PIL"] = None  # type: ignore[assignment]  # None stops an import
    os.environ["OPENPYXL_LXML"] = "False"
    sys.stdout.write(json.dumps(answer(sys.argv[1], sys.stdin.buffer.read())))


def answer(kind: str, content: bytes) -> dict[str, Any]:
    """What the process prints, for the bytes of one file."""
    try:
        return _READERS[kind](content)
    except _TooLong:
        return {"error": "workbook.too_long"}
    except _Protected:
        return {"error": "workbook.password"}
    except (MemoryError, RecursionError):
        return {"error": "workbook.too_slow"}
    except Exception:  # these libraries raise anything at all on a damaged file
        return {"error": "workbook.damaged"}


def _read_xlsx(content: bytes) -> dict[str, Any]:
    import openpyxl
    import openpyxl.reader.excel as reader
    import openpyxl.xml

    if not openpyxl.xml.DEFUSEDXML:
        raise RuntimeError("workbooks are never parsed without defusedxml")
    try:
        return _xlsx_sheets(openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True))
    except _TooLong:
        raise
    except Exception:
        # A stylesheet that openpyxl refuses says nothing that a form needs; without it, dates come as numbers.
        setattr(reader, "apply_stylesheet", lambda archive, workbook: workbook)  # noqa: B010 - not exported
        return _xlsx_sheets(openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True))


def _xlsx_sheets(book: Any) -> dict[str, Any]:
    sheets = [(sheet.title, sheet) for sheet in book.worksheets]
    # The size that a sheet declares of itself is often wrong: read until it ends.
    for _, sheet in sheets:
        sheet.reset_dimensions()
    return _kept((name, _xlsx_rows(sheet)) for name, sheet in sheets)


def _xlsx_rows(sheet: Any) -> Iterator[list[object]]:
    """Values with the escapes of ECMA-376 part 1, section 22.9.2.19 (`_x000D_`) undone, which openpyxl leaves in."""
    for row in sheet.iter_rows(values_only=True):
        yield [_ESCAPE.sub(_character, value) if isinstance(value, str) else value for value in row[:COLUMNS]]


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))


def _read_xls(content: bytes) -> dict[str, Any]:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
    except xlrd.XLRDError as failure:
        if "encrypted" in str(failure).lower():
            raise _Protected from failure
        raise
    return _kept((name, _xls_rows(book, name)) for name in book.sheet_names())


def _xls_rows(book: Any, name: str) -> Iterator[list[object]]:
    import xlrd

    def value(cell: Any) -> object:
        if cell.ctype == xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, book.datemode)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        return "" if cell.ctype == xlrd.XL_CELL_ERROR else cell.value

    sheet = book.sheet_by_name(name)
    for index in range(sheet.nrows):
        yield [value(cell) for cell in sheet.row(index)[:COLUMNS]]


def _kept(sheets: Iterable[tuple[str, Iterable[Iterable[object]]]]) -> dict[str, Any]:
    names: list[str] = []
    kept: list[list[object]] = []
    characters = count = 0
    for name, rows in sheets:
        names.append(name)
        if name.strip().casefold() not in SHEETS:
            continue
        filled: list[list[object]] = []
        for number, row in enumerate(islice(rows, ROWS_VISITED + 1), 1):
            cells = [_written(value) for value in row]
            while cells and not cells[-1].strip():
                cells.pop()
            characters += sum(map(len, cells))
            count += len(cells)
            if cells:
                filled.append([number, cells])
            is_long = number > ROWS_VISITED or len(filled) > ROWS_KEPT
            if is_long or characters > CHARACTERS or count > CELLS:
                raise _TooLong
        kept.append([name, filled])
    return {"names": names, "sheets": kept}


def _written(value: object) -> str:
    """A cell as an author means it: 3 and not 3.0, TRUE and FALSE, ISO 8601 dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(timespec="seconds")
    text = str(value)
    return "" if text in _ERRORS else text


_READERS: dict[str, Callable[[bytes], dict[str, Any]]] = {"xlsx": _read_xlsx, "xls": _read_xls}

if __name__ == "__main__":  # pragma: no cover - runs in the child
    main()
