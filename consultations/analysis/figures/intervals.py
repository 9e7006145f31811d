"""What a released share may really be: how much chance and the noise of cells leave open."""

from __future__ import annotations

import math

from consultations.analysis.disclosure import LEAST_BASE_FOR_SHARES
from consultations.analysis.tables import ReleasedCell, ReleasedRow
from consultations.errors import N_

#: The 97.5th percentile of the normal distribution, for an interval of 95 per cent.
Z = 1.959964
#: Variance of the noise of a count, of a cell as of a base (`noise.WEIGHTS`).
NOISE_VARIANCE = 2.0

NOTE = N_(
    "Lines show what a share may really be, as far as chance and the random changes go (interval of 95 per"
    " cent). Members chose to answer; the figures speak for those who did, not for all members."
)

#: From and to, in per cent.
Interval = tuple[float, float]


def interval(cell: ReleasedCell, row: ReleasedRow) -> Interval | None:
    """The 95 % interval of a cell's share of its row, in per cent; None where the release shows no share."""
    if cell.percent is None or cell.count is None or row.base < LEAST_BASE_FOR_SHARES:
        return None
    low, high = score(cell.count, row.base)
    return 100 * low, 100 * high


def score(count: float, base: float, noise_variance: float = NOISE_VARIANCE) -> Interval:
    """All shares p, as parts of 1, from which `count` of `base` is at most `Z` standard errors away.

    The score interval of Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (Journal of
    the American Statistical Association 22, 1927), with the variance of the noise added to that of sampling:
    (share - p)² = Z² (p (1 - p) / base + noise), where noise = variance (1 + share²) / base², because a count and its
    base are both changed (first order, as if independently). Without noise it is Wilson's own. `base` above zero.
    """
    share = min(count / base, 1.0)
    noise = noise_variance * (1 + share**2) / base**2
    a, b, c = 1 + Z**2 / base, 2 * share + Z**2 / base, share**2 - Z**2 * noise
    root = math.sqrt(b**2 - 4 * a * c)
    return max(0.0, (b - root) / (2 * a)), min(1.0, (b + root) / (2 * a))
