"""What happens inside the limited child, looked at in this process."""

import datetime as dt
import io
import json
import resource
import sys

import pytest
import xlrd
import xlsxwriter

from forms.xlsform import limited


def xlsx(rows):
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        sheet = book.add_worksheet("Survey")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.add_worksheet("notes").write(0, 0, "private")
    return memory.getvalue()


def test_it_sets_limits_before_it_reads(monkeypatch, capsys):
    set_limits = {}
    monkeypatch.setattr(resource, "setrlimit", lambda kind, both: set_limits.update({kind: both[0]}))
    monkeypatch.setattr(sys, "argv", ["limited.py", "xlsx"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"garbage")))
    for name in ("numpy", "PIL"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setenv("OPENPYXL_LXML", "False")
    limited.main()
    assert set_limits[resource.RLIMIT_AS] == limited.MEMORY_BYTES
    assert set_limits[resource.RLIMIT_CPU] == limited.CPU_SECONDS
    assert json.loads(capsys.readouterr().out) == {"error": "workbook.damaged"}


def test_it_answers_names_and_rows():
    found = limited.answer("xlsx", xlsx([["type", "name", " "], ["", ""], ["text", "a\x01"]]))
    assert found["names"] == ["Survey", "notes"]
    assert found["sheets"] == [["Survey", [[1, ["type", "name"]], [3, ["text", "a\x01"]]]]]


@pytest.mark.parametrize("limit", ["ROWS_VISITED", "ROWS_KEPT", "CHARACTERS", "CELLS"])
def test_it_stops_where_a_sheet_is_too_long(monkeypatch, limit):
    monkeypatch.setattr(limited, limit, 1)
    assert limited.answer("xlsx", xlsx([["type"], ["text"]])) == {"error": "workbook.too_long"}


def test_it_never_parses_without_defusedxml(monkeypatch):
    monkeypatch.setattr("openpyxl.xml.DEFUSEDXML", False)
    assert limited.answer("xlsx", xlsx([["type"]])) == {"error": "workbook.damaged"}


def test_running_out_of_memory_is_an_answer(monkeypatch):
    def exhausted(content):
        raise MemoryError

    monkeypatch.setitem(limited._READERS, "xlsx", exhausted)
    assert limited.answer("xlsx", b"") == {"error": "workbook.too_slow"}


@pytest.mark.parametrize(
    ("message", "code"), [("Workbook is encrypted", "workbook.password"), ("Expected BOF", "workbook.damaged")]
)
def test_an_old_workbook_behind_a_password_says_so(monkeypatch, message, code):
    def refuse(**_):
        raise xlrd.XLRDError(message)

    monkeypatch.setattr(xlrd, "open_workbook", refuse)
    assert limited.answer("xls", b"") == {"error": code}


def test_a_broken_stylesheet_is_left_out(monkeypatch):
    import openpyxl.reader.excel as reader

    def broken(archive, workbook):
        raise ValueError("no fills")

    monkeypatch.setattr(reader, "apply_stylesheet", broken)
    assert limited.answer("xlsx", xlsx([["type"]]))["sheets"] == [["Survey", [[1, ["type"]]]]]


class _Cell:
    def __init__(self, ctype, value):
        self.ctype, self.value = ctype, value


class _Book:
    """An old workbook as xlrd shows it: there is no library to write one with."""

    datemode = 0
    nrows = 1

    def sheet_names(self):
        return ["survey"]

    def sheet_by_name(self, name):
        return self

    def row(self, index):
        cells = [(xlrd.XL_CELL_TEXT, "type"), (xlrd.XL_CELL_DATE, 46089.0), (xlrd.XL_CELL_BOOLEAN, 1)]
        return [_Cell(*cell) for cell in (*cells, (xlrd.XL_CELL_ERROR, 42), (xlrd.XL_CELL_NUMBER, 7.0))]


def test_cells_of_old_workbooks_are_read(monkeypatch):
    monkeypatch.setattr(xlrd, "open_workbook", lambda **_: _Book())
    cells = limited.answer("xls", b"")["sheets"][0][1][0][1]
    assert cells == ["type", "2026-03-08", "TRUE", "", "7"]


def test_odd_values_become_text():
    assert limited._written(None) == ""
    assert limited._written("#REF!") == ""
    assert limited._written(dt.time(9, 5)) == "09:05:00"
