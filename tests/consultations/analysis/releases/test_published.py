"""The files of a release say what the tables say, and are read back as they were."""

from __future__ import annotations

import datetime
import json

from consultations.analysis.releases.published import RELEASE, TABLES, About, read_lines, read_tables, to_files
from consultations.analysis.tables import EVERYBODY, FEW, ONE, ReleasedCell, ReleasedColumn, ReleasedRow, ReleasedTable

ABOUT = About("rights-1", datetime.date(2026, 6, 1), ("region", "setting"), {"least_base": 10})
CELLS = (ReleasedCell("33", 81), ReleasedCell(FEW, None))
COLUMNS = (ReleasedColumn("yes", {"en": "Yes", "ru": "Да"}), ReleasedColumn("no", {"en": "No"}))
ROWS = (
    ReleasedRow(EVERYBODY, "", (), 41, CELLS),
    ReleasedRow(ONE, "street", ({"en": "Street"},), 41, CELLS),
)


def table(**more: object) -> ReleasedTable:
    given = {"id": "q.by.setting", "question": "q", "question_label": {"en": "So?"}, "breakdown": "setting"}
    return ReleasedTable(
        **{**given, "breakdown_label": {}, "kind": "categories", "columns": COLUMNS, "rows": ROWS, **more}
    )


def test_tables_are_read_back_as_they_were_written() -> None:
    written = (table(), table(id="r", hidden=({"en": "Bar"},)), table(rows=(), columns=()))
    assert read_tables(to_files(ABOUT, written)) == written


def test_one_line_stands_for_one_cell() -> None:
    found = to_files(ABOUT, (table(within="africa"), table(breakdown="", item="health")))
    assert found[TABLES].decode("utf-8-sig").splitlines()[:4] == [
        "table,row_question,row,column_question,column,shown,percent,base",
        "q.by.setting,region/setting,africa/*,q,yes,33,81,41",
        "q.by.setting,region/setting,africa/*,q,no,<5,,41",
        "q.by.setting,region/setting,africa/street,q,yes,33,81,41",
    ]
    assert {line.column_question for line in read_lines(found)} == {"q", "q/health"}


def test_a_choice_that_a_spreadsheet_program_would_calculate_is_text_there_and_read_back() -> None:
    columns = (ReleasedColumn("-97", {"en": "Do not know"}), ReleasedColumn("no", {"en": "No"}))
    found = to_files(ABOUT, (table(columns=columns),))
    assert ",q,'-97,33,81,41" in found[TABLES].decode("utf-8-sig")
    assert read_lines(found)[0].column == "-97"


def test_a_release_says_what_it_is_and_what_it_hid() -> None:
    stored = json.loads(to_files(ABOUT, (table(hidden=({"en": "Bar"},)), table(rows=())))[RELEASE])
    assert (stored["id"], stored["date"], stored["plan"]) == ("rights-1", "2026-06-01", ["region", "setting"])
    assert stored["counts"] == {
        "tables": 2,
        "tables_hidden": 1,
        "rows": 2,
        "rows_merged": 0,
        "categories_hidden": 1,
    }
