"""Dots on one axis: the series side by side, such as regions, in a row for each category."""

from __future__ import annotations

from exports import palette
from exports.chart_frame import LABEL_ROOM, PLOT, label_rows, legend, top_of
from exports.document import Chart
from exports.drawing import LEADING, SIZE, WIDTH, Sheet
from exports.lettering import width
from exports.numerals import written

_LANE = 12.0
_FILLS = (palette.ACCENT, "#e9b48f", palette.PAPER, "#7fb5b0", "#b5502a")
_STROKES = (palette.ACCENT, "#8a3b1c", palette.INK, palette.ACCENT, "#8a3b1c")


def dots(sheet: Sheet, chart: Chart, language: str, not_shown: str) -> float:
    """Draw `chart` and return the height used; the least and the greatest value of a row are written out."""
    shown = [value for series in chart.series for value in series.values]
    top = _legend(sheet, chart, None in shown, not_shown)
    ends = max((width(written(v, chart.unit, language), SIZE) for v in shown if v is not None), default=0.0) + 12
    most_hidden = max(
        (sum(series.values[row] is None for series in chart.series) for row in range(len(chart.categories))), default=0
    )
    left, right = PLOT + ends, WIDTH - ends - 14 * most_hidden
    full = top_of(shown, chart.unit)
    labels, height = label_rows(chart.categories, least=34, top=top + LEADING)
    _axis(sheet, left, right, top, height, full, chart.unit, language)
    for index, label in enumerate(labels):
        sheet.lines(LABEL_ROOM, label.middle, label.lines, anchor="end")
        values = [series.values[index] for series in chart.series]
        _row(sheet, values, label.middle, left, (right - left) / full, chart.unit, language)
        hidden = [kind for kind, value in enumerate(values) if value is None]
        for place, kind in enumerate(hidden):
            sheet.hatched(WIDTH - 14 * (len(hidden) - place), label.middle - 6, 12, 12)
            sheet.shape(kind, WIDTH - 14 * (len(hidden) - place) + 6, label.middle, "none", palette.INK)
    return height


def _legend(sheet: Sheet, chart: Chart, hidden: bool, not_shown: str) -> float:
    def mark(index: int, x: float, middle: float) -> None:
        if index == len(chart.series):
            sheet.hatched(x - 6, middle - 6, 12, 12)
        else:
            _dot(sheet, index, x, middle)

    return legend(sheet, [series.name for series in chart.series] + [not_shown] * hidden, mark)


def _dot(sheet: Sheet, kind: int, x: float, y: float) -> None:
    sheet.shape(kind, x, y, _FILLS[kind % len(_FILLS)], _STROKES[kind % len(_STROKES)])


def _axis(
    sheet: Sheet, left: float, right: float, top: float, bottom: float, full: float, unit: str, language: str
) -> None:
    for quarter in range(5):
        x = left + (right - left) * quarter / 4
        sheet.line(x, top + LEADING, x, bottom)
        if quarter % 2 == 0:
            text = written(full * quarter / 4, unit, language)
            sheet.text(x, top + SIZE * 0.7, text, anchor="middle", fill=palette.MUTED)


def _row(
    sheet: Sheet, values: list[float | None], middle: float, left: float, scale: float, unit: str, language: str
) -> None:
    placed = sorted((left + value * scale, kind, value) for kind, value in enumerate(values) if value is not None)
    if not placed:
        return
    first, last = placed[0], placed[-1]
    sheet.line(first[0], middle, last[0], middle, palette.MUTED, 2)
    lane_ends: list[float] = []
    lanes = [_lane(lane_ends, x) for x, _, _ in placed]
    for (x, kind, _), lane in zip(placed, lanes, strict=True):
        _dot(sheet, kind, x, middle + (lane - (len(lane_ends) - 1) / 2) * _LANE)
    sheet.text(last[0] + 10, middle + SIZE * 0.35, written(last[2], unit, language))
    if len(placed) > 1:
        sheet.text(first[0] - 10, middle + SIZE * 0.35, written(first[2], unit, language), anchor="end")


def _lane(ends: list[float], x: float) -> int:
    """The first lane where a dot at `x` touches no other; a new one where there is none."""
    for lane, end in enumerate(ends):
        if x - end >= _LANE:
            ends[lane] = x
            return lane
    ends.append(x)
    return len(ends) - 1
