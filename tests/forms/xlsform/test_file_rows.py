"""A file of choices becomes rows by column, whatever program saved it."""

import json

import pytest

from forms.xlsform import file_rows
from forms.xlsform.file_rows import FileRow, FileUnreadable, read_rows
from forms.xlsform.sheets import COLUMNS, ROWS

APPLE = FileRow(2, {"name": "a", "label": "Pomme d’été"})


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_encodings_are_recognised(separator, encoding):
    text = f"name{separator}label\r\na{separator}Pomme d’été\r\n"
    assert read_rows(".csv", text.encode(encoding)) == ((APPLE,), False)


def test_an_old_encoding_is_guessed_and_said():
    assert read_rows(".csv", "name,label\na,Pomme d’été".encode("cp1252")) == ((APPLE,), True)


def test_separators_and_line_ends_within_quotation_marks_are_text():
    rows, _ = read_rows(".csv", b'name;"a, b, c"\nx;"one\ntwo; ""three"""\n')
    assert rows == (FileRow(2, {"name": "x", "a, b, c": 'one\ntwo; "three"'}),)


def test_blank_rows_empty_cells_and_columns_without_a_name_are_left_out():
    rows, _ = read_rows(".csv", b"\nname,,n,n\n\na,lost,1,2\n , ,,\nb\n")
    assert rows == (FileRow(4, {"name": "a", "n": "1"}), FileRow(6, {"name": "b"}))


def test_xml_and_geojson_are_read_too():
    xml = b"<root><item><name>a</name></item></root>"
    assert read_rows(".xml", xml) == ((FileRow(2, {"name": "a"}),), False)
    geojson = json.dumps({"features": [{"id": 7, "properties": {"title": "Here"}}]}).encode()
    assert read_rows(".geojson", geojson) == ((FileRow(2, {"id": "7", "title": "Here"}),), False)


@pytest.mark.parametrize(
    ("ending", "content", "code"),
    [
        (".csv", b"", "file.unreadable"),
        (".csv", b"\n\n,,\n", "file.unreadable"),
        (".csv", b"name,label\n\n", "file.unreadable"),
        (".csv", b"\xff\xfe\x00", "file.unreadable"),
        (".csv", b"name\n" + b"x" * 200_000, "file.unreadable"),
        (".csv", b"name\n" + b"x" * 40_000, "file.too_long"),
        (".csv", b"," * COLUMNS, "file.too_long"),
        (".csv", b"x\n" * (ROWS + 1), "file.too_long"),
        (".xml", b"<root>", "file.unreadable"),
        (".geojson", b"[]", "file.unreadable"),
    ],
)
def test_what_gives_no_rows_says_why(ending, content, code):
    with pytest.raises(FileUnreadable) as caught:
        read_rows(ending, content)
    assert caught.value.code == code


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(file_rows, "SIZE_BYTES", 3)
    with pytest.raises(FileUnreadable, match=r"file\.too_long"):
        read_rows(".csv", b"name\na")
