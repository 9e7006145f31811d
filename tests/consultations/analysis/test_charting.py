"""Released tables become pictures: the kind that fits, with the shares that may be shown."""

from __future__ import annotations

import pytest

from consultations.analysis.charting import to_chart
from consultations.analysis.tables import EVERYBODY, FEW
from tests.consultations.analysis.made_up_tables import ALL, ANOTHER, ONE_REGION, row, table

SCALE = ("always", "often", "seldom", "rarely", "never")


def test_groups_are_dots_side_by_side() -> None:
    chart = to_chart(table(ALL, ONE_REGION, ANOTHER), "fr")
    assert (chart.kind, chart.categories) == ("dots", ("Yes", "No"))
    assert [(series.name, series.values) for series in chart.series] == [
        ("Africa (fr)", (50, None)),
        ("Asia (fr)", (None, None)),
    ]


@pytest.mark.parametrize("groups", [0, 1, 6])
def test_everybody_alone_or_too_many_groups_are_bars(groups: int) -> None:
    chart = to_chart(table(ALL, *[ONE_REGION] * groups), "en")
    assert (chart.kind, chart.caption) == ("bars", "Is it so?")
    assert chart.series[0].values == (50, None)


def test_a_scale_diverges_from_its_middle_and_leaves_out_what_is_no_step() -> None:
    names = (*SCALE, "dk")
    shares = row(EVERYBODY, base=100, cells=("10", "20", "30", "25", "15", FEW))
    chart = to_chart(table(shares, kind="scale", names=names), "en")
    assert [(series.name, series.values) for series in chart.series] == [
        ("Never", (15,)),
        ("Rarely", (25,)),
        ("Seldom", (30,)),
        ("Often", (20,)),
        ("Always", (10,)),
    ]
    assert chart.middle == 2


def test_a_scale_without_a_middle_does_not_diverge() -> None:
    four = row(EVERYBODY, base=100, cells=("10", "20", "30", "40"))
    assert to_chart(table(four, kind="scale", names=("never", "rarely", "often", "always")), "en").middle is None


def test_of_an_order_the_first_place_is_shown() -> None:
    assert to_chart(table(ALL, ONE_REGION, kind="ranking"), "en").caption == "Is it so? – in first place"
