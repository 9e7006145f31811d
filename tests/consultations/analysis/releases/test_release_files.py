"""Every file of a release tells the same figures, in every script."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyreadstat
import pytest
from lxml import etree

from consultations.analysis.regional import released_tables
from consultations.analysis.releases.published import About, read_lines
from consultations.analysis.releases.release_files import CODEBOOK, SYSTEM_FILE, WORKBOOK, Of, release_files
from forms.packing import Layout
from forms.questionnaire import Questionnaire
from tests.consultations.analysis.releases.test_published import ABOUT

OF = Of({"en": "Rights", "zh": "权利"}, {"en": "N"}, {"en": "W"}, ("en", "zh", "ar"), "2026-03-01", "2026-04-30")


@pytest.fixture
def files(
    form: Questionnaire, packed: Layout, records: Callable[..., Any], people: list[dict[str, str]]
) -> dict[str, bytes]:
    return release_files(OF, ABOUT, released_tables(packed, form, records(people), ["region", "setting"]))


def test_the_system_file_has_the_cells_of_the_table_file(files: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "t.sav").write_bytes(files[SYSTEM_FILE])
    frame, about = pyreadstat.read_sav(tmp_path / "t.sav")
    cells = read_lines(files)
    assert list(zip(frame["table"], frame["row"], frame["column"], frame["shown"], frame["base"], strict=True)) == [
        (cell.table, cell.row, cell.column, cell.shown, cell.base) for cell in cells
    ]
    assert frame["count"].isna().tolist() == [cell.shown == "<5" for cell in cells]
    assert any(frame["column_label"] == "Obstacle 3")
    assert about.file_label == "rights-1"


def test_the_workbook_has_a_sheet_for_each_language_and_no_figure_of_its_own(files: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files[WORKBOOK]))
    assert book.sheetnames == ["English", "中文", "العربية"]
    published = {int(cell.shown) for cell in read_lines(files) if cell.shown != "<5"}
    published |= {cell.base for cell in read_lines(files)}
    shares = {cell.percent for cell in read_lines(files)}
    for sheet in book:
        numbers = [
            cell for row in sheet.iter_rows() for cell in row if cell.data_type == "n" and cell.value is not None
        ]
        assert {cell.value for cell in numbers if cell.number_format != "0%"} == published
        assert {round(100 * cell.value) for cell in numbers if cell.number_format == "0%"} <= shares


def test_the_codebook_describes_every_table_and_question(files: dict[str, bytes]) -> None:
    root = etree.fromstring(files[CODEBOOK])
    cubes = {cube.get("name"): cube for cube in root.iter("{ddi:codebook:2_5}nCube")}
    assert set(cubes) >= {cell.table for cell in read_lines(files)}
    names = {item.get("ID"): item.get("name") for item in root.iter("{ddi:codebook:2_5}var")}
    along = [names[each.get("varRef")] for each in cubes["obstacles.by.region"].iter("{ddi:codebook:2_5}dmns")]
    assert along == ["region", "obstacles"]


def test_a_release_with_nothing_to_show_has_all_files(
    form: Questionnaire, packed: Layout, records: Callable[..., Any], people: list[dict[str, str]]
) -> None:
    few = released_tables(packed, form, records(people[:5]), ["region", "setting"])
    assert all(release_files(OF, About("rights-1", ABOUT.date, (), {}), few).values())
