"""Measures of an ordered scale give what is published for them, and keep their bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.analysis.figures.ordinal import agreement, mean_step, middle, polarisation

spreads = st.lists(st.integers(0, 500), min_size=4, max_size=7).filter(any)


def test_agreement_is_what_is_published_for_it() -> None:
    # The example in the manual of the R package agrmt, which is the reference implementation: 0.6113333.
    assert agreement((30, 40, 210, 130, 530, 50, 10)) == pytest.approx(0.6113333, abs=5e-8)


@pytest.mark.parametrize(
    ("spread", "expected"),
    [
        ((0, 0, 100, 0, 0), 1),
        ((20, 20, 20, 20, 20), 0),
        ((50, 0, 0, 0, 50), -1),
        # Two neighbours of five: one peak, 1 - 1/4.
        ((50, 50, 0, 0, 0), 0.75),
        # By hand: 40 people in a layer 11011 (two triples have one peak, four two: (3 * 2 - 4 * 4) / (3 * 6); width
        # 1 - 3/4), then 10 people in a layer 10000.
        ((20, 10, 0, 10, 10), (40 * (-10 / 18) * 0.25 + 10) / 50),
    ],
)
def test_agreement_runs_from_half_at_each_end_to_all_on_one_step(spread: tuple[int, ...], expected: float) -> None:
    assert agreement(spread) == pytest.approx(expected)


def test_polarisation_is_nought_where_all_agree_and_a_hundred_where_they_are_parted() -> None:
    assert [polarisation(spread) for spread in ((0, 9, 0, 0), (5, 5, 5, 5), (7, 0, 0, 7))] == [0, 50, 100]


@given(spreads)
def test_measures_keep_their_bounds_and_do_not_mind_the_direction(spread: list[int]) -> None:
    assert -1e-9 <= polarisation(spread) <= 100 + 1e-9
    assert polarisation(spread) == pytest.approx(polarisation(spread[::-1]))
    assert 1 <= mean_step(spread) <= len(spread)
    assert mean_step(spread) + mean_step(spread[::-1]) == pytest.approx(len(spread) + 1)
    assert spread[middle(spread)] > 0


def test_the_mean_step_and_the_middle_step_are_those_of_the_people() -> None:
    assert mean_step((1, 0, 0, 3)) == pytest.approx(3.25)
    assert [middle(spread) for spread in ((1, 0, 0, 3), (2, 0, 2, 0), (0, 5, 4, 0))] == [3, 0, 1]
