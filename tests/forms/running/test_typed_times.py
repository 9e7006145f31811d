"""Times of day as people of our languages type them."""

import pytest

from forms.running.answer_problems import NotAnAnswer
from forms.running.typed_times import typed_moment, typed_time


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9:30", "09:30:00.000"),
        ("09.30", "09:30:00.000"),
        ("9h30", "09:30:00.000"),
        ("9 h 30 min", "09:30:00.000"),
        ("9h du matin", "09:00:00.000"),
        ("9 h du soir", "21:00:00.000"),
        ("3 h de l’après-midi", "15:00:00.000"),
        ("à 21h", "21:00:00.000"),
        ("0930", "09:30:00.000"),
        ("930", "09:30:00.000"),
        ("9:30 pm", "21:30:00.000"),
        ("9:30 P. M.", "21:30:00.000"),
        ("12:15 am", "00:15:00.000"),
        ("12 pm", "12:00:00.000"),
        ("a las 9 de la noche", "21:00:00.000"),
        ("8 de la mañana", "08:00:00.000"),
        ("9 ч 30 мин", "09:30:00.000"),
        ("9 вечера", "21:00:00.000"),
        ("2 часа ночи", "02:00:00.000"),
        ("12 ночи", "00:00:00.000"),
        ("9点半", "09:30:00.000"),
        ("下午９：３０", "21:30:00.000"),
        ("晚上11点05分", "23:05:00.000"),
        ("٩:٣٠ ص", "09:30:00.000"),
        ("٩:٣٠ مساءً", "21:30:00.000"),
        ("\u200f21:30", "21:30:00.000"),
        ("21:30 pm", "21:30:00.000"),
        ("10:20:30", "10:20:30.000"),
        ("09:30:00.000+03:00", "09:30:00.000"),
        ("09:30:07.25Z", "09:30:07.250"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_time_is_understood_however_it_is_written_and_kept_without_a_zone(typed, kept):
    assert typed_time([typed]) == kept


@pytest.mark.parametrize(
    "typed",
    ["24:00", "9:60", "9:30:75", "soon", "9 bells", "13 am", "9 am pm", "9点半30", "1:2:3:4", "12345", ":", "9" * 101],
)
def test_what_is_no_time_has_a_code(typed):
    with pytest.raises(NotAnAnswer, match="not_a_time"):
        typed_time([typed])


def test_nothing_typed_is_no_time():
    assert typed_time([]) == ""


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["2026", "3", "5", "9:30 pm"], "2026-03-05T21:30:00.000"),
        (["2026-03-05T21:30"], "2026-03-05T21:30:00.000"),
        (["2026-03-05T21:30:00.000+03:00"], "2026-03-05T21:30:00.000"),
        (["", "", "", ""], ""),
        ([], ""),
    ],
)
def test_a_moment_is_a_date_and_a_time(given, kept):
    assert typed_moment(given) == kept


@pytest.mark.parametrize(
    "given", [["2026", "3", "5", ""], ["2026", "2", "30", "9:30"], ["2026", "3", "5", "soon"], ["soon"], ["9" * 101]]
)
def test_what_is_no_moment_has_a_code(given):
    with pytest.raises(NotAnAnswer, match="not_a_moment"):
        typed_moment(given)
