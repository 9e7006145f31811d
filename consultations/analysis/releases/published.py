"""The files of a release: what `release.json` and `tables.csv` hold, written and read back; docs/release-format.md."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from consultations.analysis.tables import EVERYBODY, MERGED, ReleasedRow, ReleasedTable, from_json, to_json
from exports.csv_file import csv_bytes, read_rows

RELEASE, TABLES = "release.json", "tables.csv"
#: Raised with every change of what stands in the files.
FORMAT = 1
COLUMNS = ("table", "row_question", "row", "column_question", "column", "shown", "percent", "base")
#: Stands for everybody where a row is named; no choice of an XLSForm can be called so, because names are letters first.
ALL = "*"

#: File name -> content.
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class About:
    """What a release says of itself."""

    #: `SLUG-NUMBER`.
    id: str
    date: datetime.date
    #: Names of the breakdowns, region first.
    plan: tuple[str, ...]
    #: The rules of `analysis.disclosure`, by name.
    rules: Mapping[str, int]
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of `tables.csv`: one cell of one table."""

    table: str
    row_question: str
    row: str
    column_question: str
    column: str
    #: The noisy count, or `<5`.
    shown: str
    #: In whole per cent of `base`; None where no share may be shown.
    percent: int | None
    #: People of the row who answered the question, with noise.
    base: int


def to_files(about: About, tables: Sequence[ReleasedTable]) -> dict[str, bytes]:
    """The two files that everything else is made from; the same release always gives the same bytes."""
    return {RELEASE: release_json(about, tables), TABLES: tables_csv(tables)}


def release_json(about: About, tables: Sequence[ReleasedTable]) -> bytes:
    """What the release is, what was merged and hidden, and the structure of every table."""
    described: dict[str, Any] = {
        "format": FORMAT,
        **asdict(about),
        "date": about.date.isoformat(),
        "plan": list(about.plan),
        "rules": dict(about.rules),
        "counts": {
            "tables": len(tables),
            "tables_hidden": sum(table.is_hidden for table in tables),
            "rows": sum(len(table.rows) for table in tables),
            "rows_merged": sum(row.kind == MERGED for table in tables for row in table.rows),
            "categories_hidden": sum(len(table.hidden) for table in tables),
        },
        **to_json(tuple(tables)),
    }
    return json.dumps(described, ensure_ascii=False, indent=1, sort_keys=False).encode() + b"\n"


def tables_csv(tables: Sequence[ReleasedTable]) -> bytes:
    """One line for each cell, UTF-8 with a byte order mark, as spreadsheets want it."""
    cells = (["" if value is None else str(value) for value in asdict(line).values()] for line in lines(tables))
    return csv_bytes([COLUMNS, *cells])


def lines(tables: Sequence[ReleasedTable]) -> Iterator[Line]:
    """The cells of all tables in their order; a table without rows has none."""
    for table in tables:
        asked = f"{table.question}/{table.item}" if table.item else table.question
        by = "/".join(name for name in ("region" if table.within else "", table.breakdown) if name)
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                yield Line(table.id, by, row_key(table, row), asked, column.name, cell.shown, cell.percent, row.base)


def row_key(table: ReleasedTable, row: ReleasedRow) -> str:
    """`*` for everybody, `africa`, `asia+europe` where they were merged, `africa/street` within a region."""
    name = ALL if row.kind == EVERYBODY else row.name
    return f"{table.within}/{name}" if table.within else name


def read_tables(files: Files) -> tuple[ReleasedTable, ...]:
    """The tables that `release.json` describes. Raises KeyError, TypeError, ValueError on anything else."""
    return from_json(json.loads(files[RELEASE]))


def read_lines(files: Files) -> tuple[Line, ...]:
    """The cells that `tables.csv` holds. Raises KeyError, ValueError on anything else."""
    return tuple(
        Line(
            row["table"],
            row["row_question"],
            row["row"],
            row["column_question"],
            row["column"],
            row["shown"],
            int(row["percent"]) if row["percent"] else None,
            int(row["base"]),
        )
        for row in read_rows(files[TABLES])
    )
