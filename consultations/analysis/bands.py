"""How bands of numbers, of dates and of hours are written, and which band each date and each time of day is in."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from forms.bands import Bands
from forms.questionnaire import UNNAMED

_UNIX_EPOCH = 719_163  # date(1970, 1, 1).toordinal()
_HOUR_MS, _DAY_MS = 3_600_000, 86_400_000
_HOURS_OF_A_DAY = 24

Ends = tuple[tuple[str, str], ...]


def plain(text: str) -> dict[str, str]:
    """A label that reads the same in every language."""
    return {UNNAMED: text}


def number_ends(bands: Bands) -> Ends:
    """The bands' ends as they are written; '' where a band is open."""
    if bands.single:
        return tuple((_figure(edge), _figure(edge)) for edge in bands.edges)
    nexts = (*bands.edges[1:], math.inf)
    last = len(bands.edges) - 1
    return tuple(
        (_figure(edge), _upper(after, bands.whole) if place < last else _last(bands.high))
        for place, (edge, after) in enumerate(zip(bands.edges, nexts, strict=True))
    )


def dates(ordinals: npt.NDArray[Any], missing: int, by_month: bool) -> tuple[npt.NDArray[np.uint16], Ends]:
    """Codes (0 for none) and ends of calendar years or months, from the first one answered to the last."""
    answered = ordinals != missing
    if not answered.any():
        return np.zeros(len(ordinals), np.uint16), ()
    first, last = int(ordinals[answered].min()), int(ordinals[answered].max())
    # Each day between the first and the last is put into its year once, and looked up for each response.
    days = (np.arange(first, last + 1, dtype=np.int64) - _UNIX_EPOCH).astype("datetime64[D]")
    unit = days.astype("datetime64[M]" if by_month else "datetime64[Y]").astype(np.int64)
    counted = np.bincount(unit[ordinals[answered] - first] - unit[0], minlength=unit[-1] - unit[0] + 1)
    # Only those that somebody answered: from the year 1 to the year 9999 there are 120,000 months.
    found = np.flatnonzero(counted)
    names = tuple(str(np.datetime64(int(unit[0] + one), "M" if by_month else "Y")) for one in found)
    place = np.zeros(len(counted), np.uint16)
    place[found] = np.arange(1, len(found) + 1)
    place_of_day = place[unit - unit[0]]
    codes = np.where(answered, place_of_day[np.where(answered, ordinals - first, 0)], 0).astype(np.uint16)
    return codes, tuple((name, name) for name in names)


def days(milliseconds: npt.NDArray[Any], missing: int) -> npt.NDArray[np.int64]:
    """The days, as `dates` takes them and with 0 for none, of moments in milliseconds since 1970."""
    return np.where(milliseconds == missing, 0, milliseconds // _DAY_MS + _UNIX_EPOCH)


def hours(milliseconds: npt.NDArray[Any], missing: int) -> tuple[npt.NDArray[np.uint16], Ends]:
    """Codes (0 for none) and ends of the hours of the day: all 24, so that no answer says where the first begins."""
    codes = np.where(milliseconds == missing, 0, milliseconds // _HOUR_MS + 1).astype(np.uint16)
    return codes, tuple((f"{hour}:00", f"{hour}:59") for hour in range(_HOURS_OF_A_DAY))


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


def _figure(number: float) -> str:
    if math.isinf(number):
        return ""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _upper(after: float, whole: bool) -> str:
    return _figure(after - 1) if whole else f"<{_figure(after)}"


def _last(high: float | None) -> str:
    return "" if high is None else _figure(high)
