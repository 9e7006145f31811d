"""A map of equal tiles: each with its name, its share and what must be said of it."""

from dataclasses import replace
from itertools import pairwise

from exports import palette
from exports.document import Chart, Series
from tests.exports.drawn_charts import Area, drawn, rectangles, texts
from tests.exports.made_up_charts import every_chart


def tiles(root_of: Chart) -> list[Area]:
    """Without the swatches of the scale."""
    return sorted((area for area in rectangles(drawn(root_of)) if area.top > 30), key=lambda area: area.left)


def test_tiles_are_equal_and_apart() -> None:
    found = tiles(every_chart("en")["tiles"])
    assert len(found) == 5
    assert len({round(area.right - area.left, 1) for area in found}) == 1
    assert len({round(area.bottom - area.top, 1) for area in found}) == 1
    assert not any(one.overlaps(other) for index, one in enumerate(found) for other in found[index + 1 :])


def test_north_is_above_south_and_the_pacific_to_the_right() -> None:
    chart = every_chart("en")["tiles"]
    found = tiles(chart)
    assert found[0].left == found[1].left < found[2].left == found[3].left < found[4].left
    assert min(found[0].top, found[1].top) < found[4].top < max(found[0].top, found[1].top)


def test_a_greater_share_is_darker() -> None:
    chart = Chart("tiles", "c", ("a", "b", "c"), (Series("", (10.0, 50.0, 90.0)),), places=((0, 0), (1, 0), (2, 0)))
    light = [palette.contrast(area.what, "#000000") for area in tiles(chart)]
    assert all(before > after for before, after in pairwise(light))


def test_the_scale_is_written_at_its_borders() -> None:
    found = texts(drawn(every_chart("en")["tiles"]))
    assert [text for text in found if text in ("0%", "20%", "40%", "60%", "80%", "100%")] == [
        "0%", "20%", "40%", "60%", "80%", "100%"
    ]  # fmt: skip


def test_a_region_that_is_not_shown_says_why() -> None:
    chart = every_chart("en")["tiles"]
    said = " ".join(texts(drawn(chart)))
    assert "Too few people answered alone: counted together with Europe." in said
    assert "not shown" in texts(drawn(replace(chart, remarks=())))


def test_shares_beyond_the_scale_take_its_end() -> None:
    chart = Chart("tiles", "c", ("a", "b"), (Series("", (-1.0, 100.0)),), places=((0, 0), (1, 0)))
    assert [area.what for area in tiles(chart)] == [palette.steps(5, None)[0], palette.steps(5, None)[-1]]
