"""Changes in words, numbers and pictures, in the reader's language."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest

from consultations.analysis.figures.comparing import Change, compared
from consultations.analysis.releases.earlier import Asked, Compared
from consultations.analysis.shown.presenting_changes import change_table, change_text, notes, signed, then_and_now
from consultations.analysis.tables import EVERYBODY, FEW, ONE
from tests.consultations.analysis.made_up_tables import AFRICA, ASIA, row, table

BEFORE = Asked({"en": "Our rights 2025", "fr": "Nos droits 2025"}, datetime.date(2025, 6, 30))
AFTER = Asked({"en": "Our rights 2026"}, datetime.date(2026, 6, 30))


def both(before, after, **more):
    """Everybody and Africa in two tables, cells of 100 people, given as (yes, no)."""
    made = (
        table(row(EVERYBODY, base=100, cells=each), row(ONE, AFRICA, base=100, cells=each)) for each in (before, after)
    )
    then, now = made
    return Compared(compared(then, replace(now, **more)), BEFORE, AFTER)


@pytest.mark.parametrize(
    ("language", "up", "down"), [("en", "+12", "-3"), ("fr", "+12", "-3"), ("ar", "\u200e+12", "\u200e-3")]
)
def test_points_have_their_sign_as_the_language_writes_it(language, up, down):
    assert (signed(12.4, language), signed(-3.2, language), signed(-0.4, language)) == (up, down, "0")


@pytest.mark.parametrize("language", ["en", "zh", "fr", "ru", "es", "ar"])
def test_in_no_language_a_line_breaks_between_the_ends_of_an_interval(language):
    inside = re.split("[(（]", change_text(Change(50, 55, -9.4, 19.1), language))[1]
    assert "\u00a0" in inside
    assert " " not in inside


def test_a_change_that_is_not_clear_says_so_before_any_number():
    assert change_text(Change(50, 55, -9.4, 19.1), "en") == "no clear change (-9\u00a0to\u00a0+19)"
    assert change_text(Change(40, 60, 5.4, 33.6), "en") == "+20 (+5\u00a0to\u00a0+34)"
    assert change_text(None, "en") == "not shown"


def test_answers_stand_down_and_groups_across_with_people_of_both_times_below():
    made = change_table(both(("40", "60"), ("60", "40")), "en")
    assert made.caption == ("Is it so? – by region – change since “Our rights 2025” (June 2025), in percentage points")
    assert made.columns == ("Everybody", "Africa")
    assert [(line.head, line.cells[0]) for line in made.rows] == [
        ("Yes", "+20 (+5\u00a0to\u00a0+33)"),
        ("No", "-20 (-33\u00a0to\u00a0-5)"),
        ("People who answered, June 2025", "100"),
        ("People who answered, June 2026", "100"),
    ]


def test_groups_that_are_not_compared_are_named_and_only_then():
    assert not [note for note in notes(both(("40", "60"), ("60", "40")), "en") if note.startswith("Not compared")]
    said = notes(both(("40", "60"), ("60", "40"), hidden=(ASIA,)), "en")
    assert said[3].endswith("put together in another way: Asia.")


def test_the_picture_has_both_times_side_by_side_with_what_they_may_be():
    found = both(("40", FEW), ("60", "40"))
    made = then_and_now(found, found.comparison.rows[1], "en")
    assert (made.kind, made.categories) == ("dots", ("Yes", "No"))
    assert made.caption.endswith("Africa, then and now")
    assert [(series.name, series.values) for series in made.series] == [
        ("Our rights 2025, June 2025", (40, None)),
        ("Our rights 2026, June 2026", (60, 40)),
    ]
    assert [tuple(round(end) for end in each) if each else None for each in made.series[0].intervals] == [
        (30, 50),
        None,
    ]


def test_the_picture_follows_the_order_of_the_newer_questionnaire():
    before = table(row(EVERYBODY, base=100, cells=("40", "60")), names=("yes", "no"))
    after = table(row(EVERYBODY, base=100, cells=("58", "42")), names=("no", "yes"))
    found = Compared(compared(before, after), BEFORE, AFTER)
    made = then_and_now(found, found.comparison.rows[0], "en")
    assert [series.values for series in made.series] == [(60, 40), (58, 42)]
