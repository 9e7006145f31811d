"""Reads one file in a process of its own, which has limits of memory and time and can write nothing.

Run by `forms.xlsform.child` as a script, with the file on standard input. It answers, as JSON, `{"names": [...],
"sheets": [[name, [[row number, [cells]], ...]], ...]}` or `{"error": code}`. It is the only place where libraries that
read spreadsheets, XML or JSON meet a stranger's file: what breaks out of them meets limits of the kernel.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from unittest.mock import patch

if __name__ == "__main__":
    # An isolated interpreter knows nothing of the project; it needs three modules of it, which need nothing else.
    sys.path.append(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

from forms.xlsform.confined import confine
from forms.xlsform.spending import COLUMNS, TABLE_COLUMNS, Spent, TooLong, filled, of_a_table

MEMORY_BYTES = 700 * 1024 * 1024
CPU_SECONDS = 10
_LIMITS = (MEMORY_BYTES, CPU_SECONDS)
#: A table of answers is long, and has no meaning of its own that would have to be worked out.
TABLE_SUFFIX = "-table"
TABLE_CPU_SECONDS = 60
TABLE_MEMORY_BYTES = 2 * 1024 * 1024 * 1024
#: Casefolded names of the sheets that are read; the others only give their names.
SHEETS = frozenset({"survey", "choices", "settings", "entities", "external_choices"})
#: The sheet that a file of choices makes: its columns, then its rows.
ROWS = "rows"
#: openpyxl undoes the escape of an underscore, so of the others only those of control characters are unambiguous.
_ESCAPE = re.compile("_x(00[01][0-9A-Fa-f])_")


class _Protected(Exception):
    """The workbook wants a password."""


def main() -> None:
    """Reads the file of the kind named by the first argument: xlsx, xls, xml, geojson."""
    limits = (TABLE_MEMORY_BYTES, TABLE_CPU_SECONDS) if sys.argv[1].endswith(TABLE_SUFFIX) else _LIMITS
    confine(sys.argv[1], *limits)
    sys.stdout.write(json.dumps(answer(sys.argv[1], sys.stdin.buffer.read())))


def answer(kind: str, content: bytes) -> dict[str, Any]:
    """What the process prints, for the bytes of one file."""
    try:
        return _READERS[kind](content)
    except TooLong:
        return {"error": "workbook.too_long"}
    except _Protected:
        return {"error": "workbook.password"}
    except (MemoryError, RecursionError):
        return {"error": "workbook.too_slow"}
    except Exception:  # these libraries raise anything at all on a damaged file
        return {"error": "workbook.damaged"}


def _read_xlsx(content: bytes) -> dict[str, Any]:
    """With openpyxl; what it refuses (a stylesheet, mostly) with calamine, and with no stylesheet at all."""
    import openpyxl.xml

    if not openpyxl.xml.DEFUSEDXML:
        raise RuntimeError("workbooks are never parsed without defusedxml")
    for read in (_with_openpyxl, _with_calamine):
        try:
            return read(content)
        except (TooLong, MemoryError):
            raise
        except Exception:  # noqa: S112 - each library has its own, and the next one may do better
            continue
    return _without_styles(content)


def _with_openpyxl(content: bytes) -> dict[str, Any]:
    import openpyxl

    return _xlsx_sheets(openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True))


def _without_styles(content: bytes) -> dict[str, Any]:
    """A stylesheet says nothing that a form needs; without it, dates come as numbers."""
    import openpyxl.reader.excel as reader

    with patch.object(reader, "apply_stylesheet", lambda archive, workbook: workbook):
        return _with_openpyxl(content)


def _with_calamine(content: bytes) -> dict[str, Any]:
    """It aborts the process where memory ends: never to be called outside this one."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return _kept((name, _calamine_rows(book, name)) for name in book.sheet_names)


def _calamine_rows(book: Any, name: str, columns: int = COLUMNS) -> Iterator[list[object]]:
    """Every row from the first, every cell from the first column; calamine leaves out the columns before the first."""
    sheet = book.get_sheet_by_name(name)
    before: list[object] = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield [_unescaped(value) for value in (before + row)[:columns]]


