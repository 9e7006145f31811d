"""Every region the same: the mean of the regions' shares, between the least and the greatest of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.analysis.figures.weights import equal_voice, gap, reckoned, share
from consultations.analysis.tables import EVERYBODY, FEW, MERGED, ONE, ReleasedTable
from tests.consultations.analysis.made_up_tables import AFRICA, ASIA, EUROPE, row, table

SMALL = row(ONE, AFRICA, base=50, cells=("10", "40"))
LARGE = row(ONE, ASIA, base=400, cells=("320", "80"))
ALL = row(EVERYBODY, base=450, cells=("330", "120"))


def test_a_small_region_counts_as_much_as_a_large_one() -> None:
    voice = equal_voice(table(ALL, SMALL, LARGE))
    assert voice is not None
    # (20 + 80) / 2 and (80 + 20) / 2, where by response it is 73 and 27.
    assert voice.shares == pytest.approx((50, 50))
    assert (voice.regions, voice.left_out) == (2, ())


def test_a_merged_row_counts_once_for_each_of_its_members() -> None:
    merged = row(MERGED, ASIA, EUROPE, base=400, cells=("320", "80"))
    voice = equal_voice(table(ALL, SMALL, merged))
    assert voice is not None
    assert voice.shares == pytest.approx((60, 40))
    assert voice.regions == 3


def test_the_weight_of_hidden_regions_falls_on_the_others_and_that_is_known() -> None:
    voice = equal_voice(table(ALL, SMALL, LARGE, hidden=(EUROPE,)))
    assert voice is not None
    assert voice.shares == pytest.approx((50, 50))
    assert voice.left_out == (EUROPE,)


def test_a_hidden_cell_counts_as_two_people_and_hidden_ones_alone_show_nothing() -> None:
    rows = (row(ONE, AFRICA, base=40, cells=("38", FEW)), row(ONE, ASIA, base=100, cells=("99", FEW)))
    voice = equal_voice(table(ALL, *rows))
    assert voice is not None
    assert voice.estimates == pytest.approx((97, 3.5))
    assert voice.shares[1] is None
    assert reckoned(rows[0].cells[1]) == 2


@pytest.mark.parametrize(
    "made",
    [
        table(),
        table(ALL, SMALL),
        replace(table(ALL, SMALL, LARGE), breakdown="setting"),
        replace(table(ALL, SMALL, LARGE), within="africa"),
    ],
    ids=["hidden", "one region", "no regions", "within one region"],
)
def test_there_is_none_without_two_regions(made: ReleasedTable) -> None:
    assert equal_voice(made) is None
    assert gap(made, 0) is None


def test_the_gap_says_by_how_much_it_differs_from_the_share_by_response() -> None:
    assert gap(table(ALL, SMALL, LARGE), 0) == pytest.approx(50 - 73)
    few = replace(ALL, cells=(row(EVERYBODY, cells=(FEW,)).cells[0], ALL.cells[1]))
    assert gap(table(few, SMALL, LARGE), 0) is None
    hidden = [replace(each, cells=(each.cells[0], few.cells[0])) for each in (SMALL, LARGE)]
    assert gap(table(ALL, *hidden), 1) is None


def test_a_share_is_never_more_than_all() -> None:
    tiny = row(ONE, AFRICA, base=1, cells=(FEW,))
    assert share(tiny.cells[0], tiny) == 100


counts = st.integers(10, 2000).flatmap(lambda base: st.tuples(st.just(base), st.integers(0, base)))


@given(st.lists(st.tuples(counts, st.integers(1, 3)), min_size=2, max_size=5))
def test_it_lies_between_the_least_and_the_greatest_region(regions) -> None:
    rows = [
        row(MERGED, *[AFRICA] * members, base=base, cells=(str(count) if count > 4 else FEW,))
        for (base, count), members in regions
    ]
    voice = equal_voice(table(ALL, *rows, names=("yes",)))
    assert voice is not None
    shares = [share(each.cells[0], each) for each in rows]
    assert min(shares) - 1e-9 <= voice.estimates[0] <= max(shares) + 1e-9
