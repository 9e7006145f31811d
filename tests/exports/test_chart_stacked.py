"""Stacked shares turn at the middle of their scale, and hide what may not be measured."""

import pytest

from exports.document import Chart, Series
from tests.exports.drawn_charts import Area, drawn, lettering, rectangles, texts, upright
from tests.exports.made_up_charts import every_chart

SCALE = ("Not at all", "A little", "In part", "Mostly", "Fully")


def likert(*rows: tuple[float | None, ...], middle: float | None = 2) -> Chart:
    names = SCALE if len(rows[0]) == 5 else SCALE[:2] + SCALE[3:]
    series = tuple(Series(name, tuple(row[i] for row in rows)) for i, name in enumerate(names))
    return Chart("stacked", "A caption", tuple(f"Row {n}" for n in range(len(rows))), series, middle=middle)


def shares(chart: Chart) -> list[Area]:
    """The drawn shares without the legend's swatches."""
    return [area for area in rectangles(drawn(chart)) if area.bottom - area.top == 22]


def test_neutral_answers_straddle_the_zero_line() -> None:
    chart = likert((10, 20, 30, 25, 15))
    neutral = shares(chart)[2]
    assert (neutral.left + neutral.right) / 2 == pytest.approx(upright(drawn(chart))[0], abs=0.2)


def test_an_even_scale_turns_between_its_two_middle_steps() -> None:
    chart = likert((10, 30, 40, 20), (5, 5, 60, 30), middle=1.5)
    zero = upright(drawn(chart))[0]
    assert [area.right for area in shares(chart)[2:4]] == [pytest.approx(zero, abs=0.2)] * 2
    assert [area.left for area in shares(chart)[4:6]] == [pytest.approx(zero, abs=0.2)] * 2


def test_without_a_middle_rows_begin_at_the_axis() -> None:
    chart = likert((10, 20, 30, 25, 15), middle=None)
    assert shares(chart)[0].left == upright(drawn(chart))[0] == 206


def test_both_ends_of_the_scale_are_named_on_their_sides_of_zero() -> None:
    root = drawn(likert((10, 20, 30, 25, 15)))
    zero = upright(root)[0]
    named = {text: [area for area, _ in lettering(root) if area.what == text][-1] for text in (SCALE[0], SCALE[-1])}
    assert named[SCALE[0]].right < zero < named[SCALE[-1]].left
    assert texts(drawn(likert((10, 20, 30, 25, 15), middle=None))).count(SCALE[0]) == 1


def test_hidden_shares_all_look_the_same() -> None:
    from exports.charts import svg

    source = svg(likert((None, 50, 20, 10, 10), (10, None, 10, 5, 5)), "en", "ltr")
    assert source.count("h10v22h-10z") == 2


@pytest.mark.parametrize("row", [(None, None, 20, None, None), (100, 0, 0, 0, 0), (0, 0, 0, 0, 100)])
def test_rows_that_lean_to_one_side_stay_on_the_sheet(row: tuple[float | None, ...]) -> None:
    chart = likert(row, (None, None, None, 60, 40), (50, 50, None, None, None))
    assert all(206 <= area.left <= area.right <= 640 for area in shares(chart))


def test_a_row_of_which_nothing_is_shown_says_so_beside_the_zero_line() -> None:
    for row in ((90, 10, 0, 0, 0), (0, 0, 0, 10, 90)):
        root = drawn(likert(row, (None,) * 5))
        said = [area for area, _ in lettering(root) if area.what == "not shown"][-1]
        zero = upright(root)[0]
        assert said.right < zero or said.left > zero


def test_rows_may_stand_under_headings() -> None:
    chart = every_chart("en")["stacked"]
    sections = Chart(**{field: getattr(chart, field) for field in Chart.__slots__} | {"sections": (("A", 2), ("B", 3))})
    order = {area.what: area.top for area, _ in lettering(drawn(sections))}
    assert order["A"] < order["To associate and organise"] < order["B"] < order["To health"]
