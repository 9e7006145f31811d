"""What people type, as XForm strings."""

import pytest

from forms.running.canonical import MAX_CHARACTERS, NotAnAnswer, canonical


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", ["  two\r\nlines\rand\x00 more\ud800 "], "two\nlines\nand more"),
        ("text", ["cafe\u0301"], "café"),
        ("text", [], ""),
        ("time", ["10:30"], "10:30"),
        ("integer", [" 1 234 567 "], "1234567"),
        ("integer", ["1\u202f234"], "1234"),
        ("integer", ["1,234,567"], "1234567"),
        ("integer", ["1.234"], "1234"),
        ("integer", ["٤٢"], "42"),
        ("integer", ["۴۲"], "42"),
        ("integer", ["−7"], "-7"),
        ("integer", ["5,0"], "5"),
        ("integer", ["-0"], "0"),
        ("integer", ["007"], "7"),
        ("integer", [""], ""),
        ("decimal", ["3,5"], "3.5"),
        ("decimal", ["1.234,50"], "1234.5"),
        ("decimal", ["1,234.5"], "1234.5"),
        ("decimal", ["1’000.25"], "1000.25"),
        ("decimal", ["٣٫٥"], "3.5"),
        ("decimal", ["100"], "100"),
        ("decimal", [".5"], "0.5"),
        ("decimal", ["-0.0"], "0"),
        ("decimal", ["  "], ""),
        ("date", ["2024", "3", "5"], "2024-03-05"),
        ("date", ["٢٠٢٤", "٣", "٥"], "2024-03-05"),
        ("date", ["2024-03-05"], "2024-03-05"),
        ("date", ["", " ", ""], ""),
        ("date", [], ""),
        ("select_one", [" yes "], "yes"),
        ("select_multiple", ["b", "a", "", "b"], "b a"),
        ("select_multiple", [], ""),
    ],
)
def test_input_is_brought_into_one_form(kind, given, kept):
    assert canonical(kind, given) == kept


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("text", ["a" * (MAX_CHARACTERS + 1)], "too_long"),
        ("text", ["a" * 50_000_000], "too_long"),
        ("integer", ["3.5"], "not_a_whole_number"),
        ("integer", ["ten"], "not_a_whole_number"),
        ("integer", ["1e5"], "not_a_whole_number"),
        ("integer", ["9" * 16], "too_many_digits"),
        ("integer", ["9" * 5_000], "not_a_whole_number"),
        ("decimal", ["NaN"], "not_a_number"),
        ("decimal", ["-"], "not_a_number"),
        ("decimal", ["."], "not_a_number"),
        ("decimal", ["²"], "not_a_number"),
        ("date", ["2024", "2", "30"], "not_a_date"),
        ("date", ["24", "2", "3"], "not_a_date"),
        ("date", ["2024", "", "3"], "not_a_date"),
        ("date", ["2024", "x", "3"], "not_a_date"),
        ("date", ["2024", "9" * 99, "1"], "not_a_date"),
        ("date", ["2024", "9" * 101, "1"], "not_a_date"),
        ("date", ["0000", "1", "1"], "not_a_date"),
        ("date", ["soon"], "not_a_date"),
        ("select_one", ["a b"], "not_an_option"),
        ("select_multiple", ["a b", "c"], "not_an_option"),
        ("select_multiple", ["a"] * 2_001, "not_an_option"),
    ],
)
def test_what_a_type_cannot_hold_has_a_code(kind, given, code):
    with pytest.raises(NotAnAnswer) as problem:
        canonical(kind, given)

    assert problem.value.code == code
