"""Breakdowns crossed with each other: which cell of all their combinations each response is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from consultations.analysis.axes import Axis

#: Up to so many combinations each has its place, answered or not, so that tables of parts of the responses add up.
MOST_DENSE = 2**16


@dataclass(frozen=True, slots=True)
class Crossing:
    """Responses by their answers to some breakdowns, at most one answer to each."""

    breakdowns: tuple[Axis, ...]
    #: (cells, breakdowns): the answer to each, 0 for none. The last breakdown varies fastest.
    answers: npt.NDArray[np.int64]
    #: (responses,) the cell of each.
    cells: npt.NDArray[np.int32]

    def answers_to(self, breakdown: str) -> npt.NDArray[np.int64]:
        """(cells,) the answer to that breakdown, 0 for none; raises ValueError where it is not one of them."""
        names = [each.question for each in self.breakdowns]
        return self.answers[:, names.index(breakdown)]


def crossed(breakdowns: Sequence[Axis], responses: int) -> Crossing:
    """All combinations; where they are more than `MOST_DENSE`, only those that somebody gave."""
    cells = np.zeros(responses, np.int64)
    answers: npt.NDArray[Any] = np.zeros((1, 0), np.int64)
    for breakdown in breakdowns:
        size = 1 + len(breakdown.categories)
        cells = cells * size + breakdown.codes
        answers = np.column_stack([np.repeat(answers, size, axis=0), np.tile(np.arange(size), len(answers))])
        if len(answers) > MOST_DENSE:
            found, cells = np.unique(cells, return_inverse=True)
            answers = answers[found]
    return Crossing(tuple(breakdowns), answers, cells.astype(np.int32))
