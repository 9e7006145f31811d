"""The five regions as tiles: each says its share, or why there is none."""

from __future__ import annotations

import pytest

from consultations.analysis.shown.charting import pictures
from consultations.analysis.shown.tiling import has_tiles, most_given, tiles
from consultations.analysis.tables import EVERYBODY, FEW, MERGED, ONE, ReleasedCell, ReleasedRow, ReleasedTable
from consultations.registry.models import REGIONS
from tests.consultations.analysis.made_up_tables import table

LABELS = {name: {"en": name.title(), "ru": f"{name} (ru)"} for name in REGIONS}


def row(kind: str, *names: str, base: int = 100, cells: tuple[str, ...] = ("60", "40")) -> ReleasedRow:
    shares = tuple(ReleasedCell(cell, None if cell == FEW or base < 20 else int(cell)) for cell in cells)
    return ReleasedRow(kind, "+".join(names), tuple(LABELS[name] for name in names), base, shares)


def by_region(*rows: ReleasedRow, **more: object) -> ReleasedTable:
    return table(row(EVERYBODY, cells=tuple(cell.shown for cell in rows[0].cells)), *rows, **more)


def test_every_region_has_its_tile_in_its_place() -> None:
    chart = tiles(by_region(*(row(ONE, name) for name in REGIONS)), 1, "en")
    assert (chart.kind, chart.series[0].values, set(chart.remarks)) == ("tiles", (40,) * 5, {""})
    places = dict(zip(chart.categories, chart.places, strict=True))
    assert places["Europe"][1] < places["Africa"][1]
    assert places["North-America-Caribbean"] < places["Africa"] < places["Asia-Pacific"]
    assert chart.caption == "Is it so? – by region: “No”"


def test_merged_regions_show_what_they_have_together_and_say_so() -> None:
    chart = tiles(by_region(row(ONE, "africa"), row(MERGED, "europe", "latin-america", cells=("30", "70"))), 0, "en")
    tile = dict(zip(chart.categories, zip(chart.series[0].values, chart.remarks, strict=True), strict=True))
    said = "Too few people alone; counted together: Europe; Latin-America."
    assert tile["Europe"] == tile["Latin-America"] == (30, said)
    assert tile["Africa"] == (60, "")


def test_hidden_regions_say_in_words_why() -> None:
    small, rare = row(ONE, "europe", base=15), row(ONE, "asia-pacific", cells=(FEW, "90"))
    hidden = (LABELS["latin-america"], LABELS["north-america-caribbean"])
    chart = tiles(by_region(row(ONE, "africa"), small, rare, hidden=hidden), 0, "en")
    assert dict(zip(chart.categories, chart.remarks, strict=True)) == {
        "Africa": "",
        "Asia-Pacific": "Fewer than 5 people, or none.",
        "Europe": "Fewer than 20 people answered: no share is shown.",
        "Latin America": "Too few people answered.",
        "North America and the Caribbean": "Too few people answered.",
    }
    assert chart.series[0].values == (60, None, None, None, None)


def test_a_scale_shows_its_two_good_steps_together() -> None:
    names = ("never", "rarely", "often", "always")
    asked = by_region(
        row(ONE, "africa", cells=("10", "20", "30", "40")),
        row(ONE, "europe", cells=("60", "36", FEW, FEW)),
        row(ONE, "latin-america", base=15, cells=("5", "5", "5", FEW)),
        kind="scale",
        names=names,
    )
    chart = tiles(asked, None, "en")
    shown = dict(zip(chart.categories, chart.series[0].values, strict=True))
    assert (shown["Africa"], shown["Europe"], shown["Latin-America"]) == (70, None, None)
    assert chart.caption == "Is it so? – by region: “Often” or “Always”"


def test_without_a_column_the_answer_of_most_people_is_shown() -> None:
    asked = by_region(row(ONE, "africa", cells=("20", "30", "50")), row(ONE, "europe"), names=("yes", "no", "dk"))
    assert most_given(asked) == 1
    assert tiles(asked, None, "en").caption.endswith("“No”")


HIDDEN = (LABELS["europe"], LABELS["latin-america"], LABELS["north-america-caribbean"])
TWO = (row(ONE, "africa"), row(ONE, "asia-pacific"))


@pytest.mark.parametrize(
    ("made", "fits"),
    [
        (by_region(*(row(ONE, name) for name in REGIONS)), True),
        (by_region(*TWO, hidden=HIDDEN), True),
        (by_region(*TWO, hidden=HIDDEN[:2]), False),
        (by_region(row(MERGED, *REGIONS)), False),
        (by_region(*(row(ONE, name, cells=(FEW, FEW)) for name in REGIONS)), False),
    ],
)
def test_a_map_has_all_regions_or_there_is_none(made: ReleasedTable, fits: bool) -> None:
    assert has_tiles(made) is fits


def test_other_regions_than_the_network_s_have_no_map() -> None:
    other = ReleasedRow(ONE, "mountain", ({"en": "Mountain"},), 100, TWO[0].cells)
    assert not has_tiles(by_region(*TWO, other, hidden=HIDDEN[:2]))


@pytest.mark.parametrize(
    ("kind", "drawn"), [("multiple", ["dots", "tiles"]), ("number", ["dots"]), ("places", ["stacked"])]
)
def test_answers_have_a_map_but_bands_and_places_have_none(kind: str, drawn: list[str]) -> None:
    made = by_region(*TWO, hidden=HIDDEN, kind=kind)
    assert [chart.kind for chart in pictures(made, "ru")] == drawn
