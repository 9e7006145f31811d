"""Means, quantiles and spread of banded numbers and dates, reckoned by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.analysis.figures.grouped import (
    Band,
    Quantile,
    by_month,
    date_bands,
    deviation,
    mean,
    number_bands,
    quantile,
)
from consultations.analysis.tables import ReleasedColumn
from tests.consultations.analysis.made_up_tables import table

AGES = (Band(18, 29), Band(30, 39), Band(40, None))


def dated(*names: str):
    return replace(table(kind="date"), columns=tuple(ReleasedColumn(name, {}) for name in names))


def test_the_mean_takes_everybody_for_the_middle_of_their_band_and_an_open_one_for_its_closed_end() -> None:
    # (30 * 23.5 + 50 * 34.5 + 20 * 40) / 100
    assert mean(AGES, (30, 50, 20)) == pytest.approx(32.3)
    # Variance: 0.3 * 8.8² + 0.5 * 2.2² + 0.2 * 7.7²
    assert deviation(AGES, (30, 50, 20)) == pytest.approx(37.51**0.5)


def test_quantiles_are_interpolated_between_the_edges_of_their_band() -> None:
    # Median: 29.5 + (50 - 30) / 50 * 10; lower quartile: 17.5 + 25 / 30 * 12.
    assert quantile(AGES, (30, 50, 20), 0.5) == Quantile(pytest.approx(33.5))
    assert quantile(AGES, (30, 50, 20), 0.25) == Quantile(pytest.approx(27.5))


def test_in_an_open_band_only_its_closed_end_is_known() -> None:
    assert quantile(AGES, (1, 1, 8), 0.5) == Quantile(40, "≥")
    assert quantile((Band(None, 9), Band(10, 19)), (8, 1), 0.5) == Quantile(9, "≤")


def test_bands_that_touch_have_the_edge_that_they_share() -> None:
    assert quantile((Band(0, 2), Band(2, 5)), (10, 30), 0.5).value == pytest.approx(3)


def test_single_numbers_stay_what_they_are() -> None:
    days = tuple(Band(day, day) for day in range(8))
    assert quantile(days, (0, 1, 2, 4, 9, 5, 0, 0), 0.5).value == 4
    assert quantile((Band(3, 3),), (7,), 0.25).value == 3


def test_nobody_above_the_last_band_with_people_is_counted() -> None:
    assert quantile((Band(0, 9), Band(10, 19), Band(20, 29)), (0, 10, 0), 1).value == 19


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3).filter(any), st.floats(0.01, 0.99))
def test_means_and_quantiles_stay_within_the_bands(weights: list[int], part: float) -> None:
    assert 18 <= mean(AGES, weights) <= 40
    assert 18 <= quantile(AGES, weights, part).value <= 40
    assert deviation(AGES, weights) >= 0


def test_numbers_take_their_bands_from_the_columns() -> None:
    columns = (ReleasedColumn("0–9", {}, low=0, high=9), ReleasedColumn("≥ 10", {}, low=10))
    assert number_bands(replace(table(kind="number"), columns=columns)) == (Band(0, 9), Band(10, None))
    named = [ReleasedColumn(name, {}) for name in ("< 0", "≤ 1", "2", "3–4.5", "5–<9", "≥ 10")]
    assert number_bands(replace(table(kind="number"), columns=tuple(named))) == (
        *(Band(None, 0), Band(None, 1), Band(2, 2), Band(3, 4.5), Band(5, 9), Band(10, None)),
    )
    assert number_bands(table(kind="number")) is None
    assert number_bands(replace(table(kind="number"), columns=())) is None


def test_dates_are_read_from_the_names_of_their_bands() -> None:
    assert date_bands(dated("≤ 2018", "2019", "2020–2021", "≥ 2022")) == (
        Band(None, 2018 * 12 + 11),
        Band(2019 * 12, 2019 * 12 + 11),
        Band(2020 * 12, 2021 * 12 + 11),
        Band(2022 * 12, None),
    )
    assert date_bands(dated("2019-03–2019-05")) == (Band(2019 * 12 + 2, 2019 * 12 + 4),)
    assert date_bands(dated("…")) is None


def test_months_and_years_are_told_apart() -> None:
    assert by_month(dated("≤ 2019-03"))
    assert not by_month(dated("2018–2019"))
