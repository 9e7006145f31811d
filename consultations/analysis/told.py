"""Which groups of people the tables of one question tell of, so that no two of them differ by a few people.

A cell whose people are the same has the same noise in every table: that is what keeps figures consistent. If the row of
people on the street and the row of a region were the same people but for one, every cell would be the same but the one
with that person's answer. So their difference counts as a row: nobody, or at least ten people.

That is about two rows, whose cells can be laid upon each other. What needs three or more, such as everybody less all
regions, is a sum of as many noises, all drawn apart, and the attacks before a release say how much that hides. Rows of
two questions have no cell in common: where a group stands alone in the one and is merged in the other, because fewer
people answered that, what can be subtracted are numbers of people who answered, under noise, and no answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from consultations.analysis.tabulate import Counts

People = npt.NDArray[np.bool_]


class Told:
    """Groups of people as sets of the cells of a tally, of which `bases` has the people who answered the question."""

    def __init__(self, bases: Counts, least: int) -> None:
        #: The cells with somebody in them, which are all that a group is told apart by: (filled,) places in `bases`.
        self.filled: npt.NDArray[np.intp] = np.flatnonzero(bases)
        self._bases, self._least = bases[self.filled].astype(np.float64), least
        self._told: list[People] = []
        self._sizes: npt.NDArray[np.float64] = np.zeros(0)

    def stands(self, people: People) -> bool:
        """Whether this group, (filled,), differs from each that is told of by nobody, or by `least` people or more."""
        cells = np.flatnonzero(people)
        size = self._bases[cells].sum()
        near = np.flatnonzero(np.abs(self._sizes - size) < self._least)
        shared = np.array([self._bases[cells[self._told[place][cells]]].sum() for place in near])
        differing = self._sizes[near] + size - 2 * shared
        return not ((differing > 0) & (differing < self._least)).any()

    def tell(self, groups: Sequence[People]) -> None:
        self._told += groups
        self._sizes = np.append(self._sizes, [self._bases[people].sum() for people in groups])
