"""A share's interval holds chance and the noise of cells, and is Wilson's where there is no noise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.analysis.figures.intervals import interval, score
from consultations.analysis.tables import EVERYBODY, FEW, ReleasedCell, ReleasedRow
from tests.consultations.analysis.made_up_tables import row


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_without_noise_it_is_the_published_wilson_interval(count: int, base: int, low: float, high: float) -> None:
    # Newcombe, "Two-sided confidence intervals for the single proportion" (Statistics in Medicine 17, 1998), table I.
    assert score(count, base, noise_variance=0) == pytest.approx((low, high), abs=5e-5)


def test_noise_widens_it_by_the_variance_of_count_and_base() -> None:
    # At half of 20, with d = p - 0.5: d² = 3.84146 ((0.25 - d²) / 20 + 2.5 / 400), so d² = 0.0720274 / 1.192073.
    assert score(10, 20) == pytest.approx((0.2542, 0.7458), abs=5e-5)
    assert score(10, 20, noise_variance=0) == pytest.approx((0.2993, 0.7007), abs=5e-5)


@given(st.integers(20, 3000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_it_holds_the_share_and_lies_between_nought_and_all(drawn: tuple[int, int]) -> None:
    count, base = drawn
    low, high = score(count, base)
    assert 0 <= low <= count / base <= high <= 1
    narrow = score(count, base, noise_variance=0)
    assert low <= narrow[0] + 1e-12
    assert high >= narrow[1] - 1e-12


def test_of_a_cell_it_is_in_per_cent() -> None:
    whole = row(EVERYBODY, base=20, cells=("10",))
    assert interval(whole.cells[0], whole) == pytest.approx((25.42, 74.58), abs=0.005)


@pytest.mark.parametrize(("shown", "percent", "base"), [(FEW, None, 100), ("9", None, 15), ("9", 60, 15)])
def test_there_is_none_where_no_share_may_be_shown(shown: str, percent: int | None, base: int) -> None:
    cell = ReleasedCell(shown, percent)
    assert interval(cell, ReleasedRow(EVERYBODY, "", (), base, (cell,))) is None
