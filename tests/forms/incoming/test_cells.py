"""One cell is read as a member's own answer would be."""

from __future__ import annotations

import pytest

from forms.incoming import cells
from forms.incoming.cells import NOTHING, Reader, Said
from forms.incoming.mapping import meaning_of, no_meaning, parsed


def read(form, target: str, cell: str, column: tuple[str, ...] = (), meaning=no_meaning) -> Said:
    return Reader(parsed(target), form, column or (cell,), meaning).read(cell)


@pytest.mark.parametrize(
    ("target", "cell", "value"),
    [
        ("", "x", ""),
        ("region", "Europe, all of it", "europe"),
        ("safe", "N", "no"),
        ("needs", "care money", "care money"),
        ("needs", "Soins, Argent", "care money"),
        ("needs/care", "1", "care"),
        ("needs/care", "Health care", "care"),
        ("needs/care", "0", ""),
        ("order", "Work; The law", "work law"),
        ("order#1", "Travail", "work"),
        ("age", "1,024", "1024"),
        ("pay", "3,5", "3.5"),
        ("since", "2019-03-08", "2019-03-08"),
        ("since", "2019-03-08T00:00:00", "2019-03-08"),
        ("since", "2019-03-08 00:00:00", "2019-03-08"),
        ("since", "13.5.2014", "2014-05-13"),
        ("since", "5/13/2014", "2014-05-13"),
        ("at", "2019-03-08 21:30:00", "2019-03-08T21:30:00.000"),
        ("at", "13/5/2014 21:30", "2014-05-13T21:30:00.000"),
        ("hour", "9:30", "09:30:00.000"),
        ("sure", "OK", "OK"),
        ("sure", "0", ""),
        ("why", "Because.", "Because."),
        ("@language", "fr-CA", "fr"),
        ("@language", "zh", ""),
    ],
)
def test_a_cell_becomes_the_answer_that_it_means(form, target, cell, value):
    found = read(form, target, cell)
    assert (found.value, found.problem) == (value, "")


@pytest.mark.parametrize(
    ("target", "cell", "problem", "unknown"),
    [
        ("region", "Mars", "unknown_word", "Mars"),
        ("needs", "Money; Peace", "unknown_word", "Peace"),
        ("needs", "money peace", "unknown_word", "peace"),
        ("needs/care", "perhaps", "not_a_tick", ""),
        ("sure", "perhaps", "not_a_tick", ""),
        ("age", "thirty", "not_a_whole_number", ""),
        ("since", "3/5/2014", "day_or_month", ""),
        ("since", "spring", "not_a_date", ""),
        ("hour", "noonish", "not_a_time", ""),
    ],
)
def test_what_cannot_be_read_says_why(form, target, cell, problem, unknown):
    found = read(form, target, cell)
    assert (found.value, found.problem, found.unknown) == ("", problem, unknown)


def test_a_day_is_told_from_a_month_by_the_rest_of_the_column(form):
    assert read(form, "since", "3/5/2014", ("3/5/2014", "3/15/2014")).value == "2014-03-05"
    assert read(form, "since", "3/5/2014", ("3/5/2014", "15/3/2014")).value == "2014-05-03"


def test_what_staff_say_of_a_word_goes_before_everything(form):
    meaning = meaning_of({"yn": {"Yes": "no", "Hm": ""}, "needs": {"Peace": "care", "Hm": "", "Odd": "gone"}})
    assert read(form, "safe", "Yes", meaning=meaning).value == "no"
    assert read(form, "safe", "Hm", meaning=meaning) == NOTHING
    assert read(form, "needs", "Money; Peace; Hm; Odd", meaning=meaning).value == "money care"


def test_a_tick_says_that_the_question_was_asked_even_where_it_is_none(form):
    assert read(form, "needs/care", "0").was_asked
    assert not read(form, "needs", "").was_asked


def test_a_cell_is_read_once_and_texts_are_not_kept(form, monkeypatch):
    reader = Reader(parsed("age"), form, (), no_meaning)
    assert reader.read("30") is reader.read("30")
    words = Reader(parsed("why"), form, (), no_meaning)
    assert words.read("a") is not words.read("a")
    monkeypatch.setattr(cells, "_KNOWN_CELLS", 0)
    assert reader.read("31") is not reader.read("31")
