"""From the tally of a question to the counts of one of its tables, which nobody is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from consultations.analysis.axes import Axis, Category, places
from consultations.analysis.tables import REGION, Planned
from consultations.analysis.tabulate import Counted, Counts, Tally


@dataclass(frozen=True, slots=True)
class RawTable:
    """Row 0 is everybody who answered the question, in the one region where it is of one; row n the n-th category."""

    question: Axis
    #: categories, scale, multiple, ranking, places, number, date, time.
    kind: str
    columns: tuple[Category, ...]
    breakdown: Axis | None
    #: The region, of a table of one.
    within: Category | None
    #: The choice whose places are counted.
    item: Category | None
    #: (1 + rows, columns)
    counts: Counts
    #: Sums of the record keys of the same people.
    keys: Counts
    #: (1 + rows,) people who answered the question.
    bases: Counts
    base_keys: Counts


def raw_table(counted: Counted, planned: Planned) -> RawTable:
    """The table as counted. Raises KeyError or ValueError where the question was not counted by what it needs."""
    tally = _tally(counted, planned)
    breakdown = next((each for each in tally.by.breakdowns if each.question == planned.breakdown), None)
    within = named(region_of(tally).categories, planned.within) if planned.within else None
    question = counted.question
    item = named(question.categories, planned.item) if planned.item else None
    rows = 1 + len(breakdown.categories) if breakdown else 1
    inside, row = _inside(tally, planned), _rows(tally, planned)
    counts, keys = (_summed(_layer(of, question, item), row, inside, rows) for of in (tally.counts, tally.keys))
    bases, base_keys = (_summed(of, row, inside, rows) for of in (tally.bases, tally.base_keys))
    kind, columns = ("places", places(question)) if item else (question.kind, question.categories)
    return RawTable(question, kind, columns, breakdown, within, item, counts, keys, bases, base_keys)


def region_of(tally: Tally) -> Axis:
    """The region among the breakdowns of a tally; raises StopIteration where it is none of them."""
    return next(each for each in tally.by.breakdowns if each.question == REGION)


def named(categories: tuple[Category, ...], name: str) -> Category:
    return next(category for category in categories if category.name == name)


def rows_of(people: Tally, planned: Planned) -> npt.NDArray[np.int64]:
    """(cells,) the row of that table that the people of each cell of a tally are in; -1 for none."""
    return np.where(_inside(people, planned), _rows(people, planned), -1)


def _layer(of: Counts, question: Axis, item: Category | None) -> Counts:
    """(cells, columns): of a ranking the first places, or every place of one choice."""
    return of[:, :, question.categories.index(item)] if item else of[:, 0]


def _tally(counted: Counted, planned: Planned) -> Tally:
    """The first tally that has both the breakdown and, if it is of one region, the region."""
    needed = {name for name in (planned.breakdown, REGION if planned.within else "") if name}
    return next(tally for tally in counted.by if needed <= {each.question for each in tally.by.breakdowns})


def _rows(tally: Tally, planned: Planned) -> npt.NDArray[Any]:
    """(cells,) the row of the table that each cell belongs to."""
    return tally.by.answers_to(planned.breakdown) if planned.breakdown else np.zeros(len(tally.bases), np.int64)


def _inside(tally: Tally, planned: Planned) -> npt.NDArray[np.bool_]:
    """(cells,) whether a cell is in the table at all."""
    if not planned.within:
        return np.ones(len(tally.bases), np.bool_)
    categories = region_of(tally).categories
    place = 1 + categories.index(named(categories, planned.within))
    return np.asarray(tally.by.answers_to(REGION) == place)


def _summed(of: Counts, row: npt.NDArray[Any], inside: npt.NDArray[np.bool_], rows: int) -> Counts:
    """Sums over cells by row; row 0 held those who did not answer the breakdown, and becomes everybody."""
    sums = np.zeros((rows, *of.shape[1:]), np.uint64)
    np.add.at(sums, row[inside], of[inside])
    sums[0] = sums.sum(axis=0)
    return sums
