"""What one group's row of a released table comes down to: means, middles, boxes and places, all of them estimates.

Everything here is reckoned from released figures alone (post-processing), so it can tell nothing that they do not.
A hidden cell counts as two people, a band as its middle and an open band as its closed end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consultations.analysis.disclosure import LEAST_BASE_FOR_SHARES
from consultations.analysis.figures import grouped, ordinal
from consultations.analysis.figures.weights import reckoned
from consultations.analysis.scales import FEWEST_STEPS, is_turned
from consultations.analysis.tables import ReleasedRow, ReleasedTable


@dataclass(frozen=True, slots=True)
class ScaleSummary:
    """A group's answers on a scale, whose steps run from its bad end (1) to its good end (k)."""

    #: People who chose a step, which leaves out those who do not know or would rather not say.
    valid: float
    mean: float
    #: Index of the column in the table.
    middle: int
    #: The two steps at the good and at the bad end, in per cent of `valid`.
    top: float
    bottom: float
    #: The same in per cent of everybody who answered, those without a step among them.
    top_of_all: float
    bottom_of_all: float
    #: 0 to 100, `ordinal.polarisation`.
    polarisation: float


@dataclass(frozen=True, slots=True)
class NumberSummary:
    valid: float
    mean: float
    deviation: float
    lower: grouped.Quantile
    middle: grouped.Quantile
    upper: grouped.Quantile


@dataclass(frozen=True, slots=True)
class PlaceSummary:
    """Where a group puts one choice of a ranking."""

    valid: float
    mean: float
    #: Of the Borda points that it could get, in per cent: 100 where everybody puts it first, 0 where everybody last.
    borda: float


def weights_of(row: ReleasedRow) -> tuple[float, ...] | None:
    """The row's cells as estimates; None where shown figures stand for too few people to make a share of them."""
    if min(row.base, sum(cell.count or 0 for cell in row.cells)) < LEAST_BASE_FOR_SHARES:
        return None
    return tuple(float(reckoned(cell)) for cell in row.cells)


def steps(table: ReleasedTable) -> tuple[int, ...]:
    """The columns that are steps of the scale, from its bad end to its good one."""
    places = [place for place, column in enumerate(table.columns) if not column.apart]
    turned = is_turned(tuple(table.columns[place].name for place in places))
    return tuple(reversed(places)) if turned else tuple(places)


def scale_summary(table: ReleasedTable, weights: Sequence[float], base: float) -> ScaleSummary | None:
    """Of one group: `weights` for each column and `base` in the same unit; None where nobody chose one."""
    places = steps(table)
    spread = [weights[place] for place in places]
    valid = sum(spread)
    if len(places) < FEWEST_STEPS or not valid:
        return None
    top, bottom = sum(spread[-2:]), sum(spread[:2])
    return ScaleSummary(
        valid=valid,
        mean=ordinal.mean_step(spread),
        middle=places[ordinal.middle(spread)],
        top=100 * top / valid,
        bottom=100 * bottom / valid,
        top_of_all=min(100.0, 100 * top / base),
        bottom_of_all=min(100.0, 100 * bottom / base),
        polarisation=ordinal.polarisation(spread),
    )


def number_summary(bands: Sequence[grouped.Band], weights: Sequence[float]) -> NumberSummary | None:
    """Of one group's numbers or dates; None where nobody is in any band."""
    if not sum(weights):
        return None
    lower, middle, upper = (grouped.quantile(bands, weights, part) for part in (0.25, 0.5, 0.75))
    return NumberSummary(
        valid=sum(weights),
        mean=grouped.mean(bands, weights),
        deviation=grouped.deviation(bands, weights),
        lower=lower,
        middle=middle,
        upper=upper,
    )


def place_summary(bands: Sequence[grouped.Band], weights: Sequence[float]) -> PlaceSummary | None:
    """Of one group's places for one choice; None where nobody placed it, or there is one place only.

    Borda points: the last of k places gets none, the first k - 1 (de Borda, "Mémoire sur les élections au scrutin",
    1781); people who did not place the choice are left out. Places that share a column count as its middle.
    """
    last = max((band.high or 0 for band in bands), default=0)
    if not sum(weights) or last < 2:
        return None
    mean = grouped.mean(bands, weights)
    return PlaceSummary(valid=sum(weights), mean=mean, borda=100 * (last - mean) / (last - 1))
