"""Changes between releases: reckoned by hand, checked against a published example, never where a share is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consultations.analysis.figures.comparing import Change, changed, compared, comparisons, difference, is_comparable
from consultations.analysis.figures.intervals import score
from consultations.analysis.tables import EVERYBODY, FEW, MERGED, ONE
from tests.consultations.analysis.made_up_tables import AFRICA, ASIA, EUROPE, row, table


def two(before, after):
    """A table with everybody alone, before and after: cells of 100 people."""
    return table(row(EVERYBODY, base=100, cells=before)), table(row(EVERYBODY, base=100, cells=after))


def test_a_change_is_the_difference_in_points_with_its_interval():
    (change, _) = compared(*two(("40", "60"), ("60", "40"))).rows[0].changes
    assert (change.before, change.after, change.points) == (40, 60, pytest.approx(20))
    # Score intervals with noise: 30.50 to 50.24 and 49.68 to 69.58. 20 - √(10.32² + 10.24²), 20 + √(9.58² + 9.50²).
    assert (change.low, change.high) == (pytest.approx(5.46, abs=0.01), pytest.approx(33.49, abs=0.01))
    assert change.is_clear


def test_the_interval_is_that_of_the_published_example():
    """56 of 70 and 48 of 80, table II of Newcombe 1998: 0.0524 to 0.3339, without noise."""
    first, second = score(56, 70, 0), score(48, 80, 0)
    assert difference(0.6, second, 0.8, first) == (pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4))


def test_a_difference_that_chance_and_noise_could_make_is_not_clear():
    (change, _) = compared(*two(("50", "50"), ("55", "45"))).rows[0].changes
    assert (change.low, change.high) == (pytest.approx(-9.38, abs=0.01), pytest.approx(19.12, abs=0.01))
    assert not change.is_clear


@pytest.mark.parametrize(
    ("low", "high", "clear"), [(0.6, 9, True), (0.4, 9, False), (-9, -0.6, True), (-9, -0.4, False), (-1, 1, False)]
)
def test_a_change_is_clear_when_its_interval_in_whole_points_leaves_out_nothing_at_all(low, high, clear):
    assert Change(50, 54, low, high).is_clear is clear


def test_noise_makes_the_interval_wider_than_chance_alone():
    with_noise = compared(*two(("40", "60"), ("60", "40"))).rows[0].changes[0]
    low, high = difference(0.4, score(40, 100, 0), 0.6, score(60, 100, 0))
    assert with_noise.low < 100 * low < 100 * high < with_noise.high


@pytest.mark.parametrize(("before", "after"), [((FEW, "60"), ("60", "40")), (("40", "60"), (FEW, "40"))])
def test_where_one_of_the_shares_is_not_shown_nothing_is_said(before, after):
    made = compared(*two(before, after)).rows[0]
    assert [change is None for change in made.changes] == [True, False]


def test_a_group_of_fewer_than_twenty_has_no_change():
    small = row(EVERYBODY, base=15, cells=("9", "6"))
    assert changed((small.cells[0], small), (small.cells[0], small)) is None


def by_region(*rows, **more):
    return table(row(EVERYBODY), *rows, **more)


def test_only_rows_with_the_same_members_are_compared_in_whatever_order_they_are_named():
    before = by_region(row(ONE, EUROPE), row(MERGED, ASIA, AFRICA))
    after = by_region(row(MERGED, AFRICA, ASIA), row(ONE, EUROPE))
    assert [each.after.name for each in compared(before, after).rows] == ["", "Africa+Asia", "Europe"]


def test_a_region_that_was_put_together_with_another_then_is_left_out_by_name():
    before = by_region(row(ONE, EUROPE), row(MERGED, ASIA, AFRICA))
    after = by_region(row(ONE, AFRICA), row(ONE, EUROPE), hidden=(ASIA,))
    found = compared(before, after)
    assert [each.after.name for each in found.rows] == ["", "Europe"]
    assert found.left_out == (AFRICA, ASIA)


def test_answers_are_matched_by_name_when_their_order_changed():
    before = table(row(EVERYBODY, base=100, cells=("40", "60")), names=("yes", "no"))
    after = table(row(EVERYBODY, base=100, cells=("58", "42")), names=("no", "yes"))
    found = compared(before, after)
    assert is_comparable(before, after)
    assert [round(change.points) for change in found.rows[0].changes] == [-2, 2]


SAME = by_region(row(ONE, AFRICA))


@pytest.mark.parametrize(
    "other",
    [
        replace(SAME, kind="multiple"),
        replace(SAME, id="q.by.place"),
        replace(SAME, columns=SAME.columns[:1]),
        replace(SAME, columns=(replace(SAME.columns[0], name="maybe"), SAME.columns[1])),
        replace(SAME, columns=(replace(SAME.columns[0], apart=True), SAME.columns[1])),
        replace(SAME, rows=()),
    ],
)
def test_another_kind_other_answers_or_nothing_shown_cannot_be_compared(other):
    assert not is_comparable(SAME, other)
    assert not is_comparable(other, SAME)


def test_a_mended_wording_is_the_same_question():
    assert is_comparable(SAME, replace(SAME, question_label={"en": "Is it really so?"}))


def test_every_question_that_both_asked_is_compared_but_those_within_a_region_and_by_other_breakdowns():
    within = replace(SAME, id="q.by.region.in.africa", within="africa")
    by_place = replace(SAME, id="q.by.place", breakdown="place")
    new = replace(SAME, id="new.by.region")
    assert list(comparisons([SAME, within, by_place], [SAME, within, by_place, new])) == ["q.by.region"]


def test_clear_changes_are_counted():
    assert compared(*two(("40", "60"), ("60", "40"))).clear_changes == 2
    assert compared(*two(("40", "60"), (FEW, "60"))).clear_changes == 0
