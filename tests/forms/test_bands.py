"""Bands have round edges that say nothing about a single answer."""

from __future__ import annotations

import math

import pytest

from forms.bands import Bands, bands_of, bounds, edges
from forms.questionnaire import Question, Source


def asked(type: str, **more: object) -> Bands:
    return bands_of(Question("q", type, "/data/q", Source("survey", 2), **more))  # type: ignore[arg-type]  # tests name real fields


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
    assert bounds(constraint) == expected


def test_a_number_with_one_bound_has_the_ladder_on_its_side() -> None:
    assert edges(1, None, whole=True)[:3] == (1, 2, 5)
    assert edges(None, 10, whole=True) == (-math.inf, 0, 1, 2, 5)


def test_a_number_from_nothing_has_the_ladder_and_a_percentage_has_not() -> None:
    assert edges(0, 60, whole=True) == (0, 1, 2, 5, 10, 20, 50)
    assert edges(0, 100, whole=True) == (0, 20, 40, 60, 80, 100)


def test_fractions_in_a_small_range_have_narrow_bands() -> None:
    assert edges(0, 1, whole=False) == (0, 0.2, 0.4, 0.6, 0.8, 1)


def test_bounds_that_nobody_reaches_have_the_ladder() -> None:
    assert edges(0, 1e30, whole=True)[:3] == (0, 1, 2)
    assert edges(5, 5, whole=True) == (5,)


def test_a_short_range_is_told_step_by_step_and_a_long_one_in_bands() -> None:
    pain = asked("range", parameters={"start": "0", "end": "10"})
    assert (pain.edges, pain.single) == (tuple(range(11)), True)
    years = asked("range", parameters={"start": "18", "end": "99"})
    assert (years.edges[:3], years.single, years.whole) == ((18, 20, 30), False, True)


def test_what_is_stored_in_bands_has_fewer_of_them() -> None:
    bounded = {"constraint": ". >= 18 and . <= 25"}
    assert len(asked("integer", **bounded).edges) == 8
    assert asked("integer", anonymise="band", **bounded).edges == (18, 20, 22, 24)
    assert asked("range", anonymise="band", parameters={"start": "0", "end": "10"}).edges == (0, 1, 2, 5)


@pytest.mark.parametrize(
    ("constraint", "number", "edge"), [("", -9.5, -1), ("", 7, 5), (". > 17.5", 18, 18), (". < 0", -4, 0)]
)
def test_a_band_is_stored_as_its_lower_end(constraint: str, number: float, edge: float) -> None:
    assert asked("integer", constraint=constraint).edge_below(number) == edge
