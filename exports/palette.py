"""Colours of a chart: told apart in black and white, and by eyes that see red and green alike."""

from __future__ import annotations

ACCENT = "#0b5d5b"
INK = "#1f2a2a"
MUTED = "#5a6666"
RULE = "#c9d0cf"
PAPER = "#ffffff"

# Lightness (CIE L*) is different for each step: 47, 77 | 90 | 69, 35. Warm against teal survives every kind of
# colour blindness; in black and white the side of the zero line tells the rest.
_NEGATIVE = ("#b5502a", "#e9b48f")
_NEUTRAL = "#e4e2dd"
_POSITIVE = ("#7fb5b0", "#0b5d5b")
_LIGHTEST, _DARKEST = "#d3e6e4", "#0b5d5b"


def steps(count: int, middle: int | None) -> tuple[str, ...]:
    """One colour for each of `count` series of a stack; warm, neutral, teal around `middle`, else light to dark."""
    if middle is None:
        return _ramp(_LIGHTEST, _DARKEST, count)
    return (
        *_ramp(*_NEGATIVE, middle),
        _NEUTRAL,
        *reversed(_ramp(_POSITIVE[1], _POSITIVE[0], count - middle - 1)),
    )


def ink_on(colour: str) -> str:
    """White or ink, whichever is easier to read on `colour` (WCAG 2.2, relative luminance)."""
    return PAPER if _luminance(colour) < 0.2 else INK


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
