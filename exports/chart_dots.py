"""Dots on one axis, each with a line for what it may really be: series, such as regions, in a row for each category."""

from __future__ import annotations

from exports import palette
from exports.chart_frame import (
    AT_END,
    LABEL_ROOM,
    PLOT,
    QUIET_CENTRED,
    hidden_mark,
    label_rows,
    legend,
    near_top_of,
)
from exports.document import Chart, Series
from exports.drawing import LEADING, SIZE, WIDTH, Sheet
from exports.lettering import width
from exports.numerals import written

#: Each series has a lane of its own, the same in every row, as high as a figure beside its dot.
_LANE = 13.0
#: The room at the end of a row for what is not shown: the series' dot and a hatched mark.
_HIDDEN = 36.0
FILLS = (palette.ACCENT, "#e9b48f", palette.PAPER, "#73aba6", "#b5502a")
STROKES = (palette.ACCENT, "#8a3b1c", palette.INK, palette.ACCENT, "#8a3b1c")


def dots(sheet: Sheet, chart: Chart, language: str, not_shown: str) -> float:
    """Draw `chart` and return the height used; the least and the greatest value of a row are written out."""
    values = [value for series in chart.series for value in series.values]
    reached = [*values, *(end for series in chart.series for pair in series.intervals if pair for end in pair)]
    ends = 14 + max((width(written(v, chart.unit, language), SIZE) for v in values if v is not None), default=0.0)
    across = (PLOT + ends, WIDTH - ends - (_HIDDEN if None in values else 0.0))
    full = near_top_of(reached, chart.unit)
    top = _legend(sheet, chart, None in values, not_shown)
    least = _LANE * len(chart.series) + 10
    rows, height = label_rows(chart.categories, [least] * len(chart.categories), top + LEADING + 4)
    _axis(sheet, across, (top, height), full, chart.unit, language)
    scale = (across[1] - across[0]) / full
    for index, row in enumerate(rows):
        sheet.lines(LABEL_ROOM, row.middle, row.lines, AT_END)
        if index:
            sheet.line(0, row.top, WIDTH, row.top)
        for kind, series in enumerate(chart.series):
            lane = row.middle + (kind - (len(chart.series) - 1) / 2) * _LANE
            _dot(sheet, kind, series, index, across[0], lane, scale)
        _figures(sheet, chart, index, row.middle, across[0], scale, language)
    return height


def _dot(sheet: Sheet, kind: int, series: Series, index: int, left: float, y: float, scale: float) -> None:
    value = series.values[index]
    if value is None:
        _shape(sheet, kind, WIDTH - 24, y)
        hidden_mark(sheet, WIDTH - 7, y)
        return
    interval = series.intervals[index] if series.intervals else None
    if interval:
        sheet.whisker(left + interval[0] * scale, left + interval[1] * scale, y)
    _shape(sheet, kind, left + value * scale, y)


def _shape(sheet: Sheet, kind: int, x: float, y: float) -> None:
    sheet.shape(kind, x, y, FILLS[kind % len(FILLS)], STROKES[kind % len(STROKES)])


def _figures(sheet: Sheet, chart: Chart, index: int, middle: float, left: float, scale: float, language: str) -> None:
    """The least value before its line, the greatest after its own."""
    known = sorted(
        (value, kind) for kind, value in enumerate(series.values[index] for series in chart.series) if value is not None
    )
    for value, kind in known[-1:] + known[:-1][:1]:
        intervals = chart.series[kind].intervals
        low, high = (intervals[index] if intervals else None) or (value, value)
        y = middle + (kind - (len(chart.series) - 1) / 2) * _LANE + SIZE * 0.35
        text = written(value, chart.unit, language)
        if (value, kind) == known[-1]:
            sheet.text(left + max(high * scale + 5, value * scale + 10), y, text)
        else:
            sheet.text(left + min(low * scale - 5, value * scale - 10), y, text, AT_END)


def _legend(sheet: Sheet, chart: Chart, hidden: bool, not_shown: str) -> float:
    def mark(index: int, x: float, middle: float) -> None:
        if index == len(chart.series):
            hidden_mark(sheet, x, middle)
        else:
            _shape(sheet, index, x, middle)

    return legend(sheet, [series.name for series in chart.series] + [not_shown] * hidden, mark)


def _axis(
    sheet: Sheet, across: tuple[float, float], down: tuple[float, float], full: float, unit: str, language: str
) -> None:
    (left, right), (top, bottom) = across, down
    for quarter in range(5):
        x = left + (right - left) * quarter / 4
        sheet.line(x, top + LEADING, x, bottom)
        if quarter % 2 == 0:
            sheet.text(x, top + SIZE * 0.7, written(full * quarter / 4, unit, language), QUIET_CENTRED)
