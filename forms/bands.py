"""The bands that numbers are told and stored in; their edges come from the questionnaire, never from an answer."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from dataclasses import dataclass

from forms.number_lines import number_line
from forms.questionnaire import Question

#: A number that the questionnaire bounds on both sides gets at most so many bands: more do not fit a phone or a page.
MOST_BANDS = 10
#: Of a number that is stored as a band only: fewer, and each is wider than one step, so that something is left out.
MOST_STORED_BANDS = 6
#: A range of so few numbers is a scale, and each of its steps stands alone: pain from 0 to 10.
MOST_STEPS = 11
#: Widths that people count in.
_STEPS = tuple(mantissa * 10.0**power for power in range(-2, 9) for mantissa in (1, 2, 5))
#: Where there are no bounds: the 1-2-5 series, which is the same for every data set.
LADDER = (-math.inf, 0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000, 1_000_000)
_HUNDRED = 100
_BOUND = re.compile(r"(?<![\w}])\.\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Bands:
    """`edges` are the lower ends, ascending; the first may be minus infinity, and the last band ends with `high`."""

    edges: tuple[float, ...]
    high: float | None
    #: Whole numbers: a band ends one below the next edge.
    whole: bool
    #: Each band is one number.
    single: bool = False

    def edge_below(self, number: float) -> float:
        """The number that stands for the whole band: its lower end, or where it has none a number just within it."""
        place = max(1, bisect_right(self.edges, number)) - 1
        edge = self.edges[place]
        if math.isinf(edge):
            return self.edges[1] - 1 if len(self.edges) > 1 else self.high or 0
        return math.ceil(edge) if self.whole else edge


def bands_of(question: Question) -> Bands:
    """The bands of an integer, a decimal or a range; fewer where the question is stored in bands only."""
    coarse = question.anonymise == "band"
    if question.type != "range":
        low, high = bounds(question.constraint)
        whole = question.type == "integer"
        return Bands(edges(low, high, whole, *_limits(coarse, int(whole))), high, whole)
    line = number_line(question)
    if line.points <= MOST_STEPS and not coarse:
        return Bands(tuple(sorted(map(float, line.numbers()))), float(line.high), line.is_whole, single=True)
    lowest, highest = float(line.low), float(line.high)
    return Bands(edges(lowest, highest, line.is_whole, *_limits(coarse, float(line.step))), highest, line.is_whole)


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


def edges(
    low: float | None, high: float | None, whole: bool, most: int = MOST_BANDS, least_width: float = 0
) -> tuple[float, ...]:
    """The lower edges of the bands: round numbers between the bounds, or the ladder above what bound there is."""
    step = _step(low, high, whole, most, least_width)
    if step and low is not None and high is not None:
        first = math.floor(low / step)
        return (low, *(round(step * n, 2) for n in range(first + 1, first + _count(low, high, step))))
    least = -math.inf if low is None else low
    return (least, *(edge for edge in LADDER if edge > least and (high is None or edge < high)))


def _limits(coarse: bool, unit: float) -> tuple[int, float]:
    """How many bands at most, and how wide at least."""
    return (MOST_STORED_BANDS, 2 * unit) if coarse else (MOST_BANDS, 0)


def _step(low: float | None, high: float | None, whole: bool, most: int, least_width: float) -> float | None:
    """The narrowest round width with few enough bands between the bounds; None without bounds, or with absurd ones."""
    if low is None or high is None or low >= high:
        return None
    least = max(least_width, int(whole))
    step = next((step for step in _STEPS if step >= least and _count(low, high, step) <= most), None)
    # What starts at nothing (years, children, days) has most people near the start, where the ladder is finer; what
    # ends at a hundred is a percentage.
    return None if whole and step != 1 and low == 0 and high != _HUNDRED else step


def _count(low: float, high: float, step: float) -> int:
    return math.floor(high / step) - math.floor(low / step) + 1
