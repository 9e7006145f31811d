"""An attacker with two releases and somebody who is new in the later one, judged by what that person truly answered."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from consultations.analysis.releases.growth import LEAST_NEW
from consultations.analysis.tables import EVERYBODY
from tests.attacks.populations import of_column, of_row

FEW, NOISE, NOTHING = 2.0, 4.0, 1e6


#: How far the attacker trusts the difference: too far, and noise is taken for people.
TRUST = np.array([0.25, 0.5, 1.0])


@dataclass
class Score:
    """How many guesses, how many right with both releases by each trust, how many right with the later one alone."""

    guesses: int = 0
    both: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(TRUST), np.int64))
    one: int = 0

    @property
    def points(self) -> float:
        """By how many points in a hundred the luckiest trust is better than the later release alone."""
        return float(100 * (self.both.max() - self.one) / self.guesses) if self.guesses else 0.0

    def add(self, other: Score) -> None:
        self.guesses, self.both, self.one = self.guesses + other.guesses, self.both + other.both, self.one + other.one


def grown(before, after, least=LEAST_NEW):
    """[(table, row, row before)] of the rows that may be shown again, where both have the same columns."""
    names = {table.id: _names(table) for table in after}
    known = {
        (table.id, row.name): row for table in before for row in table.rows if _names(table) == names.get(table.id)
    }
    pairs = [(table, row, known.get((table.id, row.name))) for table in after for row in table.rows]
    return [(table, row, old) for table, row, old in pairs if old and row.base - old.base >= least]


def _names(table):
    return [column.name for column in table.columns]


def compared(people, first, before, after, least=LEAST_NEW):
    """The score over all questions and all who are new, that is all records but the `first`; they are in every row that
    is theirs, and the attacker knows in which."""
    score = Score()
    rows = grown(before, after, least)
    for question in dict.fromkeys(table.question for table, _, _ in rows):
        mine = [each for each in rows if each[0].question == question and not each[0].item]
        if mine:
            score.add(_question(people, first, mine))
    return score


def _question(people, first, rows):
    new = np.arange(len(people.records)) >= first
    rows = [each for each in rows if _names(each[0]) == _names(rows[0][0])]
    answers = np.stack([of_column(people, rows[0][0], name)[new] for name in _names(rows[0][0])], axis=1)
    inside = np.stack([of_row(people, table, row)[new] for table, row, _ in rows], axis=1)
    several = rows[0][0].kind == "multiple"
    score = Score()
    for pattern in np.unique(inside, axis=0):
        who = (inside == pattern).all(axis=1) & answers.any(axis=1)
        if who.any() and pattern.any():
            mine = [row for row, is_in in zip(rows, pattern, strict=True) if is_in]
            score.add((_each if several else _which)(mine, answers[who]))
    return score


def _which(rows, answers):
    """One guess for each person: which answer."""
    logs, surprise = _scores(rows)
    truth = answers.argmax(axis=1)
    both = [(truth == (logs + trust * surprise).argmax()).sum() for trust in TRUST]
    return Score(len(truth), np.array(both), int((truth == logs.argmax()).sum()))


def _each(rows, answers):
    """One guess for each person and answer that could be ticked: was it?"""
    total = Score()
    for place in range(answers.shape[1]):
        logs, surprise = _scores(rows, place)
        truth = answers[:, place]
        both = [(truth == (logs + trust * surprise > 0)).sum() for trust in TRUST]
        total.add(Score(len(truth), np.array(both), int((truth == (logs > 0)).sum())))
    return total


def _scores(rows, place=None):
    """(logarithms of shares in the later release, what the growth says of each answer), as in `attack_newcomers`."""
    least = min(rows, key=lambda each: each[1].base)
    columns = slice(None) if place is None else slice(place, place + 1)
    shares = np.clip(_counts(least[1])[columns] / least[1].base, 0.01, 0.99)
    shares = shares / shares.sum() if place is None else shares
    growth = np.array([max(0, new.base - old.base - 1) for _, new, old in rows], float)
    everybody = np.array([table.within == "" and row.kind == EVERYBODY for table, row, _ in rows])
    whole = max(growth.max(), 1.0)
    common = np.outer(growth, growth) / whole
    common[everybody] = np.minimum(growth[everybody][:, None], growth[None, :])
    common[:, everybody] = common[everybody].T
    np.fill_diagonal(common, growth)
    old, new = (np.stack([_counts(each[k])[columns] for each in rows]) for k in (2, 1))
    noise = np.where((old == FEW) & (new == FEW), NOTHING, NOISE)
    covariance = np.kron(common, np.diag(shares) - np.outer(shares, shares)) + np.diag(noise.ravel())
    unit = np.tile(np.eye(len(shares)), (len(rows), 1))
    weights = np.linalg.solve(covariance, unit)
    off = (new - old - growth[:, None] * shares).ravel()
    logs = np.log(shares) if place is None else np.log(shares / (1 - shares))
    return logs, off @ weights - 0.5 * (unit * weights).sum(axis=0)


def _counts(row):
    return np.array([FEW if cell.count is None else cell.count for cell in row.cells], float)
