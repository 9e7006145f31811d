"""Files become sheets of rows; what is no workbook, or a dangerous one, becomes one plain problem."""

import datetime as dt
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
import xlsxwriter

from forms.xlsform import child, sheets, workbook
from forms.xlsform.sheets import Row, WorkbookUnreadable
from forms.xlsform.workbook import read_workbook

XXE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


#: openpyxl raises on it; calamine asks for nothing but formats.
ODD_STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fills><fill/></fills></styleSheet>'
)


def xlsx(**sheets):
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"strings_to_formulas": False}) as book:
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write(number, column, value, *([dates] if isinstance(value, dt.datetime) else []))
    return memory.getvalue()


def changed(content, change, compression=zipfile.ZIP_DEFLATED):
    """The same archive with the text of every entry passed through `change(name, text)`."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(memory, "w", compression) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry).decode()))
    return memory.getvalue()


def archive(entries):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in entries:
            new.writestr(name, content)
    return memory.getvalue()


def refusal(content):
    with pytest.raises(WorkbookUnreadable) as caught:
        read_workbook(content)
    assert caught.value.problem.text
    assert caught.value.problem.remedy
    return caught.value.problem.code


def test_rows_remember_their_numbers_and_blank_ones_are_left_out():
    content = xlsx(survey=[["type", "name"], [], ["text", " q1 "]], settings=[["form_id"], ["f"]])
    survey, settings = read_workbook(content)
    assert (survey.name, settings.name) == ("survey", "settings")
    assert survey.rows == (Row(1, ("type", "name")), Row(3, ("text", "q1")))


def test_cells_are_written_as_an_author_means_them():
    content = xlsx(survey=[["type", 3.0, 2.5, True, False, dt.datetime(2026, 3, 8), dt.datetime(2026, 3, 8, 9, 5)]])
    expected = ("type", "3", "2.5", "TRUE", "FALSE", "2026-03-08", "2026-03-08T09:05:00")
    assert read_workbook(content)[0].rows[0].cells == expected


def test_sheets_that_a_form_does_not_use_only_give_their_names():
    assert read_workbook(xlsx(notes=[["private"]], survey=[["type"]]))[0].rows == ()


def test_text_loses_what_no_database_takes():
    content = xlsx(survey=[["a\x01b\r\nc _x0041_\u00a0"]])
    assert read_workbook(content)[0].rows[0].cells == ("ab\nc _x0041_",)


def test_a_markdown_table_is_a_workbook():
    content = b"""
        | survey |
        | | type | name |
        | | ---- | ---- |
        | | text | a\\|b |
        words between
        | choices |
        | settings | |
    """
    survey, choices, _ = read_workbook(content)
    assert survey.rows == (Row(1, ("type", "name")), Row(2, ("text", "a|b")))
    assert choices.rows == ()


def test_threads_may_read_at_the_same_time():
    content = xlsx(survey=[["type"]])
    with ThreadPoolExecutor(3) as threads:
        assert all(threads.map(read_workbook, [content] * 3))


def test_a_stylesheet_that_openpyxl_refuses_does_no_harm():
    broken = changed(
        xlsx(survey=[["type"]]), lambda name, text: "<styleSheet><fills/>" if name == "xl/styles.xml" else text
    )
    assert read_workbook(broken)[0].rows[0].cells == ("type",)


@pytest.mark.parametrize("content", [b"", b" \n "])
def test_an_empty_file_is_refused(content):
    assert refusal(content) == "workbook.empty"


@pytest.mark.parametrize("content", [b"type,name,label\ntext,q1,Why?", b'"Type";"Name"\ntext;q1', b"\ntype\tname"])
def test_a_survey_sheet_saved_on_its_own_is_refused_by_its_name(content):
    assert refusal(content) == "workbook.csv"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00garbage", b"just words", b"%PDF-1.7", archive([("word/a", "x")])])
def test_another_kind_of_file_is_refused(content):
    assert refusal(content) == "workbook.unknown_format"


def test_a_file_that_is_too_large_is_refused():
    assert refusal(b"x" * (workbook.SIZE_BYTES + 1)) == "workbook.too_large"


@pytest.mark.parametrize("length", [4, 100, 2000, -30])
def test_a_truncated_workbook_is_refused(length):
    assert refusal(xlsx(survey=[["type"]])[:length]) == "workbook.damaged"


def test_an_archive_that_only_looks_like_a_workbook_is_refused():
    assert refusal(archive([("xl/workbook.xml", "<nothing/>")])) == "workbook.damaged"


def test_entities_are_never_expanded():
    def poisoned(name, text):
        return XXE + "<sst>&x;</sst>" if name == "xl/sharedStrings.xml" else text

    assert refusal(changed(xlsx(survey=[["type"]]), poisoned)) == "workbook.damaged"


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert refusal(archive([("xl/workbook.xml", "0" * (2 * workbook.RATIO_FROM_BYTES))])) == "workbook.suspicious"


def test_an_archive_of_very_many_entries_is_refused():
    entries = [(f"xl/{number}", "") for number in range(workbook.ZIP_ENTRIES + 1)]
    assert refusal(archive(entries)) == "workbook.suspicious"


def test_an_archive_that_unpacks_to_very_much_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "UNPACKED_BYTES", 1000)
    assert refusal(xlsx(survey=[["type"]])) == "workbook.suspicious"


def test_a_workbook_of_a_million_rows_is_refused():
    rows = "<row/>" * 1_000_000

    def filled(name, text):
        return text.replace("<sheetData/>", f"<sheetData>{rows}</sheetData>") if "sheet1" in name else text

    assert refusal(changed(xlsx(survey=[]), filled)) == "workbook.suspicious"
    assert refusal(changed(xlsx(survey=[]), filled, zipfile.ZIP_STORED)) == "workbook.too_long"


def test_a_bomb_for_the_library_that_reads_odd_stylesheets_only_ends_its_own_process():
    def stretched(name, text):
        text = ODD_STYLES if name == "xl/styles.xml" else text
        cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        return text.replace("<sheetData/>", f"<sheetData>{cells}</sheetData>") if "sheet1" in name else text

    content = changed(xlsx(survey=[]), stretched)
    assert len(content) < 10_000
    assert refusal(content) == "workbook.too_slow"


def test_too_much_time_is_a_problem_of_the_file(monkeypatch):
    monkeypatch.setattr(child, "WALL_SECONDS", 0.001)
    assert refusal(xlsx(survey=[["type"]])) == "workbook.too_slow"


def test_a_child_that_dies_is_a_problem_of_the_file(monkeypatch, tmp_path):
    script = tmp_path / "dies.py"
    script.write_text("raise SystemExit(3)")
    monkeypatch.setattr(child, "_CHILD", script)
    assert refusal(xlsx(survey=[["type"]])) == "workbook.too_slow"


def test_files_behind_a_password_say_so():
    ole = workbook._OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(ole) == "workbook.password"
    locked = bytearray(xlsx(survey=[["type"]]))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(locked)) == "workbook.password"


def test_a_damaged_old_workbook_is_refused():
    assert refusal(workbook._OLE + bytes(2000)) == "workbook.damaged"


@pytest.mark.parametrize(
    "line", [b"| |" + b"x|" * (sheets.COLUMNS + 1), b"| | " + b"x" * (sheets.CELL_CHARACTERS + 1) + b" |"]
)
def test_a_table_with_too_many_columns_or_too_much_text_is_refused(line):
    assert refusal(b"| survey |\n" + line) == "workbook.too_long"


def test_a_line_of_dashes_is_read_in_linear_time():
    assert read_workbook(b"| survey |\n| " + b"-" * 30_000 + b"x |")[0].name == "survey"
