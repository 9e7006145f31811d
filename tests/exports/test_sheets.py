"""A workbook has numbers to reckon with and text that stays text."""

from __future__ import annotations

import io

import openpyxl
import pytest

from exports.sheets import Line, Share, Sheet, sheet_name, xlsx

SHEET = Sheet("English", [Line(["Where?"], "title"), Line(["=1+1", 12, Share(45), None, "<5"])])


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_numbers_and_shares_are_numbers_and_a_formula_is_text() -> None:
    row = opened(xlsx([SHEET]))["English"][2]
    assert [cell.value for cell in row] == ["=1+1", 12, 0.45, None, "<5"]
    assert row[0].data_type == "s"
    assert row[2].number_format == "0%"


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert xlsx([SHEET]) == xlsx([SHEET])


def test_a_sheet_can_run_from_right_to_left() -> None:
    book = opened(xlsx([Sheet("العربية", [], right_to_left=True), SHEET]))
    assert [page.sheet_view.rightToLeft for page in book] == [True, None]


@pytest.mark.parametrize(("name", "allowed"), [("a/b", "a b"), ("x" * 40, "x" * 31), ("", "-")])
def test_a_sheet_is_called_as_excel_allows(name: str, allowed: str) -> None:
    assert sheet_name(name) == allowed
