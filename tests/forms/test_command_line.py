"""`python -m forms` prints every problem at once and says by its status whether the form can be used."""

import json
import runpy
import sys

import pytest

from forms.__main__ import STOPPED, main

USABLE = "| survey |\n| | type | name | label |\n| | start | s | |\n| | text | q1 | Why? |\n"

ROWS = ["  row 2", "  row 4", "  row 5"]


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "form.md"
        path.write_text(text)
        return str(path)

    return write


def test_a_usable_form(file, capsys):
    assert main(["check", file(USABLE)]) == 0
    first, row, problem, remedy, _, verdict = capsys.readouterr().out.splitlines()
    assert (first, row) == ("Sheet survey", "  row 2")
    assert problem.startswith("    notice [type.identifying] column type: “s” (start) was dropped")
    assert remedy.startswith("      ")
    assert verdict == "0 errors, 1 notice. Usable: 1 question, 1 page, languages und."


def test_a_form_with_errors(file, capsys):
    assert main(["check", file(USABLE + "| | rubbish | q2 | |\n| | rubbish | q3 | |")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith(("Sheet", "  row"))] == ["Sheet survey", *ROWS]
    assert lines[-1].startswith("2 errors, 1 notice. Not usable")


def test_a_form_with_errors_as_json(file, capsys):
    assert main(["check", "--json", file("| survey |\n| | type | name |\n| | rubbish | q1 |")]) == 1
    problems = json.loads(capsys.readouterr().out)
    keys = {"code", "level", "sheet", "row", "column", "text", "remedy", "values"}
    assert {frozenset(problem) for problem in problems} == {frozenset(keys)}
    assert ("type.unknown", "error", "survey", 2) in [
        (problem["code"], problem["level"], problem["sheet"], problem["row"]) for problem in problems
    ]


def test_a_file_that_cannot_be_read(file, tmp_path, capsys):
    assert main(["check", file("words")]) == 2
    assert capsys.readouterr().out.startswith("The whole file\n    error [workbook.unknown_format] ")
    assert main(["check", str(tmp_path / "gone.xlsx")]) == 2
    assert main(["check", str(tmp_path)]) == 2
    assert main(["export", str(tmp_path / "gone.xlsx"), "out.xlsx"]) == 2


@pytest.mark.parametrize("name", ["-rf \x1b[2J\n.md", "caf\udce9.md", ".md", "名.md"])
def test_a_file_may_have_any_name(tmp_path, capsys, name):
    path = tmp_path / "a/b/c" / name
    path.parent.mkdir(parents=True)
    path.write_text(USABLE)
    assert main(["check", str(path)]) == 0
    assert main(["check", "--json", str(path)]) == 0
    assert main(["export", str(path), str(tmp_path / "out.xlsx")]) == 0
    assert main(["check", str(path) + "?"]) == 2
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err


def test_choices_in_a_file_beside_the_form_are_taken_over(file, tmp_path, capsys):
    path = file("| survey |\n| | type | name | label |\n| | select_one_from_file f.csv | q1 | Which? |")
    (tmp_path / "f.csv").write_text("name,label\na,Apple\n")
    assert main(["export", path, str(tmp_path / "out/out.xlsx")]) == 2
    (tmp_path / "out").mkdir()
    assert main(["export", path, str(tmp_path / "out/out.xlsx")]) == 0
    capsys.readouterr()
    assert main(["check", str(tmp_path / "out/out.xlsx")]) == 0
    assert capsys.readouterr().out == "0 errors, 0 notices. Usable: 1 question, 1 page, languages und.\n"


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


def test_somebody_who_has_read_enough_ends_it_without_a_word(file, tmp_path, capfd, monkeypatch):
    def closed(given):
        raise BrokenPipeError

    monkeypatch.setattr("forms.commands.checking.run", closed)
    with (tmp_path / "out").open("w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert main(["check", file(USABLE)]) == STOPPED
        print("into nothing")

    assert (tmp_path / "out").read_text() == ""
    assert capfd.readouterr().err == ""
