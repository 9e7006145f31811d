"""Horizontal bars: one value for each category."""

from __future__ import annotations

from exports import palette
from exports.chart_frame import AT_END, LABEL_ROOM, PLOT, QUIET, label_rows, top_of
from exports.document import Chart
from exports.drawing import PLAIN, SIZE, WIDTH, Box, Sheet
from exports.lettering import width
from exports.numerals import written

_THICKNESS = 17.0
#: A figure that is not shown has a mark of fixed width, so that nobody can measure it.
_HIDDEN = 26.0


def bars(sheet: Sheet, chart: Chart, language: str, not_shown: str) -> float:
    """Draw `chart` (its first series) and return the height used."""
    values = chart.series[0].values
    texts = [not_shown if value is None else written(value, chart.unit, language) for value in values]
    room = WIDTH - PLOT - max((width(text, SIZE) for text in texts), default=0.0) - 10
    scale = room / top_of(values, chart.unit)
    rows, height = label_rows(chart.categories, [_THICKNESS + 9] * len(values))
    for row, value, text in zip(rows, values, texts, strict=True):
        sheet.lines(LABEL_ROOM, row.middle, row.lines, AT_END)
        length = _HIDDEN if value is None else value * scale
        box = Box(PLOT, row.middle - _THICKNESS / 2, length, _THICKNESS)
        if value is None:
            sheet.hatched(box)
        elif length:
            sheet.rectangle(box, palette.ACCENT)
        sheet.text(PLOT + length + 6, row.middle + SIZE * 0.35, text, QUIET if value is None else PLAIN)
    sheet.line(PLOT, 0, PLOT, height, palette.MUTED)
    return height
