"""Released tables become tables and charts in the reader's language, with every restriction said."""

from __future__ import annotations

import pytest

from consultations.analysis.presenting import caption, notes, to_chart, to_table
from consultations.analysis.tables import (
    EVERYBODY,
    FEW,
    MERGED,
    ONE,
    ReleasedCell,
    ReleasedColumn,
    ReleasedRow,
    ReleasedTable,
)

SCALE = ("always", "often", "seldom", "rarely", "never")
AFRICA, ASIA, EUROPE = ({"en": name, "fr": f"{name} (fr)"} for name in ("Africa", "Asia", "Europe"))


def row(kind: str, *members: dict[str, str], base: int = 1200, cells: tuple[str, ...] = ("600", FEW)) -> ReleasedRow:
    shown = (
        ReleasedCell(cell, round(100 * int(cell) / base) if base >= 20 and cell != FEW else None) for cell in cells
    )
    return ReleasedRow(kind, "+".join(m["en"] for m in members), members, base, tuple(shown))


def table(
    *rows: ReleasedRow, kind: str = "categories", names: tuple[str, ...] = ("yes", "no"), **more: object
) -> ReleasedTable:
    columns = tuple(ReleasedColumn(name, {"en": name.title()}, name == "dk") for name in names)
    return ReleasedTable(
        "q.by.region", "q", {"en": "Is it so?"}, "region", {"en": "Where?"}, kind, columns, rows, **more
    )


ALL, ONE_REGION, ANOTHER = row(EVERYBODY), row(ONE, AFRICA), row(ONE, ASIA, base=15, cells=("9", "6"))


def test_answers_stand_below_each_other_and_groups_side_by_side() -> None:
    made = to_table(table(ALL, ONE_REGION, ANOTHER), "en")
    assert made.columns == ("Everybody", "Africa", "Asia")
    assert [(line.head, line.cells) for line in made.rows] == [
        ("Yes", ("50%", "50%", "9")),
        ("No", (FEW, FEW, "6")),
        ("People who answered", ("1,200", "1,200", "15")),
    ]


def test_every_restriction_is_said_and_no_other() -> None:
    said = notes(table(ALL, row(MERGED, ASIA, EUROPE)), "en")
    assert said == (
        "“Smaller groups together” stands for: Asia; Europe.",
        "“<5” stands for fewer than 5 people, or none.",
        "Every figure is changed by a small random amount, so that nobody can be recognised.",
    )
    assert notes(table(row(EVERYBODY, base=15, cells=("9", "6")), kind="multiple", hidden=(ASIA,)), "en")[:3] == (
        "People could choose several answers.",
        "Too few people answered to show figures for: Asia.",
        "Where fewer than 20 people answered, numbers of people stand in place of shares.",
    )


def test_a_caption_says_what_breaks_the_question_down() -> None:
    assert caption(table(ALL), "en") == "Is it so? – by region"
    other = ReleasedTable("q.by.s", "q", {}, "s", {"en": "Where?"}, "categories", (), ())
    assert caption(other, "en") == "q – by: Where?"
    assert caption(ReleasedTable("q", "q", {"en": "Is it so?"}, "", {}, "categories", (), ()), "en") == "Is it so?"


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


def test_groups_that_were_joined_are_not_named_as_left_out() -> None:
    said = notes(table(ALL, row(MERGED, ASIA, EUROPE), hidden=(AFRICA,)), "en")
    assert said[:2] == (
        "“Smaller groups together” stands for: Asia; Europe.",
        "Too few people answered to show figures for: Africa.",
    )


def test_of_an_order_the_first_place_is_shown_and_said() -> None:
    ranked = table(ALL, ONE_REGION, kind="ranking")
    assert caption(ranked, "en") == "Is it so? – in first place – by region"
    assert to_chart(ranked, "en").caption == "Is it so? – in first place"
    assert notes(ranked, "en")[0].endswith("The table shows which answer they put first.")
