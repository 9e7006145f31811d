"""Small panels share one scale, so that groups can be compared."""

from dataclasses import replace

import pytest

from exports.document import Chart, Series
from tests.exports.drawn_charts import drawn, lettering, rectangles, texts, whiskers
from tests.exports.made_up_charts import every_chart


def panels(*values: tuple[float | None, ...], sections: tuple[tuple[str, int], ...] = ()) -> Chart:
    series = tuple(Series(f"Group {n}", row) for n, row in enumerate(values))
    return Chart("multiples", "c", tuple(f"Row {n}" for n in range(len(values[0]))), series, sections=sections)


def test_a_share_is_as_long_in_every_panel() -> None:
    areas = rectangles(drawn(panels((80.0,), (40.0,), (80.0,))))
    first, second, third = (area.right - area.left for area in areas)
    assert (first, third) == (pytest.approx(2 * second, abs=0.2), pytest.approx(2 * second, abs=0.2))


def test_every_panel_has_its_title_above_its_bars() -> None:
    root = drawn(panels((80.0,), (40.0,), (10.0,), (60.0,), (70.0,)))
    titles = [area for area, _ in lettering(root) if area.what.startswith("Group")]
    assert [title.what for title in titles] == [f"Group {n}" for n in range(5)]
    for title, bar in zip(titles, rectangles(root), strict=True):
        assert title.left == bar.left
        assert title.bottom < bar.top


def test_panels_stand_under_the_headings_of_their_sections() -> None:
    root = drawn(panels((80.0,), (40.0,), (10.0,), sections=(("Africa", 2), ("Europe", 1))))
    top = {area.what: area.top for area, _ in lettering(root)}
    assert top["Africa"] < top["Group 0"] == top["Group 1"] < top["Europe"] < top["Group 2"]


@pytest.mark.parametrize(("widest", "lines"), [(4, 1), (5, 2), (3, 1), (1, 1)])
def test_a_section_stays_on_one_line_where_it_fits(widest: int, lines: int) -> None:
    root = drawn(panels(*[(50.0,)] * widest, sections=(("Africa", widest),)))
    assert len({area.top for area, _ in lettering(root) if area.what.startswith("Group")}) == lines


def test_panels_are_wide_enough_for_the_words_of_their_titles() -> None:
    chart = panels((50.0,), (50.0,), (50.0,), sections=(("Africa", 3),))
    long = replace(chart, series=(Series("Антидискриминационного", (50.0,)), *chart.series[1:]))
    assert "Антидискриминационного" in texts(drawn(long))
    assert len({area.top for area in rectangles(drawn(chart))}) < len({area.top for area in rectangles(drawn(long))})


def test_a_hidden_share_has_a_mark_that_is_explained() -> None:
    assert "not shown" in texts(drawn(panels((None, 20.0), (None, None))))
    assert "not shown" not in texts(drawn(panels((0.0, 20.0))))


def test_of_many_panels_only_the_greatest_figure_of_each_is_written_out() -> None:
    many = drawn(every_chart("en")["sections"])
    assert sum(text.endswith("%") and text != "100%" for text in texts(many)) < 25
    few = drawn(replace(every_chart("en")["sections"], series=every_chart("en")["sections"].series[:4], sections=()))
    assert sum(text.endswith("%") for text in texts(few)) > 20


def test_lines_of_uncertainty_are_drawn_over_the_bars() -> None:
    assert len(whiskers(drawn(every_chart("en")["multiples"]))) == 27
