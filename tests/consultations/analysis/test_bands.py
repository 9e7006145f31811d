"""Bands are written in figures, and what is stored as a band is told in that band."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.analysis import bands
from consultations.analysis.axes import axis
from forms.bands import Bands, edges
from forms.packing import columns, layout, pack
from forms.questionnaire import Question, Questionnaire, Source, Text
from forms.running.anonymising import anonymised


def written(low: float | None, high: float | None, whole: bool) -> list[str]:
    return [bands.written(ends) for ends in bands.number_ends(Bands(edges(low, high, whole), high, whole))]


def test_a_number_with_bounds_has_few_round_bands() -> None:
    assert written(18, 99, whole=True) == [
        *("18–19", "20–29", "30–39", "40–49", "50–59", "60–69", "70–79", "80–89", "90–99")
    ]


def test_a_number_with_a_small_range_keeps_its_values() -> None:
    assert written(0, 3, whole=True) == ["0", "1", "2", "3"]


def test_a_number_without_bounds_has_the_ladder_of_all() -> None:
    found = written(None, None, whole=True)
    assert found[:4] == ["≤ -1", "0", "1", "2–4"]
    assert found[-1] == "≥ 1000000"


def test_fractions_fall_between_bands_without_a_gap() -> None:
    assert written(None, 2, whole=False) == ["< 0", "0–<1", "1–2"]


def test_single_numbers_are_written_as_they_are() -> None:
    assert bands.number_ends(Bands((0, 0.5, 1), 1, whole=False, single=True)) == (
        ("0", "0"),
        ("0.5", "0.5"),
        ("1", "1"),
    )


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


def test_moments_are_counted_by_their_days_and_times_by_their_hours() -> None:
    none = -(2**63)
    assert bands.days(np.array([0, -1, none]), none).tolist() == [719_163, 719_162, 0]
    codes, ends = bands.hours(np.array([0, 3_599_999, 86_399_999, -1]), -1)
    assert codes.tolist() == [1, 1, 24, 0]
    assert (ends[0], len(ends)) == (("0:00", "0:59"), 24)


BOUNDS = st.one_of(st.none(), st.integers(-1_000, 1_000))


@settings(deadline=None)
@given(st.sampled_from(["integer", "decimal", "range"]), BOUNDS, BOUNDS, st.integers(-2_000, 2_000), st.booleans())
def test_what_is_stored_as_a_band_is_told_in_the_band_that_it_was_in(
    type: str, low: int | None, high: int | None, number: int, halves: bool
) -> None:
    limits = {"start": str(low or 0), "end": str(high or 100)} if type == "range" else {}
    constraint = " and ".join(
        f". {sign} {end}" for sign, end in ((">=", low), ("<=", high)) if end is not None and type != "range"
    )
    least, most = (low, high) if type != "range" else sorted((low or 0, high or 100))
    if (least is not None and number < least) or (most is not None and number > most):
        number = least if least is not None else most if most is not None else 0
        number = number if most is None or number <= most else most
    answer = f"{number}.5" if halves and type == "decimal" and most is None and number >= 0 else str(number)
    asked = Question("q", type, "/data/q", Source("survey", 2), constraint=constraint, parameters=limits)
    form = Questionnaire(Text(), "form", ("en",), "en", (replace(asked, anonymise="band"),), {})
    found = layout(form)
    both = b"".join(pack(found, each, "en", 1)[0] for each in ({"q": answer}, anonymised(form, {"q": answer})))
    before, after = axis(form, found, columns(found, both), "q").codes.tolist()
    assert before == after > 0
