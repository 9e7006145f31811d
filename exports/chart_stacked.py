"""Stacked shares, from negative to positive; the neutral answers straddle the zero line."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from exports import palette
from exports.chart_frame import (
    AT_END,
    BOLD,
    LABEL_ROOM,
    PLOT,
    QUIET,
    LabelledRow,
    hidden_mark,
    label_rows,
    legend,
)
from exports.document import Chart
from exports.drawing import LEADING, SIZE, WIDTH, Box, Lettering, Sheet
from exports.lettering import BOLDER, width, wrap
from exports.numerals import written

_THICKNESS = 22.0
#: A share that is not shown has a mark of fixed width, so that nobody can measure it.
_HIDDEN = 12.0
#: Where nothing of a row is shown.
_EMPTY = 40.0

_Row = tuple[float | None, ...]


def stacked(sheet: Sheet, chart: Chart, language: str, not_shown: str) -> float:
    """Draw `chart` and return the height used."""
    rows: list[_Row] = [
        tuple(series.values[index] for series in chart.series) for index in range(len(chart.categories))
    ]
    colours = palette.steps(len(chart.series), chart.middle)
    scale, zero = _scale(rows, chart.middle)
    top = _legend(sheet, chart, colours, rows, not_shown)
    if chart.middle is not None:
        top = _ends(sheet, chart, zero, top)
    labels, height = _labels(sheet, chart, top)
    sheet.line(zero, top, zero, height, palette.INK)
    for label, row in zip(labels, rows, strict=True):
        sheet.lines(LABEL_ROOM, label.middle, label.lines, AT_END)
        if all(value is None for value in row):
            _empty(sheet, label.middle, zero, not_shown)
            continue
        x = zero - _sides(row, chart.middle)[0].length(scale)
        for value, colour in zip(row, colours, strict=True):
            x += _segment(sheet, x, label.middle, value, scale, colour, chart.unit, language)
    return height


def _legend(sheet: Sheet, chart: Chart, colours: tuple[str, ...], rows: list[_Row], not_shown: str) -> float:
    def mark(index: int, x: float, middle: float) -> None:
        if index == len(colours):
            hidden_mark(sheet, x, middle)
        else:
            sheet.rectangle(Box(x - 6, middle - 6, 12, 12), colours[index], palette.MUTED)

    hidden = any(value is None for row in rows for value in row)
    return legend(sheet, [series.name for series in chart.series] + [not_shown] * hidden, mark)


def _ends(sheet: Sheet, chart: Chart, zero: float, top: float) -> float:
    """The first and the last step named on their sides of zero, so that no colour needs to say which side is which."""
    room = (WIDTH - PLOT) / 2 - 30
    first, last = (wrap(chart.series[place].name, SIZE, room) for place in (0, -1))
    # Zero may lie near an edge; the names then stand as near to it as they can.
    start = min(max(zero - 12, PLOT + 18 + _widest(first)), WIDTH - _widest(last) - 42)
    middle = top + 4 + max(len(first), len(last)) * LEADING / 2
    for lines, x, away, lettering in ((first, start, -1, AT_END), (last, start + 24, 1, Lettering())):
        sheet.lines(x, middle, lines, lettering)
        tip = x + away * (_widest(lines) + 16)
        sheet.arrow(tip - away * 11, middle, tip)
    return top + 8 + max(len(first), len(last)) * LEADING


def _widest(lines: tuple[str, ...]) -> float:
    return max(width(line, SIZE) for line in lines)


def _labels(sheet: Sheet, chart: Chart, top: float) -> tuple[list[LabelledRow], float]:
    """The rows below their headings, and where the last one ends."""
    rows: list[LabelledRow] = []
    for heading, count in chart.sections or (("", len(chart.categories)),):
        if heading:
            lines = wrap(heading, SIZE, WIDTH / BOLDER)
            sheet.lines(0, top + 4 + len(lines) * LEADING / 2, lines, BOLD)
            top += 8 + len(lines) * LEADING
        names = chart.categories[len(rows) : len(rows) + count]
        more, top = label_rows(names, [_THICKNESS + 10] * len(names), top)
        rows += more
    return rows, top


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far a row reaches to one side of zero: in per cent, and in marks of what is not shown."""

    shares: float
    hidden: int

    def length(self, scale: float) -> float:
        return self.shares * scale + self.hidden * _HIDDEN


def _sides(row: _Row, middle: float | None) -> tuple[_Reach, _Reach]:
    """The negative side with half of the neutral share, and the positive one; no negative side without a middle."""
    if middle is None:
        return _Reach(0.0, 0), _Reach(_sum(row), row.count(None))
    half = (row[int(middle)] or 0.0) / 2 if middle == int(middle) else 0.0
    negative = row[: ceil(middle)]
    return (
        _Reach(_sum(negative) + half, negative.count(None)),
        _Reach(_sum(row) - _sum(negative) - half, row.count(None) - negative.count(None)),
    )


def _scale(rows: list[_Row], middle: float | None) -> tuple[float, float]:
    """Units for one per cent, and where zero stands: far enough in for the longest side of every row."""
    sides = [_sides(row, middle) for row in rows if any(value is not None for value in row)]
    before, after = (
        _Reach(max((side.shares for side in of_all), default=0.0), max((side.hidden for side in of_all), default=0))
        for of_all in ([pair[0] for pair in sides], [pair[1] for pair in sides])
    )
    least = 100.0 if middle is None else 1.0
    room = WIDTH - PLOT - 1 - _HIDDEN * (before.hidden + after.hidden)
    scale = room / max(before.shares + after.shares, least)
    return scale, PLOT + before.length(scale)


def _sum(values: _Row) -> float:
    return sum(value or 0.0 for value in values)


def _segment(
    sheet: Sheet, x: float, middle: float, value: float | None, scale: float, colour: str, unit: str, language: str
) -> float:
    box = Box(x, middle - _THICKNESS / 2, _HIDDEN if value is None else value * scale, _THICKNESS)
    if value is None:
        sheet.hatched(Box(x + 1, box.y, _HIDDEN - 2, _THICKNESS))
        return _HIDDEN
    if value:
        sheet.rectangle(box, colour, palette.MUTED)
    # Where the sign does not fit the bare number may; the figure's caption or its table has what fits in neither way.
    for text in (written(value, unit, language), written(round(value), "", language)):
        if width(text, SIZE) + 3 <= box.width:
            ink = Lettering(anchor="middle", fill=palette.ink_on(colour))
            sheet.text(x + box.width / 2, middle + SIZE * 0.35, text, ink)
            break
    return box.width


def _empty(sheet: Sheet, middle: float, zero: float, not_shown: str) -> None:
    """Beside the zero line, which would cross out the words."""
    needed = _EMPTY + 6 + width(not_shown, SIZE)
    x = PLOT if PLOT + needed < zero else zero + 8
    sheet.hatched(Box(x, middle - _THICKNESS / 2, _EMPTY, _THICKNESS))
    sheet.text(x + _EMPTY + 6, middle + SIZE * 0.35, not_shown, QUIET)
