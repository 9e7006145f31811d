"""Colours of a chart: told apart in black and white, and by eyes that see red and green alike."""

from __future__ import annotations

from functools import cache
from math import ceil

ACCENT = "#0b5d5b"
INK = "#1f2a2a"
MUTED = "#5a6666"
RULE = "#c9d0cf"
PAPER = "#ffffff"
#: A bar that a line in INK is drawn over.
PALE = "#a9cfcb"

# Lightness (CIE L*) is different for each step: 47, 77 | 90 | 66, 35. Warm against teal survives every kind of
# colour blindness; in black and white the side of the zero line tells the rest.
_NEGATIVE = ("#b5502a", "#e9b48f")
_NEUTRAL = "#e4e2dd"
_POSITIVE = ("#73aba6", "#0b5d5b")
_LIGHTEST, _DARKEST = "#d3e6e4", "#0b5d5b"
_BLACK = "#000000"
#: WCAG 2.2, 1.4.3: what letters need against what is behind them.
_READABLE = 4.5


@cache
def steps(count: int, middle: float | None) -> tuple[str, ...]:
    """One colour for each of `count` series of a stack; warm, neutral, teal around `middle`, else light to dark.

    A `middle` half way between two series (1.5) has no neutral one.
    """
    if middle is None:
        return _ramp(_LIGHTEST, _DARKEST, count)
    before = ceil(middle)
    neutral = (_NEUTRAL,) if middle == before else ()
    after = count - before - len(neutral)
    return (*_ramp(*_NEGATIVE, before), *neutral, *reversed(_ramp(_POSITIVE[1], _POSITIVE[0], after)))


@cache
def ink_on(colour: str) -> str:
    """What can be read on `colour`: white or ink, black where both are too near to it."""
    best = max((PAPER, INK), key=lambda ink: contrast(ink, colour))
    return best if contrast(best, colour) >= _READABLE else _BLACK


def contrast(colour: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, 1 (the same) to 21 (black on white)."""
    low, high = sorted((_luminance(colour), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _ramp(first: str, last: str, count: int) -> tuple[str, ...]:
    """`count` colours from `first` to `last`; a single one is `first`."""
    span = max(count - 1, 1)
    pairs = list(zip(_channels(first), _channels(last), strict=True))
    return tuple(
        "#" + "".join(f"{round(start + (end - start) * step / span):02x}" for start, end in pairs)
        for step in range(count)
    )
