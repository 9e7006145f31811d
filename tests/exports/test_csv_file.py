"""A spreadsheet program shows what stands in a cell and calculates nothing."""

import pytest

from exports.csv_file import csv_bytes, harmless, read_rows


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"])
def test_what_would_be_a_formula_is_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "ana", "1", "2026-11-02", "a=b"])
def test_other_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell


def test_the_file_says_that_it_is_utf_8_and_quotes_what_has_to_be():
    assert csv_bytes([("who", "what"), ("mária", 'a "b", c')]) == (
        b'\xef\xbb\xbfwho,what\r\nm\xc3\xa1ria,"a ""b"", c"\r\n'
    )


@pytest.mark.parametrize("cell", ["=1+1", "-97", "ana", "", "'", "'s Gravenhage"])
def test_what_was_written_is_read_back(cell):
    assert read_rows(csv_bytes([("who", "what"), ("ana", cell)])) == [{"who": "ana", "what": cell}]


@pytest.mark.parametrize("content", [b"", b"who,what\r\nana\r\n", b"who,what\r\nana,came,late\r\n"])
def test_a_file_of_another_shape_is_not_read(content):
    with pytest.raises(ValueError, match=r"unpack|zip"):
        read_rows(content)
