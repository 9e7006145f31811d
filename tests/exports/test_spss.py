"""A system file holds the columns with their labels in every script, and nothing of when it was made."""

from __future__ import annotations

import time
from pathlib import Path

import pyreadstat
import pytest

from exports.spss import Variable, sav

LONG = "Слово " * 100
COLUMNS = [
    Variable("row", "行 – ряд", ["Africa", "Азия"]),
    Variable("count", LONG, [12, None], "scale"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "tables.sav"
    found.write_bytes(sav(COLUMNS, LONG, [LONG, "备注"]))
    return found


def test_values_and_labels_are_read_back(file: Path) -> None:
    frame, about = pyreadstat.read_sav(file)
    assert frame["row"].tolist() == ["Africa", "Азия"]
    assert frame["count"].isna().tolist() == [False, True]
    assert about.column_names_to_labels["row"] == "行 – ряд"
    assert about.variable_measure == {"row": "nominal", "count": "scale"}


def test_what_is_too_long_is_cut_between_letters(file: Path) -> None:
    _, about = pyreadstat.read_sav(file)
    assert LONG.startswith(about.column_names_to_labels["count"])
    assert LONG.startswith(about.file_label)
    assert "".join(about.notes).replace(" ", "") == (LONG + "备注").replace(" ", "")


def test_the_same_columns_give_the_same_bytes_at_any_time(file: Path) -> None:
    time.sleep(1.1)  # the library writes the second of making
    assert sav(COLUMNS, LONG, [LONG, "备注"]) == file.read_bytes()


def test_a_release_without_cells_has_a_file_too(tmp_path: Path) -> None:
    file = tmp_path / "none.sav"
    file.write_bytes(sav([Variable("row", "", []), Variable("count", "", [])], "none"))
    assert len(pyreadstat.read_sav(file)[0]) == 0
