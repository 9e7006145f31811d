"""Dots side by side, each with a line for what its figure may really be."""

import re
from itertools import pairwise

import pytest

from exports.charts import svg
from exports.document import Chart, Series
from tests.exports.drawn_charts import drawn, lettering, texts, upright, whiskers
from tests.exports.made_up_charts import around


def dots(*series: tuple[float | None, ...], intervals: bool = True) -> Chart:
    named = tuple(
        Series(f"Region {n}", values, tuple(map(around, values)) if intervals else ())
        for n, values in enumerate(series)
    )
    return Chart("dots", "A caption", tuple(f"Row {n}" for n in range(len(series[0]))), named)


def test_a_line_runs_from_the_least_to_the_most_that_a_share_may_be() -> None:
    root = drawn(dots((50.0,), (80.0,)))
    first, *_, last = upright(root)
    scale = (last - first) / 100
    assert whiskers(root) == [
        (pytest.approx(first + low * scale, abs=0.2), pytest.approx(first + high * scale, abs=0.2))
        for low, high in ((40.5, 57.5), (70.5, 87.5))
    ]


def test_lines_stay_on_the_axis() -> None:
    root = drawn(dots((0.0, 1.0), (100.0, 99.0), (None, 50.0)))
    first, *_, last = upright(root)
    assert all(first - 0.1 <= low <= high <= last + 0.1 for low, high in whiskers(root))


def test_without_intervals_there_are_no_lines() -> None:
    assert whiskers(drawn(dots((12.0,), (40.0,), intervals=False))) == []


def test_every_region_keeps_its_lane_so_that_equal_shares_do_not_hide_each_other() -> None:
    root = drawn(dots((50.0,), (50.0,), (50.0,)))
    assert len(whiskers(root)) == 3
    assert float(root.get("height", "")) > float(drawn(dots((50.0,))).get("height", ""))


def test_the_least_and_the_greatest_share_of_a_row_are_written_out() -> None:
    root = drawn(dots((62.0,), (41.0,), (55.0,)))
    figures = {area.what: area for area, _ in lettering(root) if area.what in ("62%", "41%", "55%")}
    assert set(figures) == {"62%", "41%"}
    lines = sorted(whiskers(root))
    assert figures["41%"].right < lines[0][0]
    assert figures["62%"].left > lines[-1][1]


def test_a_region_alone_has_its_figure_once() -> None:
    assert texts(drawn(dots((62.0,)))).count("62%") == 1


def test_a_row_without_any_dot_keeps_its_label() -> None:
    root = drawn(dots((None, 20.0), (None, 30.0)))
    assert "Row 0" in texts(root)
    assert len(whiskers(root)) == 2


def test_the_axis_reaches_as_far_as_the_lines() -> None:
    assert "100%" in texts(drawn(dots((48.0,))))
    assert "100%" not in texts(drawn(dots((48.0,), intervals=False)))


def test_lanes_are_as_far_apart_as_a_dot_is_high() -> None:
    source = svg(dots((50.0,), (50.0,), (50.0,)), "en", "ltr")
    heights = sorted(float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)v6m0-3H", source))
    assert [after - before for before, after in pairwise(heights)] == [13, 13]
