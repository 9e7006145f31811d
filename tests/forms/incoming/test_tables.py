"""CSV of any dialect and the first sheet of a workbook become a table; what is none is refused with a reason."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from forms.incoming import tables
from forms.incoming.tables import TableUnreadable, read_table


def workbook(*rows, more=()) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name in ("answers", *more):
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return content.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_cuts_all_lines_alike(delimiter):
    lines = (["How much, if at all; a lot | a bit?", "b"], ["1", "x, y; z"], ["2", ""])
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    table = read_table(text.encode())
    assert (table.delimiter, table.headings) == (delimiter, (("How much, if at all; a lot | a bit?",), ("b",)))
    assert [row.cells for row in table.rows] == [("1", "x, y; z"), ("2", "")]


def test_rows_keep_the_numbers_that_a_spreadsheet_gives_them():
    assert [row.number for row in read_table(b"a,b\n\n1,2\n,\n3,4\n").rows] == [3, 5]


def test_rows_are_as_wide_as_their_headings():
    table = read_table(b"a,b\n1\n1,2,3\n")
    assert [row.cells for row in table.rows] == [("1", "", ""), ("1", "2", "3")]
    assert table.headings == (("a",), ("b",), ("[3]",))


def test_a_column_is_read_without_its_blank_cells():
    assert list(read_table(b"a,b\n1,\n,2\n3,4\n").column(1)) == ["2", "4"]


def test_the_first_sheet_of_a_workbook_is_read_and_the_others_are_named():
    table = read_table(workbook(["a", "b"], [1, "x"], [2.5, True], more=("second", "third")))
    assert [row.cells for row in table.rows] == [("1", "x"), ("2.5", "TRUE")]
    assert (table.encoding, table.other_sheets) == ("workbook", ("second", "third"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"a,b\n", "empty"),
        (b'Q1,Q2\nWhere?,Why?\n"{""ImportId"":""a""}",x\n', "empty"),
        (b"PK\x03\x04 nothing", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"a,b\n" + b'"' + b"x" * 200_000 + b'",1\n', "damaged"),
        (b"a,b\n" + b"x" * 40_000 + b",1\n", "too_large"),
        (b"," * 3000 + b"\n1\n", "too_large"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content, code):
    with pytest.raises(TableUnreadable) as refused:
        read_table(content)
    assert refused.value.code == code
    assert tables.MESSAGES[code]


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(tables, "SIZE_BYTES", 3)
    with pytest.raises(TableUnreadable, match="too_large"):
        read_table(b"a,b\n1,2\n")
