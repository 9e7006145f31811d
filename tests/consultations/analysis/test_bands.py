"""Bands have round edges that say nothing about a single answer."""

from __future__ import annotations

import math

import numpy as np
import pytest

from consultations.analysis import bands


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        (". >= 18 and . < 100", (18, 100)),
        (". > -5", (-5, None)),
        (". <= 7.5", (None, 7.5)),
        ("${age} >= 18", (None, None)),
        (". >= 1 or . < 9", (None, None)),
        ("not(. < 3)", (None, None)),
        ("", (None, None)),
    ],
)
def test_bounds_are_read_from_a_constraint(constraint: str, expected: tuple[float | None, float | None]) -> None:
    assert bands.bounds(constraint) == expected


def test_a_number_with_bounds_has_few_round_bands() -> None:
    edges = bands.edges(18, 99, whole=True)
    assert [bands.written(ends) for ends in bands.number_ends(edges, 99, whole=True)] == [
        *("18–19", "20–29", "30–39", "40–49", "50–59", "60–69", "70–79", "80–89", "90–99")
    ]


def test_a_number_with_a_small_range_keeps_its_values() -> None:
    assert [bands.written(ends) for ends in bands.number_ends(bands.edges(0, 3, whole=True), 3, whole=True)] == [
        "0",
        "1",
        "2",
        "3",
    ]


def test_a_number_without_bounds_has_the_ladder_of_all() -> None:
    written = [bands.written(ends) for ends in bands.number_ends(bands.edges(None, None, whole=True), None, whole=True)]
    assert written[:4] == ["≤ -1", "0", "1", "2–4"]
    assert written[-1] == "≥ 1000000"


def test_a_number_with_one_bound_has_the_ladder_on_its_side() -> None:
    assert bands.edges(1, None, whole=True)[:3] == (1, 2, 5)
    assert bands.edges(None, 10, whole=True) == (-math.inf, 0, 1, 2, 5)


def test_fractions_fall_between_bands_without_a_gap() -> None:
    ends = bands.number_ends(bands.edges(None, 2, whole=False), 2, whole=False)
    assert [bands.written(pair) for pair in ends] == ["< 0", "0–<1", "1–2"]


def test_a_number_from_nothing_has_the_ladder_and_a_percentage_has_not() -> None:
    assert bands.edges(0, 60, whole=True) == (0, 1, 2, 5, 10, 20, 50)
    assert bands.edges(0, 100, whole=True) == (0, 20, 40, 60, 80, 100)


def test_fractions_in_a_small_range_have_narrow_bands() -> None:
    assert bands.edges(0, 1, whole=False) == (0, 0.2, 0.4, 0.6, 0.8, 1)


def test_bounds_that_nobody_reaches_have_the_ladder() -> None:
    assert bands.edges(0, 1e30, whole=True)[:3] == (0, 1, 2)
    assert bands.edges(5, 5, whole=True) == (5,)


def test_dates_that_nobody_gave_have_no_bands() -> None:
    codes, ends = bands.dates(np.zeros(3, np.int32), 0, by_month=False)
    assert (codes.tolist(), ends) == ([0, 0, 0], ())


def test_dates_are_counted_by_year_or_by_month() -> None:
    days = np.array([np.datetime64(day, "D").astype(int) + 719_163 for day in ("1999-12-31", "2001-01-01")] + [0])
    assert bands.dates(days, 0, by_month=False)[1] == (("1999", "1999"), ("2001", "2001"))
    codes, ends = bands.dates(days, 0, by_month=True)
    assert (codes.tolist(), ends[0]) == ([1, 2, 0], ("1999-12", "1999-12"))


def test_a_band_open_on_both_sides_says_nothing() -> None:
    assert bands.written(("", "")) == "…"