def _xlsx_sheets(book: Any) -> dict[str, Any]:
    sheets = [(sheet.title, sheet) for sheet in book.worksheets]
    # The size that a sheet declares of itself is often wrong: read until it ends.
    for _, sheet in sheets:
        sheet.reset_dimensions()
    return _kept((name, _xlsx_rows(sheet)) for name, sheet in sheets)


def _xlsx_rows(sheet: Any) -> Iterator[list[object]]:
    """Values with the escapes of ECMA-376 part 1, section 22.9.2.19 (`_x000D_`) undone, which openpyxl leaves in."""
    for row in sheet.iter_rows(values_only=True):
        yield [_unescaped(value) for value in row[:COLUMNS]]


def _unescaped(value: object) -> object:
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), value) if isinstance(value, str) else value


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
            moment: dt.datetime = xlrd.xldate_as_datetime(cell.value, book.datemode)
            # Less than a day is a time of day, as the other readers have it.
            return moment.time() if 0 <= cell.value < 1 else moment
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        return "" if cell.ctype == xlrd.XL_CELL_ERROR else cell.value

    sheet = book.sheet_by_name(name)
    for index in range(sheet.nrows):
        yield [value(cell) for cell in sheet.row(index)[:COLUMNS]]


def _read_xlsx_table(content: bytes) -> dict[str, Any]:
    """With calamine alone: openpyxl takes ten times as long."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return _first(book.sheet_names, _calamine_rows(book, book.sheet_names[0], TABLE_COLUMNS))


def _read_xls_table(content: bytes) -> dict[str, Any]:
    import xlrd

    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
    return _first(book.sheet_names(), _xls_rows(book, book.sheet_names()[0]))


def _first(names: list[str], rows: Iterable[Iterable[object]]) -> dict[str, Any]:
    spent = of_a_table()
    return {"names": names, "sheets": [[names[0], filled(rows, spent)]]}


def _read_xml(content: bytes) -> dict[str, Any]:
    """`<root><item><name>a</name>...</item>...</root>`, as ODK takes choices from; namespaces are left out."""
    import defusedxml.ElementTree as safe

    items = [item for item in safe.fromstring(content) if _local(item.tag) == "item"]
    return _listed([{_local(cell.tag): cell.text or "" for cell in item} for item in items])


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _read_geojson(content: bytes) -> dict[str, Any]:
    """A FeatureCollection (RFC 7946): each feature is a row of its properties and its id; geometries are left out."""
    rows = []
    for feature in json.loads(content.decode("utf-8-sig"))["features"]:
        given = {"id": feature["id"]} if "id" in feature else {}
        rows.append({**given, **(feature.get("properties") or {})})
    return _listed([{str(key): value for key, value in row.items() if _is_plain(value)} for row in rows])


def _is_plain(value: object) -> bool:
    return not isinstance(value, dict | list)


def _listed(rows: list[dict[str, Any]]) -> dict[str, Any]:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    if len(columns) > COLUMNS:
        raise TooLong
    table: list[list[object]] = [list(columns), *([row.get(column) for column in columns] for row in rows)]
    return {"names": [ROWS], "sheets": [[ROWS, filled(table, Spent())]]}


def _kept(sheets: Iterable[tuple[str, Iterable[Iterable[object]]]]) -> dict[str, Any]:
    names: list[str] = []
    kept: list[list[object]] = []
    spent = Spent()
    for name, rows in sheets:
        names.append(name)
        if name.strip().casefold() in SHEETS:
            kept.append([name, filled(rows, spent)])
    return {"names": names, "sheets": kept}


_READERS: dict[str, Callable[[bytes], dict[str, Any]]] = {
    "xlsx": _read_xlsx,
    "xls": _read_xls,
    "xlsx-table": _read_xlsx_table,
    "xls-table": _read_xls_table,
    "xml": _read_xml,
    "geojson": _read_geojson,
}

if __name__ == "__main__":  # pragma: no cover - runs in the child
    main()
