"""Numbers and dates in bands whose edges come from the questionnaire or from the calendar, never from one answer."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import numpy.typing as npt

from forms.questionnaire import UNNAMED

#: A number that the questionnaire bounds on both sides gets at most so many bands: more do not fit a phone or a page.
MOST_BANDS = 10
#: Widths that people count in.
_STEPS = tuple(mantissa * 10.0**power for power in range(-2, 9) for mantissa in (1, 2, 5))
#: Where there are no bounds: the 1-2-5 series, which is the same for every data set.
LADDER = (-math.inf, 0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000, 1_000_000)
_HUNDRED = 100
_BOUND = re.compile(r"(?<![\w}])\.\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)")
_UNIX_EPOCH = 719_163  # date(1970, 1, 1).toordinal()

Ends = tuple[tuple[str, str], ...]


def plain(text: str) -> dict[str, str]:
    """A label that reads the same in every language."""
    return {UNNAMED: text}


def bounds(constraint: str) -> tuple[float | None, float | None]:
    """The least and the greatest number that an ODK constraint such as `. >= 18 and . < 100` lets through.

    A constraint with `or` or `not` in it bounds nothing that we can be sure of.
    """
    if re.search(r"\b(or|not)\b", constraint):
        return None, None
    found = [(sign, float(number)) for sign, number in _BOUND.findall(constraint)]
    lows = [number for sign, number in found if sign.startswith(">")]
    highs = [number for sign, number in found if sign.startswith("<")]
    return max(lows, default=None), min(highs, default=None)


def edges(low: float | None, high: float | None, whole: bool) -> tuple[float, ...]:
    """The lower edges of the bands: round numbers between the bounds, or the ladder above what bound there is."""
    step = _step(low, high, whole)
    if step and low is not None and high is not None:
        first = math.floor(low / step)
        return (low, *(round(step * n, 2) for n in range(first + 1, first + _count(low, high, step))))
    least = -math.inf if low is None else low
    return (least, *(edge for edge in LADDER if edge > least and (high is None or edge < high)))


def number_ends(edges: tuple[float, ...], high: float | None, whole: bool) -> Ends:
    """The bands' ends as they are written; '' where a band is open."""
    nexts = (*edges[1:], math.inf)
    last = len(edges) - 1
    return tuple(
        (_figure(edge), _upper(after, whole) if place < last else _last(high))
        for place, (edge, after) in enumerate(zip(edges, nexts, strict=True))
    )


def dates(ordinals: npt.NDArray[Any], missing: int, by_month: bool) -> tuple[npt.NDArray[np.uint16], Ends]:
    """Codes (0 for none) and ends of calendar years or months, from the first one answered to the last."""
    answered = ordinals != missing
    if not answered.any():
        return np.zeros(len(ordinals), np.uint16), ()
    days = (ordinals.astype(np.int64) - _UNIX_EPOCH).astype("datetime64[D]")
    units = days.astype("datetime64[M]" if by_month else "datetime64[Y]")
    first = units[answered].min()
    codes = np.where(answered, (units - first).astype(np.int64) + 1, 0)
    # Only those that somebody answered: from the year 1 to the year 9999 there are 120,000 months.
    found = np.unique(codes[answered])
    names = tuple(str(first + np.timedelta64(int(code) - 1, "M" if by_month else "Y")) for code in found)
    places = np.searchsorted(found, codes) + 1
    return np.where(answered, places, 0).astype(np.uint16), tuple((name, name) for name in names)


def written(ends: tuple[str, str]) -> str:
    """`18–29`, `≥ 1000`, `≤ 2019`, `2–<5`: figures and signs, which need no translation."""
    low, high = ends
    if low == high:
        return low or "…"
    if not high:
        return f"≥ {low}"
    if not low:
        return f"≤ {high}" if not high.startswith("<") else f"< {high[1:]}"
    return f"{low}–{high}"


def _step(low: float | None, high: float | None, whole: bool) -> float | None:
    """The narrowest round width with few enough bands between the bounds; None without bounds, or with absurd ones."""
    if low is None or high is None or low >= high:
        return None
    step = next((step for step in _STEPS if step >= whole and _count(low, high, step) <= MOST_BANDS), None)
    # What starts at nothing (years, children, days) has most people near the start, where the ladder is finer; what
    # ends at a hundred is a percentage.
    return None if whole and step != 1 and low == 0 and high != _HUNDRED else step


def _count(low: float, high: float, step: float) -> int:
    return math.floor(high / step) - math.floor(low / step) + 1


def _figure(number: float) -> str:
    if math.isinf(number):
        return ""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _upper(after: float, whole: bool) -> str:
    return _figure(after - 1) if whole else f"<{_figure(after)}"


def _last(high: float | None) -> str:
    return "" if high is None else _figure(high)
