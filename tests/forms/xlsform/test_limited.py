"""What happens inside the limited child, looked at in this process."""

import datetime as dt
import io
import json
import resource
import sys
from pathlib import Path

import pytest
import xlrd
import xlsxwriter

from forms.xlsform import limited
from forms.xlsform.spending import Spent

FORMS = Path(__file__).parents[3] / "../shared/fixtures/forms"


def xlsx(rows):
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"default_date_format": "yyyy-mm-dd"}) as book:
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
    assert set_limits[resource.RLIMIT_NPROC] == set_limits[resource.RLIMIT_FSIZE] == 0
    assert json.loads(capsys.readouterr().out) == {"error": "workbook.damaged"}


def test_it_answers_names_and_rows():
    found = limited.answer("xlsx", xlsx([["type", "name", " "], ["", ""], ["text", "a\x01"]]))
    assert found["names"] == ["Survey", "notes"]
    assert found["sheets"] == [["Survey", [[1, ["type", "name"]], [3, ["text", "a\x01"]]]]]


@pytest.mark.parametrize("limit", ["most_visited", "most_kept", "most_characters", "most_cells"])
def test_it_stops_where_a_sheet_is_too_long(monkeypatch, limit):
    monkeypatch.setattr(limited, "Spent", lambda: Spent(**{limit: 1}))
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


def test_what_openpyxl_refuses_is_read_by_another_library(monkeypatch):
    monkeypatch.setattr("openpyxl.reader.excel.apply_stylesheet", refusing)
    content = xlsx([["type", dt.datetime(2026, 3, 8)]])
    assert limited.answer("xlsx", content)["sheets"] == [["Survey", [[1, ["type", "2026-03-08"]]]]]


def test_a_stylesheet_that_nobody_reads_is_left_out(monkeypatch):
    monkeypatch.setattr("openpyxl.reader.excel.apply_stylesheet", refusing)
    monkeypatch.setattr("python_calamine.CalamineWorkbook", None)
    assert limited.answer("xlsx", xlsx([["type"]]))["sheets"] == [["Survey", [[1, ["type"]]]]]


def refusing(archive, workbook):
    raise ValueError("no fills")


MOMENTS = [
    *(("yyyy-mm-dd", 46089), ("yyyy-mm-dd hh:mm", 46089.3785), ("hh:mm", 0.378472222222222), ("hh:mm", 0)),
    *(("[h]:mm", 1.5), ("[h]:mm", 0.25), ("yyyy-mm-dd hh:mm", 46089.99999999), ("General", 0.1), ("General", 1e17)),
]
ODD = [True, False, 3.0, 2.5, "a_x000D_b", "_x0041_", " é ", "1e3", "007"]


def everything():
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        sheet = book.add_worksheet("survey")
        sheet.write_row(3, 2, ODD)
        sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(3, 14, "=A1", None, "kept")
        for column, (shown, value) in enumerate(MOMENTS):
            sheet.write_number(4, column, value, book.add_format({"num_format": shown}))
    return memory.getvalue()


def test_two_readers_write_every_kind_of_cell_the_same():
    first = limited._with_openpyxl(everything())
    assert first == limited._with_calamine(everything())
    assert first["sheets"][0][1][1] == [
        5,
        [
            *("2026-03-08", "2026-03-08T09:05:02", "09:05:00", "00:00:00"),
            *("36:00:00", "06:00:00", "2026-03-09", "0.1", "100000000000000000"),
        ],
    ]


@pytest.mark.skipif(not FORMS.exists(), reason="the fixtures do not lie beside the project")
@pytest.mark.parametrize("path", sorted(FORMS.glob("*.xls*")), ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore:Unknown extension")
def test_two_readers_read_a_real_workbook_the_same(path):
    content = path.read_bytes()
    usual = limited._with_openpyxl if content.startswith(b"PK") else limited._read_xls
    assert usual(content) == limited._with_calamine(content)


def test_a_workbook_from_a_mac_counts_its_days_from_1904():
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"date_1904": True}) as book:
        book.add_worksheet("survey").write_datetime(0, 0, dt.datetime(2026, 3, 8), book.add_format({"num_format": 14}))
    for read in (limited._with_openpyxl, limited._with_calamine):
        assert read(memory.getvalue())["sheets"][0][1] == [[1, ["2026-03-08"]]]


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
        cells = [
            (xlrd.XL_CELL_TEXT, "type"),
            (xlrd.XL_CELL_DATE, 46089.0),
            (xlrd.XL_CELL_DATE, 0.5),
            (xlrd.XL_CELL_BOOLEAN, 1),
        ]
        return [_Cell(*cell) for cell in (*cells, (xlrd.XL_CELL_ERROR, 42), (xlrd.XL_CELL_NUMBER, 7.0))]


def test_cells_of_old_workbooks_are_read(monkeypatch):
    monkeypatch.setattr(xlrd, "open_workbook", lambda **_: _Book())
    cells = limited.answer("xls", b"")["sheets"][0][1][0][1]
    assert cells == ["type", "2026-03-08", "12:00:00", "TRUE", "", "7"]


def test_of_a_table_the_first_sheet_is_read(monkeypatch):
    found = limited.answer("xlsx-table", xlsx([["Where?", "Age"], ["Kyiv", 31]]))
    assert found == {
        "names": ["Survey", "notes"],
        "sheets": [["Survey", [[1, ["Where?", "Age"]], [2, ["Kyiv", "31"]]]]],
    }
    monkeypatch.setattr(xlrd, "open_workbook", lambda **_: _Book())
    assert limited.answer("xls-table", b"")["sheets"][0][1][0][1][:2] == ["type", "2026-03-08"]


def rows_of(kind, text):
    found = limited.answer(kind, text.encode())
    return [cells for _, cells in found["sheets"][0][1]] if "sheets" in found else found["error"]


def test_an_xml_file_of_choices_is_its_items():
    text = "<root><item><name>a</name><label>Apple</label></item><x/><item><name>b</name><size/></item></root>"
    assert rows_of("xml", text) == [["name", "label", "size"], ["a", "Apple"], ["b"]]


def test_an_xml_file_with_entities_is_refused():
    text = '<!DOCTYPE r [<!ENTITY x "y">]><root><item><name>&x;</name></item></root>'
    assert rows_of("xml", text) == "workbook.damaged"


def test_a_geojson_file_of_choices_is_the_properties_of_its_features():
    features = [{"id": "a", "properties": {"title": "Apple", "n": 3.0, "at": [1]}}, {"properties": {"id": "b"}}, {}]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    assert rows_of("geojson", text) == [["id", "title", "n"], ["a", "Apple", "3"], ["b"]]


@pytest.mark.parametrize("text", ["[", "{}", "[" * 100_000, '{"features": 3}', '{"features": ["x"]}'])
def test_a_geojson_file_that_is_none_is_refused(text):
    assert rows_of("geojson", text).startswith("workbook.")


def test_a_file_of_choices_with_too_many_columns_is_refused(monkeypatch):
    monkeypatch.setattr(limited, "COLUMNS", 1)
    assert rows_of("xml", "<root><item><a/><b/></item></root>") == "workbook.too_long"
