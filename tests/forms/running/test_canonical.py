"""What people type, as XForm strings."""

import pytest

from forms.questionnaire import Question, Source
from forms.running.canonical import MAX_CHARACTERS, NotAnAnswer, answer_from, canonical, has_fields


def question(type, name="q", **more):
    return Question(name, type, f"/data/{name}", Source("survey", 2), **more)


TENTHS = question("range", parameters={"start": "0", "end": "1", "step": "0.1"})


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", ["  two\r\nlines\rand\x00 more\ud800 "], "two\nlines\nand more"),
        ("text", ["cafe\u0301"], "café"),
        ("text", [], ""),
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
        ("range", ["2,5"], "2.5"),
        ("rank", ["2:health", "1:work", "3:home"], "work health home"),
        ("rank", ["2:health", ":work", "3:home"], "work health home"),
        ("rank", [":health", ":work"], ""),
        ("rank", ["２.:health", "١:work", " 3 º:home"], "work health home"),
        ("rank", ["work", "health"], "work health"),
        ("rank", ["work health"], "work health"),
        ("rank", [], ""),
        ("acknowledge", ["OK"], "OK"),
        ("acknowledge", [], ""),
        ("moment", ["kept as text"], "kept as text"),
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
        ("rank", ["1:health", "1:work", "2:home"], "place_given_twice"),
        ("rank", ["1:health", ":work", ":home"], "place_missing"),
        ("rank", ["1:health", "9:work"], "not_a_place"),
        ("rank", ["1:health", "0:work"], "not_a_place"),
        ("rank", ["1:health", "best:work"], "not_a_place"),
        ("rank", ["1:health", "³:work"], "not_a_place"),
        ("rank", ["1:a"] * 2_001, "not_an_option"),
    ],
)
def test_what_a_type_cannot_hold_has_a_code(kind, given, code):
    with pytest.raises(NotAnAnswer) as problem:
        canonical(kind, given)

    assert problem.value.code == code


@pytest.mark.parametrize(
    ("asked", "raw", "kept"),
    [
        (question("text"), {"q": [" so "]}, "so"),
        (question("date"), {"q-year": ["2024"], "q-month": ["3"], "q-day": ["5"]}, "2024-03-05"),
        (question("date"), {"q": ["2024-03-05"]}, "2024-03-05"),
        (question("date", appearance="year"), {"q-year": ["٢٠٢٤"]}, "2024-01-01"),
        (question("date", appearance="w1 month-year"), {"q-year": ["2024"], "q-month": ["12"]}, "2024-12-01"),
        (question("date", appearance="month-year"), {}, ""),
        (question("range"), {"q": ["10"]}, "10"),
        (TENTHS, {"q": ["0,70"]}, "0.7"),
        (question("range", parameters={"start": "5", "end": "-5", "step": "-5"}), {"q": ["0"]}, "0"),
        (question("range"), {"q": [""]}, ""),
        (question("range", parameters={"end": "5000"}), {"q": ["1,000"]}, "1000"),
    ],
)
def test_fields_are_read_as_their_question_asks(asked, raw, kept):
    assert answer_from(asked, raw) == kept


def test_within_a_repeat_the_fields_bear_the_key_of_one_time():
    raw = {"q[2]-year": ["2024"], "q[2]-month": ["1"], "q[2]-day": ["9"], "q[1]-year": ["1999"]}
    assert answer_from(question("date"), raw, "q[2]") == "2024-01-09"


@pytest.mark.parametrize(
    ("asked", "raw", "code", "values"),
    [
        (question("date", appearance="year"), {"q-year": ["24"]}, "not_a_year", {}),
        (question("date", appearance="month-year"), {"q-year": ["2024"]}, "not_a_month", {}),
        (question("date"), {"q-year": ["2024"]}, "not_a_date", {}),
        (question("range"), {"q": ["11"]}, "out_of_range", {"start": "1", "end": "10", "step": "1"}),
        (TENTHS, {"q": ["0.25"]}, "between_steps", {"start": "0", "end": "1", "step": "0.1"}),
        (question("range"), {"q": ["much"]}, "not_a_whole_number", {}),
    ],
)
def test_what_a_question_cannot_hold_is_said_with_its_limits(asked, raw, code, values):
    with pytest.raises(NotAnAnswer) as problem:
        answer_from(asked, raw)

    assert (problem.value.code, problem.value.values) == (code, values)


def test_the_places_of_a_rank_come_in_a_field_for_each_choice():
    raw = {"q[1]:home": ["2"], "q[1]:work": ["1"], "q[1]:health": [], "q[2]:home": ["1"]}
    assert answer_from(question("rank"), raw, "q[1]") == "work home health"
    assert has_fields(question("rank"), raw, "q[1]")
    assert not has_fields(question("rank"), raw, "q")
