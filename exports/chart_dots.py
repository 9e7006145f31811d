"""Dots on one axis: the series side by side, such as regions, in a row for each category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports import palette
from exports.chart_frame import LABEL_ROOM, PLOT, label_rows, legend, top_of
from exports.document import Chart
from exports.drawing import LEADING, SIZE, WIDTH, Sheet
from exports.lettering import width
from exports.numerals import written

_LANE = 12.0
#: A dot that is not shown stands at the end of its row, with a hatched mark beside it.
_HIDDEN = 30.0
_FILLS = (palette.ACCENT, "#e9b48f", palette.PAPER, "#7fb5b0", "#b5502a")
_STROKES = (palette.ACCENT, "#8a3b1c", palette.INK, palette.ACCENT, "#8a3b1c")


@dataclass(frozen=True, slots=True)
class _Dot:
    """One value in its place: which series, how far along, in which lane of its row."""

    kind: int
    x: float
    lane: int
    text: str


def dots(sheet: Sheet, chart: Chart, language: str, not_shown: str) -> float:
    """Draw `chart` and return the height used; the least and the greatest value of a row are written out."""
    shown = [value for series in chart.series for value in series.values]
    ends = 12 + max((width(written(v, chart.unit, language), SIZE) for v in shown if v is not None), default=0.0)
    hidden = [_hidden(chart, index) for index in range(len(chart.categories))]
    left, right = PLOT + ends, WIDTH - ends - _HIDDEN * max(map(len, hidden), default=0)
    full = _end(shown, chart.unit)
    placed = [_placed(chart, index, left, (right - left) / full, language) for index in range(len(hidden))]
    top = _legend(sheet, chart, None in shown, not_shown)
    labels, height = label_rows(chart.categories, [_height(row) for row in placed], top + LEADING)
    _axis(sheet, (left, right), (top, height), full, chart.unit, language)
    for label, row, absent in zip(labels, placed, hidden, strict=True):
        sheet.lines(LABEL_ROOM, label.middle, label.lines, anchor="end")
        _row(sheet, row, label.middle)
        for place, kind in enumerate(reversed(absent)):
            _dot(sheet, kind, WIDTH - _HIDDEN * place - 22, label.middle)
            sheet.hatched(WIDTH - _HIDDEN * place - 12, label.middle - 6, 12, 12)
    return height


def _end(values: Sequence[float | None], unit: str) -> float:
    """The end of the labelled axis; half of it where all shares lie in the lower half and would crowd there."""
    full = top_of(values, unit)
    return full / 2 if unit == "%" and all(value is None or value <= full / 2 for value in values) else full


def _hidden(chart: Chart, index: int) -> list[int]:
    return [kind for kind, series in enumerate(chart.series) if series.values[index] is None]


def _placed(chart: Chart, index: int, left: float, scale: float, language: str) -> list[_Dot]:
    values = sorted(
        (value, kind) for kind, value in enumerate(series.values[index] for series in chart.series) if value is not None
    )
    ends: list[float] = []
    return [
        _Dot(kind, left + value * scale, _lane(ends, left + value * scale), written(value, chart.unit, language))
        for value, kind in values
    ]


def _lane(ends: list[float], x: float) -> int:
    """The first lane where a dot at `x` touches no other; a new one where there is none."""
    for lane, end in enumerate(ends):
        if x - end >= _LANE:
            ends[lane] = x
            return lane
    ends.append(x)
    return len(ends) - 1


def _height(row: list[_Dot]) -> float:
    return _LANE * (1 + max((dot.lane for dot in row), default=0)) + 16


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
    sheet: Sheet, across: tuple[float, float], down: tuple[float, float], full: float, unit: str, language: str
) -> None:
    (left, right), (top, bottom) = across, down
    for quarter in range(5):
        x = left + (right - left) * quarter / 4
        sheet.line(x, top + LEADING, x, bottom)
        if quarter % 2 == 0:
            text = written(full * quarter / 4, unit, language)
            sheet.text(x, top + SIZE * 0.7, text, anchor="middle", fill=palette.MUTED)


def _row(sheet: Sheet, row: list[_Dot], middle: float) -> None:
    if not row:
        return
    first, last = row[0], row[-1]
    sheet.line(first.x, middle, last.x, middle, palette.MUTED, 2)
    lanes = max(dot.lane for dot in row)
    for dot in row:
        _dot(sheet, dot.kind, dot.x, middle + (dot.lane - lanes / 2) * _LANE)
    sheet.text(last.x + 10, middle + SIZE * 0.35, last.text)
    if len(row) > 1:
        sheet.text(first.x - 10, middle + SIZE * 0.35, first.text, anchor="end")
