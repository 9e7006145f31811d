"""The forms that are mutated: a few drawn here, and real ones where they lie beside the project."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from forms.xlsform import limited
from forms.xlsform.child import as_sheets
from forms.xlsform.importing import read_questionnaire
from forms.xlsform.sheets import Row, Sheet, WorkbookUnreadable
from forms.xlsform.workbook import read_workbook
from forms.xlsform.writing import write_xlsx

#: Markdown tables whose first column names the sheet.
DRAWN = tuple(sorted((Path(__file__).parent / "drawn").glob("*.md")))
FIXTURES = Path(__file__).parents[3] / "shared/fixtures"

#: A workbook as lists that can be written in: sheets of (name, rows of cells).
Book = list[tuple[str, list[list[str]]]]


@cache
def drawn_books() -> tuple[Book, ...]:
    """The forms drawn here; between them they have everything that forms have."""
    return tuple(_book(read_workbook(drawn.read_bytes())) for drawn in DRAWN)


@cache
def usable_books() -> tuple[Book, ...]:
    """The drawn forms, those of others that pyxform converts, and other people's workbooks."""
    # In this process: these are no strangers' files any more, and a child for each takes longer than all the rest.
    kinds = ((("xls", "xlsx")[content.startswith(b"PK")], content) for content in real_workbooks())
    with warnings.catch_warnings(action="ignore"):  # openpyxl tells of what it leaves out
        real = [_book(as_sheets(limited.answer(*kind))) for kind in kinds]
    return (*drawn_books(), *_cases(is_refused=False), *(book for book in real if any(rows for _, rows in book)))


@cache
def books() -> tuple[Book, ...]:
    """Those, and forms that others drew and that cannot be used."""
    return (*usable_books(), *_cases(is_refused=True))


def _cases(is_refused: bool) -> Iterator[Book]:
    file = FIXTURES / "markdown-forms/cases.jsonl"
    cases = [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []
    for case in cases:
        if case["errored"] == is_refused:
            with suppress(WorkbookUnreadable):
                yield _book(read_workbook(case["md"].encode()))


@cache
def real_workbooks() -> tuple[bytes, ...]:
    """Workbooks that others made: .xlsx, .xlsm and .xls."""
    return tuple(file.read_bytes() for file in sorted((FIXTURES / "forms").glob("*.xls*")))


@cache
def workbooks() -> tuple[bytes, ...]:
    """Workbooks in bytes: those of others, and the drawn forms written by ourselves."""
    forms = (read_questionnaire(sheets(book)).questionnaire for book in drawn_books())
    return (*(write_xlsx(form) for form in forms if form), *real_workbooks())


def sheets(book: Book) -> tuple[Sheet, ...]:
    """The book as the reader takes it; rows count from 1."""
    return tuple(
        Sheet(name, tuple(Row(number, tuple(row)) for number, row in enumerate(rows, 1) if any(row)))
        for name, rows in book
    )


def _book(read: Iterable[Sheet]) -> Book:
    return [(sheet.name, [list(row.cells) for row in sheet.rows]) for sheet in read]
