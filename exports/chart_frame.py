"""What all charts share: the column of labels, the legend, the top of the scale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, log10

from exports.drawing import LEADING, SIZE, WIDTH, Sheet
from exports.lettering import width, wrap

#: Labels end here and the plot begins there, in units of the 640 wide sheet.
LABEL_ROOM = 196.0
PLOT = 206.0

_SWATCH = 12.0


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A category's label in lines, and the height that its marks are centred on."""

    lines: tuple[str, ...]
    middle: float


def label_rows(
    categories: tuple[str, ...], least: Sequence[float], top: float = 0.0
) -> tuple[list[LabelledRow], float]:
    """Rows from `top` down, each at least as high as `least` says for it, and where the last one ends."""
    rows = []
    for category, needed in zip(categories, least, strict=True):
        lines = wrap(category, SIZE, LABEL_ROOM)
        height = max(needed, len(lines) * LEADING + 8)
        rows.append(LabelledRow(lines, top + height / 2))
        top += height
    return rows, top


def top_of(values: Iterable[float | None], unit: str) -> float:
    """The end of the scale: 100 for shares, so that charts compare; the next 1, 2 or 5 × 10ⁿ for counts."""
    largest = max((value for value in values if value is not None), default=0.0)
    if unit == "%":
        return max(100.0, largest)
    if largest <= 0:
        return 1.0
    power = 10.0 ** (ceil(log10(largest)) - 1)
    return next(step * power for step in (1, 2, 5, 10) if step * power >= largest)


def legend(sheet: Sheet, names: list[str], mark: Callable[[int, float, float], None]) -> float:
    """Names after their marks, in as many lines as they need; `mark(index, x, middle)` draws one; returns the end."""
    x, middle = 0.0, 9.0
    for index, name in enumerate(names):
        needed = _SWATCH + 6 + width(name, SIZE) + 20
        if x and x + needed - 20 > WIDTH:
            x, middle = 0.0, middle + LEADING + 4
        mark(index, x + _SWATCH / 2, middle)
        sheet.text(x + _SWATCH + 6, middle + SIZE * 0.35, name)
        x += needed
    return middle + 17
