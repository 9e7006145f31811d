"""A map of equal tiles, one for each category, such as a region: darker where the share is greater."""

from __future__ import annotations

from dataclasses import dataclass

from exports import palette
from exports.chart_frame import QUIET_CENTRED, near_top_of
from exports.document import Chart
from exports.drawing import LEADING, SIZE, WIDTH, Box, Lettering, Sheet
from exports.lettering import wrap
from exports.numerals import written

_GAP = 6.0
_INSET = 10.0
_FIGURE = 24.0
_SMALL = 12.0
_SMALL_LEADING = 15.0
#: Shades of the scale: more could not be told from their neighbours in print.
_SHADES = 5
_SWATCH = 44.0


@dataclass(frozen=True, slots=True)
class _Tile:
    """What stands in a tile, in lines."""

    name: tuple[str, ...]
    figure: str
    remark: tuple[str, ...]

    @property
    def height(self) -> float:
        return 2 * _INSET + LEADING * len(self.name) + self.below

    @property
    def below(self) -> float:
        """What the figure and the remark need under the name."""
        return (_FIGURE + 6 if self.figure else 0.0) + _SMALL_LEADING * len(self.remark) + 2


def tiles(sheet: Sheet, chart: Chart, language: str, not_shown: str) -> float:
    """Draw `chart` (its first series) and return the height used.

    A map is not turned round for those who read from right to left: the tiles keep their places, only words turn.
    """
    values = chart.series[0].values
    full = near_top_of(values, chart.unit)
    colours = palette.steps(_SHADES, None)
    across = max((column for column, _ in chart.places), default=0.0) + 1
    room = (WIDTH - _GAP * (across - 1)) / across
    drawn = [_tile(chart, index, room - 2 * _INSET, language, not_shown) for index in range(len(values))]
    height = max((tile.height for tile in drawn), default=0.0)
    top = _scale(sheet, colours, full, chart.unit, language)
    for value, tile, (column, line) in zip(values, drawn, chart.places, strict=True):
        x = column * (room + _GAP)
        box = Box(WIDTH - x - room if sheet.mirrored else x, top + line * (height + _GAP), room, height)
        _draw(sheet, tile, box, None if value is None else colours[_shade(value, full)])
    return top + max((line for _, line in chart.places), default=0.0) * (height + _GAP) + height + 1


def _tile(chart: Chart, index: int, room: float, language: str, not_shown: str) -> _Tile:
    value = chart.series[0].values[index]
    remark = chart.remarks[index] if chart.remarks else ""
    if value is None:
        return _Tile(wrap(chart.categories[index], SIZE, room), "", wrap(remark or not_shown, _SMALL, room))
    figure = written(value, chart.unit, language)
    return _Tile(wrap(chart.categories[index], SIZE, room), figure, wrap(remark, _SMALL, room) if remark else ())


def _shade(value: float, full: float) -> int:
    return max(0, min(int(value * _SHADES / full), _SHADES - 1))


def _draw(sheet: Sheet, tile: _Tile, box: Box, colour: str | None) -> None:
    """Name, figure and remark below each other; an empty tile is hatched at its edge alone, for the letters."""
    ink = palette.ink_on(colour) if colour else palette.INK
    sheet.rectangle(box, colour or palette.PAPER, palette.MUTED)
    if colour is None:
        sheet.hatched(Box(box.x, box.y + box.height - 8, box.width, 8))
    x, y = box.x + _INSET, box.y + _INSET
    sheet.lines(x, y + len(tile.name) * LEADING / 2, tile.name, Lettering(fill=ink))
    y += len(tile.name) * LEADING
    if tile.figure:
        sheet.text(x, y + _FIGURE, tile.figure, Lettering(fill=ink, size=_FIGURE, weight=600))
        y += _FIGURE + 6
    small = Lettering(fill=ink, size=_SMALL)
    sheet.lines(x, y + 2 + len(tile.remark) * _SMALL_LEADING / 2, tile.remark, small, _SMALL_LEADING)


def _scale(sheet: Sheet, colours: tuple[str, ...], full: float, unit: str, language: str) -> float:
    """Shades in a row with the shares at their borders; returns where it ends."""
    left = 14.0
    for index, colour in enumerate(colours):
        sheet.rectangle(Box(left + index * _SWATCH, 1, _SWATCH, 14), colour, palette.MUTED)
    for index in range(len(colours) + 1):
        text = written(full * index / len(colours), unit, language)
        sheet.text(left + index * _SWATCH, 30, text, QUIET_CENTRED)
    return 42.0
