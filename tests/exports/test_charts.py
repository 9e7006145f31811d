"""Charts are accessible SVG that a strict content policy lets through."""

import re
from xml.etree import ElementTree as ET

import pytest

from exports.charts import description, svg
from exports.document import Chart, Series

SVG = "{http://www.w3.org/2000/svg}"
SCALE = ("Not at all", "A little", "In part", "Mostly", "Fully")


def bars(*values: float | None, unit: str = "%") -> Chart:
    return Chart("bars", "A caption", tuple(f"Row {n}" for n in range(len(values))), (Series("", values),), unit)


def likert(*rows: tuple[float | None, ...], middle: int | None = 2) -> Chart:
    series = tuple(Series(SCALE[i], tuple(row[i] for row in rows)) for i in range(5))
    return Chart("stacked", "A caption", tuple(f"Row {n}" for n in range(len(rows))), series, middle=middle)


def dots(*series: tuple[float | None, ...]) -> Chart:
    named = tuple(Series(f"Region {n}", values) for n, values in enumerate(series))
    return Chart("dots", "A caption", tuple(f"Row {n}" for n in range(len(series[0]))), named)


EVERY = [
    bars(12.0, None, 0.0, 100.0),
    bars(120, 7, unit=""),
    bars(),
    likert((10, 20, 30, 25, 15), (None,) * 5, (None, 20, 30, None, 0)),
    likert((10, 20, 30, 25, 15), middle=None),
    dots((12, 40), (14, None), (90, None)),
    dots((50.0,)),
]


def drawn(chart: Chart, direction: str = "ltr") -> ET.Element:
    return ET.fromstring(svg(chart, "en", direction, "not shown"))  # noqa: S314 - our own


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def rectangles(root: ET.Element) -> list[tuple[float, float]]:
    return [(float(r.get("x", "")), float(r.get("width", ""))) for r in root.iter(f"{SVG}rect")]


@pytest.mark.parametrize("chart", EVERY)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_every_chart_has_a_name_a_description_and_no_style(chart: Chart, direction: str) -> None:
    source = svg(chart, "ar", direction, "غير معروض")
    root = ET.fromstring(source)  # noqa: S314 - our own
    assert root.get("role") == "img"
    assert [root[0].tag, root[1].tag] == [f"{SVG}title", f"{SVG}desc"]
    assert "style" not in source
    assert "url(" not in source
    assert " id=" not in source


@pytest.mark.parametrize("chart", EVERY)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_is_drawn_outside_the_sheet(chart: Chart, direction: str) -> None:
    root = drawn(chart, direction)
    assert all(x >= -0.1 and x + wide <= 640.1 for x, wide in rectangles(root))
    assert all(0 <= float(t.get("y", "")) <= float(root.get("height", "")) for t in root.iter(f"{SVG}text"))


def test_every_bar_is_labelled_and_a_hidden_one_says_so() -> None:
    found = texts(drawn(bars(12.0, None, 0.0)))
    assert [text for text in found if "Row" not in text] == ["12%", "not shown", "0%"]


def test_bars_are_as_long_as_their_values() -> None:
    (_, short), (_, long) = rectangles(drawn(bars(20.0, 60.0)))
    assert long == pytest.approx(3 * short, abs=0.2)


@pytest.mark.parametrize(("largest", "end"), [(7, 10), (120, 200), (430, 500), (3, 5), (0, 1), (0.4, 0.5)])
def test_counts_end_at_a_round_number(largest: float, end: float) -> None:
    from exports.chart_frame import top_of

    assert top_of([largest, None], "") == pytest.approx(end)


def test_neutral_answers_straddle_the_zero_line() -> None:
    root = drawn(likert((10, 20, 30, 25, 15)))
    zero = float(re.match(r"M([\d.]+)", next(p.get("d", "") for p in root.iter(f"{SVG}path"))).group(1))
    x, wide = rectangles(root)[5 + 2]
    assert x + (wide + 1) / 2 == pytest.approx(zero, abs=0.2)


def test_hidden_shares_all_look_the_same() -> None:
    root = drawn(likert((None, 50, 20, 10, 10), (10, None, 10, 5, 5)))
    frames = [p.get("d", "") for p in root.iter(f"{SVG}path") if "h10v22" in p.get("d", "")]
    assert len(frames) == 2


def test_arabic_is_the_mirror_of_english() -> None:
    left, right = rectangles(drawn(bars(25.0, 50.0))), rectangles(drawn(bars(25.0, 50.0), "rtl"))
    assert right == [(pytest.approx(640 - x - wide, abs=0.2), wide) for x, wide in left]


def test_dots_that_would_touch_lie_in_lanes() -> None:
    apart, touching = drawn(dots((10.0,), (80.0,), (45.0,))), drawn(dots((50.0,), (50.0,), (50.0,)))
    assert float(touching.get("height", "")) > float(apart.get("height", ""))


def test_a_row_without_any_dot_keeps_its_label() -> None:
    assert "Row 0" in texts(drawn(dots((None, 20.0), (None, 30.0))))


def test_text_is_escaped() -> None:
    chart = Chart("bars", "<b>&", ("<i>",), (Series("", (1.0,)),))
    assert "<b>" not in svg(chart, "en", "ltr")
    assert texts(drawn(chart))[0] == "<i>"


def test_without_words_of_its_own_a_chart_reads_out_every_value() -> None:
    chart = dots((12, None), (14, 20))
    assert description(chart, "en", "not shown") == (
        "Row 0: Region 0 12%, Region 1 14%; Row 1: Region 0 not shown, Region 1 20%"
    )


def test_the_authors_words_come_first() -> None:
    chart = Chart("bars", "c", ("a",), (Series("", (1.0,)),), alternative="One in a hundred")
    assert description(chart, "en", "–") == "One in a hundred"
    assert "<title>One in a hundred</title>" in svg(chart, "en", "ltr", spoken_title="One in a hundred")


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        svg(Chart("pie", "c", (), ()), "en", "ltr")


def test_dots_use_half_the_axis_when_all_shares_lie_there() -> None:
    from exports.chart_dots import _end

    assert _end([10.0, None, 50.0], "%") == 50
    assert _end([10.0, 51.0], "%") == 100
    assert _end([10.0], "") == 10
