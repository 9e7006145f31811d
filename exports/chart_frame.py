"""What all charts share: the column of labels, the legend, the scale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, log10

from exports import palette
from exports.drawing import LEADING, SIZE, WIDTH, Box, Lettering, Sheet
from exports.lettering import width, wrap

#: Labels end here and the plot begins there, in units of the 640 wide sheet.
LABEL_ROOM = 196.0
PLOT = 206.0

AT_END = Lettering(anchor="end")
CENTRED = Lettering(anchor="middle")
#: Words about the picture, beside those that are its figures.
QUIET = Lettering(fill=palette.MUTED)
QUIET_CENTRED = Lettering(anchor="middle", fill=palette.MUTED)
QUIET_AT_END = Lettering(anchor="end", fill=palette.MUTED)
BOLD = Lettering(weight=600)

_SWATCH = 12.0


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A category's label in lines, where its row begins, and the height that its marks are centred on."""

    lines: tuple[str, ...]
    top: float
    middle: float


def label_rows(
    categories: tuple[str, ...], least: Sequence[float], top: float = 0.0
) -> tuple[list[LabelledRow], float]:
    """Rows from `top` down, each at least as high as `least` says for it, and where the last one ends."""
    rows = []
    for category, needed in zip(categories, least, strict=True):
        lines = wrap(category, SIZE, LABEL_ROOM)
        height = max(needed, len(lines) * LEADING + 8)
        rows.append(LabelledRow(lines, top, top + height / 2))
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


def near_top_of(values: Iterable[float | None], unit: str) -> float:
    """As `top_of`; half of it where all shares lie in the lower half and would crowd there."""
    known = [value for value in values if value is not None]
    full = top_of(known, unit)
    return full / 2 if unit == "%" and all(value <= full / 2 for value in known) else full


def hidden_mark(sheet: Sheet, x: float, middle: float) -> None:
    """The same for every figure that is not shown, so that nobody can measure it; around `x`."""
    sheet.hatched(Box(x - 5.5, middle - 5.5, 11, 11))


def legend(sheet: Sheet, names: list[str], mark: Callable[[int, float, float], None]) -> float:
    """Names after their marks, in as many lines as they need; `mark(index, x, middle)` draws one; returns the end."""
    x, middle, below = 0.0, 9.0, 0.0
    for index, name in enumerate(names):
        lines = wrap(name, SIZE, WIDTH - _SWATCH - 6)
        needed = _SWATCH + 6 + max(width(line, SIZE) for line in lines)
        if x and x + needed > WIDTH:
            x, middle, below = 0.0, middle + below + LEADING + 4, 0.0
        mark(index, x + _SWATCH / 2, middle)
        lower = (len(lines) - 1) * LEADING
        sheet.lines(x + _SWATCH + 6, middle + lower / 2, lines)
        x, below = x + needed + 20, max(below, lower)
    return middle + below + 17
