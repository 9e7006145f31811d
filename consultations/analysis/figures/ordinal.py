"""Measures of answers on an ordered scale: how they are spread over its steps, without a step being a distance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, combinations

#: How many people, or which share of them, chose each step, in the order of the scale.
Spread = Sequence[float]


def middle(spread: Spread) -> int:
    """Index of the step that the middle person chose; the lower one where the middle lies between two."""
    half = sum(spread) / 2
    return next(place for place, below_or_on in enumerate(accumulate(spread)) if below_or_on >= half)


def mean_step(spread: Spread) -> float:
    """The mean of the step numbers 1 to k."""
    return sum(step * weight for step, weight in enumerate(spread, start=1)) / sum(spread)


def agreement(spread: Spread) -> float:
    """Agreement A of van der Eijk, "Measuring Agreement in Ordered Rating Scales" (Quality & Quantity 35, 2001).

    From -1 (half of the people at each end) over 0 (as many on each step) to 1 (all on one step). The spread is taken
    apart into layers of equal height; A is the mean of the layers' agreement, weighted by the people in each. At least
    three steps, and somebody on one of them.
    """
    left, total, agreed = list(spread), sum(spread), 0.0
    while any(left):
        chosen = [weight > 0 for weight in left]
        height = min(weight for weight in left if weight > 0)
        agreed += _layer(chosen) * height * sum(chosen) / total
        left = [weight - height if weight > 0 else 0.0 for weight in left]
    return agreed


def polarisation(spread: Spread) -> float:
    """`agreement` turned round and laid on 0 to 100: 0 all on one step, 50 as many on each, 100 half at each end."""
    return 50 * (1 - agreement(spread))


def _layer(chosen: Sequence[bool]) -> float:
    """Agreement of a layer in which a step is either chosen or not (the paper's U, times the factor for its width)."""
    steps, used = len(chosen), sum(chosen)
    if used == steps:
        return 0.0
    factor = 1 - (used - 1) / (steps - 1)
    if used == 1:
        return factor
    # Three steps in their order tell of one peak (110, 011), of two (101), or of nothing.
    triples = list(combinations(chosen, 3))
    two_peaks = triples.count((True, False, True))
    one_peak = triples.count((True, True, False)) + triples.count((False, True, True))
    peaked = ((steps - 2) * one_peak - (steps - 1) * two_peaks) / ((steps - 2) * (one_peak + two_peaks))
    return factor * peaked
