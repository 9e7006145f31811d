"""Released tables become pictures: the kind that fits, with the shares that may be shown."""

from __future__ import annotations

from typing import Any

import pytest

from consultations.analysis.figures.intervals import interval
from consultations.analysis.shown import charting
from consultations.analysis.shown.charting import has_panels, multiples, panels, pictures, to_chart
from consultations.analysis.tables import EVERYBODY, FEW, ONE, ReleasedRow, ReleasedTable
from exports.charts import svg
from tests.consultations.analysis.made_up_tables import AFRICA, ALL, ANOTHER, EUROPE, ONE_REGION, row, table

SCALE = ("always", "often", "seldom", "rarely", "never")
TEN = tuple(f"answer_{number}" for number in range(10))
STREET, INDOORS = {"en": "Street"}, {"en": "Indoors"}


def test_groups_are_dots_side_by_side_with_what_their_shares_may_really_be() -> None:
    chart = to_chart(table(ALL, ONE_REGION, ANOTHER), "fr")
    assert (chart.kind, chart.categories) == ("dots", ("Yes", "No"))
    assert [(series.name, series.values) for series in chart.series] == [
        ("Africa (fr)", (50, None)),
        ("Asia (fr)", (None, None)),
    ]
    assert chart.series[0].intervals == (interval(ONE_REGION.cells[0], ONE_REGION), None)
    assert chart.series[1].intervals == (None, None)
    assert "95" in chart.note


@pytest.mark.parametrize(
    ("groups", "answers", "kind"),
    [
        (0, 10, "bars"),
        (1, 10, "bars"),
        (5, 10, "dots"),
        (5, 14, "multiples"),
        (6, 10, "multiples"),
        (2, 20, "dots"),
        (2, 30, "multiples"),
        (9, 10, "multiples"),
        (9, 11, "bars"),
        (40, 2, "bars"),
    ],
)
def test_groups_are_drawn_as_they_fit_on_a_page(groups: int, answers: int, kind: str) -> None:
    names = tuple(f"answer_{number}" for number in range(answers))
    everybody, one = (row(of, *who, cells=("60",) * answers) for of, who in ((EVERYBODY, ()), (ONE, (AFRICA,))))
    chart = to_chart(table(everybody, *[one] * groups, names=names), "en")
    assert chart.kind == kind
    assert chart.caption == ("Is it so?" if kind == "bars" else "Is it so? – by region")
    assert float(svg(chart, "en", "ltr").split(' height="')[1].split('"')[0]) < 900


def test_a_scale_of_many_groups_is_drawn_of_everybody_alone() -> None:
    four = [
        row(kind, *who, base=100, cells=("10", "20", "30", "40")) for kind, who in ((EVERYBODY, ()), (ONE, (AFRICA,)))
    ]
    names = ("never", "rarely", "often", "always")
    few = table(four[0], *four[1:] * (charting.MOST_ROWS - 1), kind="scale", names=names)
    many = table(four[0], *four[1:] * charting.MOST_ROWS, kind="scale", names=names)
    assert len(to_chart(few, "en").categories) == charting.MOST_ROWS
    assert to_chart(many, "en").categories == ("Everybody",)


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


def test_a_scale_without_a_neutral_step_diverges_between_its_halves() -> None:
    four = row(EVERYBODY, base=100, cells=("10", "20", "30", "40"))
    assert to_chart(table(four, kind="scale", names=("never", "rarely", "often", "always")), "en").middle == 1.5


def test_places_of_a_ranking_are_stacked_without_sides() -> None:
    first, second = (
        table(
            row(EVERYBODY, base=100, cells=cells), kind="places", names=("1", "2"), item=item, item_label={"en": item}
        )
        for item, cells in (("Health", ("70", "30")), ("Law", ("30", "70")))
    )
    assert to_chart(first, "en").middle is None
    chart = multiples([first, second], "en")
    assert (chart.kind, chart.categories, chart.caption) == ("stacked", ("Health", "Law"), "Is it so? – in order")
    assert [series.values for series in chart.series] == [(70, 30), (30, 70)]


def test_of_an_order_the_first_place_is_shown() -> None:
    assert to_chart(table(ALL, ONE_REGION, kind="ranking"), "en").caption == "Is it so? – in first place"


def within(region: dict[str, str], *rows: ReleasedRow, kind: str = "categories", **more: Any) -> ReleasedTable:
    return table(*rows, kind=kind, within=region["en"], within_label=region, **more)


def test_a_question_in_several_regions_has_a_panel_for_each_group_under_each_region() -> None:
    street, indoors = row(ONE, STREET), row(ONE, INDOORS, cells=("300", "900"))
    chart = multiples([within(AFRICA, ALL, street, indoors), within(EUROPE, ALL)], "en")
    assert chart.kind == "multiples"
    assert chart.sections == (("Africa", 2), ("Europe", 1))
    assert [series.name for series in chart.series] == ["Street", "Indoors", "Everybody"]
    assert chart.caption == "Is it so? – by region"


def test_a_scale_in_several_regions_has_its_rows_under_each_region() -> None:
    names = ("never", "rarely", "often", "always")
    street = row(ONE, STREET, base=100, cells=("10", "20", "30", "40"))
    chart = multiples([within(region, street, kind="scale", names=names) for region in (AFRICA, EUROPE)], "en")
    assert (chart.kind, chart.categories) == ("stacked", ("Street", "Street"))
    assert chart.sections == (("Africa", 1), ("Europe", 1))


def test_tables_without_shares_have_no_pictures() -> None:
    assert pictures(table(ANOTHER), "en") == ()
    assert [chart.kind for chart in pictures(table(ALL, ONE_REGION, ANOTHER), "en")] == ["dots"]


def test_a_table_has_one_picture_of_all_regions_where_there_are_tables_of_them() -> None:
    street, indoors = row(ONE, STREET), row(ONE, INDOORS)
    everywhere = table(ALL, street, indoors)
    beside = [everywhere, *(within(region, ALL, street, indoors) for region in (AFRICA, EUROPE))]
    assert [chart.kind for chart in pictures(everywhere, "en", beside)] == ["dots", "multiples"]
    assert [chart.kind for chart in pictures(everywhere, "en", beside[:2])] == ["dots"]
    assert [chart.kind for chart in pictures(beside[1], "en", beside)] == ["dots"]
    assert [chart.kind for chart in pictures(everywhere, "en", beside * 20)] == ["dots"]


def test_panels_stand_alone_and_there_are_none_without_tables_beside() -> None:
    everywhere = table(ALL, row(ONE, STREET), row(ONE, INDOORS))
    beside = [within(region, *everywhere.rows) for region in (AFRICA, EUROPE)]
    assert [chart.kind for chart in panels(everywhere, "en", beside)] == ["multiples"]
    assert has_panels(everywhere, beside)
    assert not has_panels(everywhere, beside[:1])


def test_a_ranking_has_one_picture_of_the_places_of_all_its_answers() -> None:
    first = table(row(EVERYBODY, cells=("700", "500")), kind="ranking", names=("health", "law"))
    places = [
        table(row(EVERYBODY, cells=("700", "500")), kind="places", names=("1", "2"), item=item, item_label={"en": item})
        for item in ("health", "law")
    ]
    assert [chart.caption for chart in pictures(first, "en", [first, *places])][1:] == ["Is it so? – in order"]
    assert len(pictures(places[0], "en", [first, *places])) == 1
