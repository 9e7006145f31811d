"""Small multiples: a panel of bars for each series, such as a group of people, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports import palette
from exports.chart_frame import (
    AT_END,
    BOLD,
    LABEL_ROOM,
    PLOT,
    QUIET_AT_END,
    hidden_mark,
    label_rows,
    legend,
    near_top_of,
)
from exports.document import Chart, Series
from exports.drawing import LEADING, SIZE, WIDTH, Box, Sheet
from exports.lettering import BOLDER, longest_word, width, wrap
from exports.numerals import written

_THICKNESS = 11.0
_GAP = 14.0
#: Above so many figures only the greatest of a panel is written out, or the picture is all digits.
_MOST_FIGURES = 45
_MOST_ACROSS = 4
#: So many panels stand two and two; others three and three.
_FEW = {1: 2, 2: 2, 4: 2}


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all panels of a picture share."""

    chart: Chart
    language: str
    across: int
    room: float
    full: float
    scale: float
    all_figures: bool

    def left(self, column: int) -> float:
        return PLOT + column * (self.room + _GAP)


def multiples(sheet: Sheet, chart: Chart, language: str, not_shown: str) -> float:
    """Draw `chart` and return the height used; panels stand in lines, categories are named at the side of each."""
    frame = _frame(chart, language)
    hidden = any(value is None for series in chart.series for value in series.values)
    top = legend(sheet, [not_shown], lambda _, x, middle: hidden_mark(sheet, x, middle)) if hidden else 0.0
    done = labelled = 0
    for heading, count in chart.sections or (("", len(chart.series)),):
        if heading:
            lines = wrap(heading, SIZE, WIDTH / BOLDER)
            sheet.lines(0, top + 4 + len(lines) * LEADING / 2, lines, BOLD)
            top += 8 + len(lines) * LEADING
        of_heading = chart.series[done : done + count]
        for start in range(0, len(of_heading), frame.across):
            panels = of_heading[start : start + frame.across]
            top = _line(sheet, frame, panels, top, labelled)
            labelled = max(labelled, len(panels))
        done += count
    return top


def _frame(chart: Chart, language: str) -> _Frame:
    across = _across(chart)
    room = _room(across)
    values = [value for series in chart.series for value in series.values]
    reached = [*values, *(pair[1] for series in chart.series for pair in series.intervals if pair)]
    figure = max((width(written(v, chart.unit, language), SIZE) for v in values if v is not None), default=0.0)
    full = near_top_of(reached, chart.unit)
    return _Frame(chart, language, across, room, full, (room - figure - 6) / full, len(values) <= _MOST_FIGURES)


def _across(chart: Chart) -> int:
    """How many panels stand beside each other: a whole section where it fits, but no word of a title is broken."""
    widest = max((count for _, count in chart.sections), default=0)
    wanted = widest if 0 < widest <= _MOST_ACROSS else _FEW.get(len(chart.series), 3)
    word = max(longest_word(series.name, SIZE) for series in chart.series) * BOLDER
    return next((across for across in range(max(wanted, 2), 2, -1) if word <= _room(across)), 2)


def _room(across: int) -> float:
    return (WIDTH - PLOT - (across - 1) * _GAP) / across


def _line(sheet: Sheet, frame: _Frame, panels: Sequence[Series], top: float, labelled: int) -> float:
    """Panels side by side: titles and bars, and the end of the scale unless it stands above; returns where they end."""
    titles = [wrap(panel.name, SIZE, frame.room / BOLDER) for panel in panels]
    bottom_of_titles = top + 6 + max(map(len, titles)) * LEADING
    top = bottom_of_titles + (LEADING if len(panels) > labelled else 2)
    rows, height = label_rows(frame.chart.categories, [_THICKNESS + 8] * len(frame.chart.categories), top + 4)
    for row in rows:
        sheet.lines(LABEL_ROOM, row.middle, row.lines, AT_END)
    for column, (panel, title) in enumerate(zip(panels, titles, strict=True)):
        left = frame.left(column)
        sheet.lines(left, bottom_of_titles - 2 - len(title) * LEADING / 2, title, BOLD)
        _axis(sheet, frame, left, (top, height), labelled=column >= labelled)
        greatest = max((value for value in panel.values if value is not None), default=None)
        for index, row in enumerate(rows):
            figure = frame.all_figures or panel.values[index] == greatest
            _bar(sheet, frame, panel, index, left, row.middle, figure=figure)
    return height + 10


def _axis(sheet: Sheet, frame: _Frame, left: float, down: tuple[float, float], *, labelled: bool) -> None:
    top, bottom = down
    for half in (1, 2):
        x = left + frame.full * frame.scale * half / 2
        sheet.line(x, top, x, bottom)
    sheet.line(left, top, left, bottom, palette.MUTED)
    if labelled:
        end = written(frame.full, frame.chart.unit, frame.language)
        sheet.text(left + frame.full * frame.scale, top - 3, end, QUIET_AT_END)


def _bar(sheet: Sheet, frame: _Frame, panel: Series, index: int, left: float, middle: float, *, figure: bool) -> None:
    value = panel.values[index]
    if value is None:
        hidden_mark(sheet, left + 7, middle)
        return
    if value:
        box = Box(left, middle - _THICKNESS / 2, value * frame.scale, _THICKNESS)
        sheet.rectangle(box, palette.PALE, palette.ACCENT)
    interval = panel.intervals[index] if panel.intervals else None
    low, high = interval or (value, value)
    if interval:
        sheet.whisker(left + low * frame.scale, left + high * frame.scale, middle)
    if figure:
        text = written(value, frame.chart.unit, frame.language)
        sheet.text(left + high * frame.scale + 5, middle + SIZE * 0.35, text)
