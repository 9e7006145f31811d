"""`python -m forms` prints every problem at once and says by its status whether the form can be used."""

import json
import runpy
import sys

import pytest

from forms.__main__ import main

USABLE = "| survey |\n| | type | name | label |\n| | start | s | |\n| | text | q1 | Why? |\n"


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "form.md"
        path.write_text(text)
        return str(path)

    return write


def test_a_usable_form(file, capsys):
    assert main(["check", file(USABLE)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("notice: survey, row 2, column type: “s” (start) was dropped")
    assert lines[1] == "Usable: 1 questions, 1 pages, languages und."


def test_a_form_with_errors_as_json(file, capsys):
    assert main(["check", "--json", file("| survey |\n| | type | name |\n| | rubbish | q1 |")]) == 1
    assert [problem["code"] for problem in json.loads(capsys.readouterr().out)] == ["form.asks_nothing", "type.unknown"]


def test_a_file_that_cannot_be_read(file, tmp_path, capsys):
    assert main(["check", file("words")]) == 2
    assert main(["check", str(tmp_path / "gone.xlsx")]) == 2
    assert "Not usable" in capsys.readouterr().out


def test_a_form_is_exported(file, tmp_path):
    out = tmp_path / "out.xlsx"
    assert main(["export", file(USABLE), str(out)]) == 0
    assert main(["check", str(out)]) == 0


def test_nothing_is_exported_from_a_form_with_errors(file, tmp_path):
    out = tmp_path / "out.xlsx"
    assert main(["export", file("| survey |\n| | type |\n| | x |"), str(out)]) == 1
    assert not out.exists()


def test_it_runs_as_a_module(file, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["forms", "check", file(USABLE)])
    monkeypatch.delitem(sys.modules, "forms.__main__")
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("forms", run_name="__main__")
    assert ended.value.code == 0
