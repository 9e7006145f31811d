"""Means, quantiles and spread of numbers and dates that are known only by the band they lie in."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from consultations.analysis.tables import ReleasedColumn, ReleasedTable

MONTHS_OF_A_YEAR = 12
_NUMBERS = re.compile(r"(?:(?P<sign>[≥≤<]) )?(?P<first>-?[\d.]+)(?:–<?(?P<last>-?[\d.]+))?$")
_DATE = re.compile(r"(\d{1,4})(?:-(\d{2}))?$")


@dataclass(frozen=True, slots=True)
class Band:
    """From the first to the last number in it; None where it is open. Dates are months since the year 0."""

    low: float | None
    high: float | None

    @property
    def stands_for(self) -> float:
        """The middle of the band; of an open one, its closed end."""
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(ends) / len(ends)


@dataclass(frozen=True, slots=True)
class Quantile:
    value: float
    #: `≥` or `≤` where it lies in an open band, so that only its closed end is known.
    sign: str = ""


def number_bands(table: ReleasedTable) -> tuple[Band, ...] | None:
    """The columns as bands; None where one says nothing of its ends, in its fields or in its name."""
    return _known(tuple(_numbered(column) for column in table.columns))


def date_bands(table: ReleasedTable) -> tuple[Band, ...] | None:
    """The columns as bands of months, from their names: `2019`, `2019-03`, `2018–2020`, `≤ 2019`, `≥ 2019-03`."""
    return _known(tuple(_dated(column) for column in table.columns))


def by_month(table: ReleasedTable) -> bool:
    return any("-" in column.name for column in table.columns)


def _known(bands: tuple[Band, ...]) -> tuple[Band, ...] | None:
    unknown = not bands or any(band.low is None and band.high is None for band in bands)
    return None if unknown else bands


def _numbered(column: ReleasedColumn) -> Band:
    """From its ends, else from its name: releases of before columns had ends say `18–29`, `2–<5`, `≥ 40` alone."""
    if column.low is not None or column.high is not None:
        return Band(column.low, column.high)
    found = _NUMBERS.match(column.name)
    if found is None:
        return Band(None, None)
    first, last = float(found["first"]), float(found["last"] or found["first"])
    return Band(None if found["sign"] in ("≤", "<") else first, None if found["sign"] == "≥" else last)


def _dated(column: ReleasedColumn) -> Band:
    name = column.name
    if name.startswith("≤ "):
        return Band(None, _month(name[2:], last=True))
    if name.startswith("≥ "):
        return Band(_month(name[2:], last=False), None)
    first, _, last = name.partition("–")
    return Band(_month(first, last=False), _month(last or first, last=True))


def _month(written: str, *, last: bool) -> float | None:
    found = _DATE.match(written)
    if found is None:
        return None
    month = int(found[2]) if found[2] else MONTHS_OF_A_YEAR if last else 1
    return int(found[1]) * MONTHS_OF_A_YEAR + month - 1


def mean(bands: Sequence[Band], weights: Sequence[float]) -> float:
    """Every person at what their band stands for."""
    return sum(band.stands_for * weight for band, weight in zip(bands, weights, strict=True)) / sum(weights)


def deviation(bands: Sequence[Band], weights: Sequence[float]) -> float:
    """The standard deviation, every person at what their band stands for."""
    centre = mean(bands, weights)
    squares = ((band.stands_for - centre) ** 2 * weight for band, weight in zip(bands, weights, strict=True))
    return math.sqrt(sum(squares) / sum(weights))


def quantile(bands: Sequence[Band], weights: Sequence[float], part: float) -> Quantile:
    """The number that `part` of the people lie below, as if each band's people were spread evenly over it.

    The usual interpolation for grouped data: a band reaches to half-way between its last number and the next band's
    first one.
    """
    below_or_in = tuple(accumulate(weights))
    wanted = part * below_or_in[-1]
    place = next(place for place, weight in enumerate(weights) if weight and below_or_in[place] >= wanted)
    band = bands[place]
    if band.high is None or band.low is None:
        return Quantile(band.stands_for, "≥" if band.high is None else "≤")
    low, high = _edges(bands, place, band.low, band.high)
    inside = 1 - (below_or_in[place] - wanted) / weights[place]
    # The edges reach beyond what anybody can have answered; what is told does not.
    return Quantile(min(max(low + inside * (high - low), band.low), band.high))


def _edges(bands: Sequence[Band], place: int, low: float, high: float) -> tuple[float, float]:
    """Half-way to the neighbours, and as far out where there is none."""
    before = bands[place - 1].high if place else None
    after = bands[place + 1].low if place + 1 < len(bands) else None
    gaps = [gap for gap in (None if before is None else low - before, None if after is None else after - high) if gap]
    # Years and months that nobody named have no band: a gap is never wider than the narrowest one.
    half = min(gaps, default=0.0) / 2
    return low - half, high + half
