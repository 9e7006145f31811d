"""Charts as SVG: the same picture in the staff pages and in the PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from exports import drawing
from exports.chart_bars import bars
from exports.chart_dots import dots
from exports.chart_multiples import multiples
from exports.chart_stacked import stacked
from exports.chart_tiles import tiles
from exports.document import Chart
from exports.drawing import Sheet
from exports.numerals import written
from translations.phrases import isolated, joined, stripped

#: Draws a chart from the top of the sheet and says how high it became.
_KINDS: Mapping[str, Callable[[Sheet, Chart, str, str], float]] = MappingProxyType(
    {"bars": bars, "stacked": stacked, "dots": dots, "multiples": multiples, "tiles": tiles}
)


def svg(chart: Chart, language: str, direction: str, not_shown: str = "–", *, spoken_title: str = "") -> str:
    """The chart as one `<svg>` element, 640 units wide; mirrored when `direction` is `rtl`.

    `not_shown` is the word for a value that is None. `spoken_title` replaces the caption as `<title>`: PDF takes the
    text for those who do not see from there and leaves `<desc>` out. Raises KeyError for an unknown kind.
    """
    sheet = drawing.Sheet(mirrored=direction == "rtl")
    height = _KINDS[chart.kind](sheet, chart, language, not_shown)
    title, told = spoken_title or chart.caption, description(chart, language, not_shown)
    return sheet.svg(height, language, isolated(title, direction), isolated(told, direction))


def description(chart: Chart, language: str, not_shown: str) -> str:
    """What the picture says in words: the author's own, else every value in reading order."""
    if chart.alternative:
        return chart.alternative
    rows = []
    for index, category in enumerate(chart.categories):
        cells = [
            stripped(joined(" ", (series.name, _value(series.values[index], chart.unit, language, not_shown))))
            for series in chart.series
        ]
        rows.append(joined(": ", (category, joined(", ", cells))))
    return joined("; ", rows)


def _value(value: float | None, unit: str, language: str, not_shown: str) -> str:
    return not_shown if value is None else written(value, unit, language)
