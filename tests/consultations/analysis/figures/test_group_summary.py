"""What one group's answers come down to: boxes, means and places, reckoned by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.analysis.figures.group_summary import number_summary, place_summary, scale_summary, steps, weights_of
from consultations.analysis.figures.grouped import Band
from consultations.analysis.tables import EVERYBODY, FEW
from tests.consultations.analysis.made_up_tables import row, table

AGREE = ("strongly_disagree", "disagree", "neither", "agree", "strongly_agree", "dk")
SCALE = table(kind="scale", names=AGREE)
TURNED = table(kind="scale", names=AGREE[:5][::-1])
PLACES = tuple(Band(place, place) for place in (1, 2, 3))


def test_boxes_are_shares_of_those_who_chose_a_step_and_of_everybody() -> None:
    made = scale_summary(SCALE, (10, 10, 20, 30, 10, 20), 100)
    assert made is not None
    assert (made.valid, made.top, made.bottom) == (80, 50, 25)
    assert (made.top_of_all, made.bottom_of_all) == (40, 20)
    # (10 + 2 * 10 + 3 * 20 + 4 * 30 + 5 * 10) / 80
    assert made.mean == pytest.approx(3.25)
    assert made.middle == 2


def test_a_scale_that_begins_with_its_good_end_is_read_from_the_other() -> None:
    assert steps(TURNED) == (4, 3, 2, 1, 0)
    made = scale_summary(TURNED, (60, 20, 10, 5, 5), 100)
    assert made is not None
    assert (made.top, made.bottom, made.middle) == (80, 10, 0)
    # (5 * 60 + 4 * 20 + 3 * 10 + 2 * 5 + 5) / 100
    assert made.mean == pytest.approx(4.25)


@pytest.mark.parametrize("weights", [(0, 0, 0, 0, 0, 30)], ids=["nobody on a step"])
def test_without_a_step_there_is_no_summary(weights: tuple[int, ...]) -> None:
    assert scale_summary(SCALE, weights, 30) is None
    assert scale_summary(table(kind="scale"), (5, 5), 10) is None


@given(st.lists(st.integers(0, 300), min_size=6, max_size=6).filter(lambda weights: any(weights[:5])))
def test_boxes_never_pass_a_hundred_together(weights: list[int]) -> None:
    made = scale_summary(SCALE, weights, sum(weights))
    assert made is not None
    assert made.top + made.bottom <= 100 + 1e-9
    assert made.top_of_all <= made.top + 1e-9
    assert 1 <= made.mean <= 5


def test_estimates_rest_on_twenty_people_at_least_and_take_hidden_cells_for_two() -> None:
    assert weights_of(row(EVERYBODY, base=24, cells=("20", FEW))) == (20, 2)
    assert weights_of(row(EVERYBODY, base=19, cells=("17", "5"))) is None
    assert weights_of(row(EVERYBODY, base=40, cells=("19", FEW, FEW, FEW))) is None


def test_numbers_have_a_middle_half() -> None:
    made = number_summary((Band(0, 9), Band(10, 19)), (50, 50))
    assert made is not None
    assert (made.lower.value, made.middle.value, made.upper.value) == pytest.approx((4.5, 9, 14.5))
    assert (made.mean, made.deviation, made.valid) == (9.5, 5, 100)
    assert number_summary((Band(0, 9),), (0,)) is None


def test_a_mean_place_gives_borda_points() -> None:
    # (20 * 1 + 30 * 2 + 50 * 3) / 100 = 2.3; points (20 * 2 + 30 * 1) / (100 * 2) = 35 %
    made = place_summary(PLACES, (20, 30, 50))
    assert made is not None
    assert (made.mean, made.borda) == pytest.approx((2.3, 35))
    assert [place_summary(PLACES, spread).borda for spread in ((9, 0, 0), (0, 0, 9))] == [100, 0]


@pytest.mark.parametrize(("bands", "spread"), [(PLACES, (0, 0, 0)), (PLACES[:1], (9,)), ((), ())])
def test_a_choice_that_nobody_placed_or_that_stands_alone_has_no_place(bands, spread) -> None:
    assert place_summary(bands, spread) is None
