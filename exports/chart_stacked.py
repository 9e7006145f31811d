"""Stacked shares, from negative to positive; the neutral answers straddle the zero line."""

from __future__ import annotations

from exports import palette
from exports.chart_frame import LABEL_ROOM, PLOT, label_rows, legend
from exports.document import Chart
from exports.drawing import SIZE, WIDTH, Sheet
from exports.lettering import width
from exports.numerals import written

_THICKNESS = 22.0
#: A share that is not shown has a mark of fixed width, so that nobody can measure it.
_HIDDEN = 12.0

_Row = tuple[float | None, ...]


def stacked(sheet: Sheet, chart: Chart, language: str, not_shown: str) -> float:
    """Draw `chart` and return the height used."""
    rows: list[_Row] = [
        tuple(series.values[index] for series in chart.series) for index in range(len(chart.categories))
    ]
    colours = palette.steps(len(chart.series), chart.middle)
    top = _legend(sheet, chart, colours, rows, not_shown)
    labels, height = label_rows(chart.categories, [_THICKNESS + 10] * len(rows), top)
    scale, zero = _scale(rows, chart.middle)
    # Below the shares, or it would cross out the figure of the neutral answer.
    sheet.line(zero, top, zero, height, palette.INK)
    for label, row in zip(labels, rows, strict=True):
        sheet.lines(LABEL_ROOM, label.middle, label.lines, anchor="end")
        if all(value is None for value in row):
            _empty(sheet, label.middle, not_shown)
            continue
        x = zero - _before(row, chart.middle, scale)
        for value, colour in zip(row, colours, strict=True):
            x += _segment(sheet, x, label.middle, value, scale, colour, chart.unit, language)
    return height


def _legend(sheet: Sheet, chart: Chart, colours: tuple[str, ...], rows: list[_Row], not_shown: str) -> float:
    def mark(index: int, x: float, middle: float) -> None:
        if index == len(colours):
            sheet.hatched(x - 6, middle - 6, 12, 12)
        else:
            sheet.rectangle(x - 6, middle - 6, 12, 12, colours[index])

    hidden = any(value is None for row in rows for value in row)
    return legend(sheet, [series.name for series in chart.series] + [not_shown] * hidden, mark)


def _scale(rows: list[_Row], middle: int | None) -> tuple[float, float]:
    """Units for one per cent, and where zero stands: far enough in for the longest side of every row."""
    room = WIDTH - PLOT
    if middle is None:
        longest = max((_length(row, 1.0) for row in rows), default=0.0)
        return room / max(100.0, longest), PLOT
    before = max((_before(row, middle, 1.0) for row in rows), default=0.0)
    after = max((_length(row, 1.0) - _before(row, middle, 1.0) for row in rows), default=0.0)
    scale = (room - _HIDDEN * max((row.count(None) for row in rows), default=0)) / max(before + after, 1.0)
    return scale, PLOT + before * scale + _HIDDEN * max((row[: middle + 1].count(None) for row in rows), default=0)


def _length(row: _Row, scale: float) -> float:
    return sum((value or 0.0) * scale for value in row)


def _before(row: _Row, middle: int | None, scale: float) -> float:
    """How far a row reaches to the negative side of zero: the negative shares and half of the neutral one."""
    if middle is None:
        return 0.0
    half = (row[middle] or 0.0) * scale / 2
    hidden = 0.0 if scale == 1.0 else _HIDDEN * row[:middle].count(None)
    return _length(row[:middle], scale) + half + hidden


def _segment(
    sheet: Sheet, x: float, middle: float, value: float | None, scale: float, colour: str, unit: str, language: str
) -> float:
    y = middle - _THICKNESS / 2
    if value is None:
        sheet.hatched(x + 1, y, _HIDDEN - 2, _THICKNESS)
        return _HIDDEN
    length = value * scale
    if length:
        sheet.rectangle(x, y, max(length - 1, 0.5), _THICKNESS, colour)
    # Where the sign does not fit the bare number may; the figure's caption or its table has what fits in neither way.
    for text in (written(value, unit, language), written(round(value), "", language)):
        if width(text, SIZE) + 3 <= length:
            sheet.text(x + length / 2, middle + SIZE * 0.35, text, anchor="middle", fill=palette.ink_on(colour))
            break
    return length


def _empty(sheet: Sheet, middle: float, not_shown: str) -> None:
    room = WIDTH - PLOT
    sheet.hatched(PLOT, middle - _THICKNESS / 2, room, _THICKNESS)
    needed = width(not_shown, SIZE) + 16
    sheet.rectangle(PLOT + (room - needed) / 2, middle - _THICKNESS / 2 + 2, needed, _THICKNESS - 4, palette.PAPER)
    sheet.text(PLOT + room / 2, middle + SIZE * 0.35, not_shown, anchor="middle", fill=palette.MUTED)
