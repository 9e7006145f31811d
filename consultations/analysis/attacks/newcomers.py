"""Newcomers between releases, played through: does comparing two releases name what one new person answered?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from zlib import crc32

import numpy as np
import numpy.typing as npt

from consultations.analysis.attacks.findings import Finding, Tried
from consultations.analysis.disclosure import LEAST_COUNT
from consultations.analysis.noise import WEIGHTS
from consultations.analysis.regional import REGION
from consultations.analysis.releases.growth import too_few
from consultations.analysis.releases.published import row_key
from consultations.analysis.tables import EVERYBODY, ReleasedRow, ReleasedTable

Tables = Sequence[ReleasedTable]
Numbers = npt.NDArray[np.float64]

#: How much more often than without the earlier release an attacker may be right.
MOST_GAIN = 0.10
#: Newcomers played through for each question and earlier release: the gain is then known to about one point.
TURNS = 3000
_FEW = LEAST_COUNT // 2
#: Variance of a difference of two figures with noise, of one that is hidden in the
#: earlier release, and of one that is hidden in both.
_OF_NOISE, _OF_HIDDEN, _OF_NOTHING = 4.0, 5.0, 1e6
#: The draws of noise have so many outcomes.
_DRAWS = 2**16
#: A share of nothing or of everything would leave nothing to be surprised by.
_LEAST_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Step:
    """One row in two releases."""

    table: ReleasedTable
    row: ReleasedRow
    old: ReleasedRow
    old_counts: Numbers
    new_counts: Numbers

    @property
    def growth(self) -> int:
        return self.row.base - self.old.base


def growth(before: Sequence[Tables], now: Tables) -> tuple[list[Finding], list[Tried]]:
    """Rows that grew too little since any earlier release."""
    questions = dict.fromkeys(table.question for table in now)
    steps = [step for earlier in before for question in questions for step in _steps(question, earlier, now)]
    found = [
        Finding("growth", step.table.id, row_key(step.table, step.row))
        for step in steps
        if too_few(step.old.base, step.row.base)
    ]
    return found, [Tried("rows compared with earlier releases", len(steps))] if before else []


def newcomers(question: str, before: Sequence[Tables], now: Tables) -> tuple[list[Finding], list[Tried]]:
    """Whether a newcomer's answer to that question is named too often; told of the row that grew least."""
    found: list[Finding] = []
    turns = 0
    for earlier in before:
        steps = _steps(question, earlier, now)
        for item in dict.fromkeys(step.table.item for step in steps):
            mine = [step for step in steps if step.table.item == item and step.growth > 0]
            if mine:
                turns += TURNS
                least = min(mine, key=lambda step: step.growth)
                place = (least.table.id, row_key(least.table, least.row))
                found += [Finding("newcomer", *place)] if gain(mine, question) > MOST_GAIN else []
    return found, [Tried("newcomers guessed at", turns)] if before else []


def _steps(question: str, earlier: Tables, now: Tables) -> list[Step]:
    known = {(table.id, row.name): (table, row) for table in earlier for row in table.rows}
    steps = []
    for table in now:
        for row in table.rows if table.question == question else ():
            then, old = known.get((table.id, row.name), (None, None))
            if then is None or old is None:
                continue
            counts = {each.name: cell.count for each, cell in zip(then.columns, old.cells, strict=True)}
            both = [place for place, column in enumerate(table.columns) if column.name in counts]
            before = np.array([_shown(counts[table.columns[place].name]) for place in both], float)
            after = np.array([_shown(row.cells[place].count) for place in both], float)
            if both:
                steps.append(Step(table, row, old, before, after))
    return steps


def _shown(count: int | None) -> int:
    return _FEW if count is None else count


def gain(steps: Sequence[Step], seed: str) -> float:
    """How much more often the attacker is right who has both releases than the one who has the later one.

    The newcomer is in the row of each breakdown that grew least, and the attacker knows in which. Others who are new
    are in these rows as often as the rows grew, independently; they answer as the later release says. Noise is drawn
    anew.
    """
    random = np.random.default_rng(crc32(seed.encode()))
    rows = _rows_of_newcomer(steps)
    least = min(rows, key=lambda step: step.growth)
    shares = np.clip(least.new_counts / max(1, least.row.base), _LEAST_SHARE, 1 - _LEAST_SHARE)
    if least.table.kind in ("multiple", "places"):
        return max(_yes_or_no(random, float(share), rows, place) for place, share in enumerate(shares))
    return _one_of(random, shares / shares.sum(), rows)


def _rows_of_newcomer(steps: Sequence[Step]) -> list[Step]:
    """Everybody, and of each breakdown, also within a region, the row that grew least."""
    least: dict[tuple[str, bool], Step] = {}
    for step in sorted(steps, key=lambda step: step.growth):
        breakdown = "" if step.row.kind == EVERYBODY else step.table.breakdown
        if breakdown or not step.table.within:  # else it is that region's row of the table by region
            least.setdefault((breakdown, bool(step.table.within)), step)
    return list(least.values())


def _one_of(random: np.random.Generator, shares: Numbers, rows: Sequence[Step]) -> float:
    """A question with one answer: which one is it?"""
    answers = random.choice(len(shares), TURNS, p=shares)
    others = _others(random, shares, rows)
    others[:, np.arange(TURNS), answers] += 1
    score = np.log(shares) + _surprise(random, others, shares, rows, slice(None))
    return float(np.mean(score.argmax(axis=1) == answers) - np.mean(answers == shares.argmax()))


def _yes_or_no(random: np.random.Generator, share: float, rows: Sequence[Step], place: int) -> float:
    """A question with several answers: was this one among them?"""
    answers = random.random(TURNS) < share
    others = _others(random, np.array([share, 1 - share]), rows)[:, :, :1] + answers[:, None]
    score = np.log(share) - np.log(1 - share)
    score = score + _surprise(random, others, np.array([share]), rows, slice(place, place + 1))[:, 0]
    return float(np.mean((score > 0) == answers) - max(np.mean(answers), 1 - np.mean(answers)))


def _shared(rows: Sequence[Step]) -> tuple[Numbers, npt.NDArray[np.bool_], int]:
    """How the other newcomers are in these rows: (shares of every combination, whether a row has it, how many)."""
    many = max(0, max(step.growth for step in rows) - 1)
    apart = [step for step in rows if step.row.kind != EVERYBODY and not step.table.within]
    odds = [max(0.0, (step.growth - 1) / many) if many else 0.0 for step in apart]
    combinations = np.array(list(product((False, True), repeat=len(odds))), bool).reshape(2 ** len(odds), len(odds))
    weights = np.where(combinations, odds, 1 - np.array(odds)).prod(axis=1)
    by = {step.table.breakdown: combinations[:, place] for place, step in enumerate(apart)}
    everybody = np.ones(len(combinations), bool)
    masks = [
        by.get(step.table.breakdown, everybody) & (by.get(REGION, everybody) if step.table.within else everybody)
        if step.row.kind != EVERYBODY
        else everybody
        for step in rows
    ]
    return weights, np.array(masks), many


def _others(random: np.random.Generator, shares: Numbers, rows: Sequence[Step]) -> Numbers:
    """What the other newcomers of each row answered: (rows, TURNS, answers)."""
    weights, masks, many = _shared(rows)
    drawn = random.multinomial(many, np.outer(weights, shares).ravel(), size=TURNS)
    drawn = drawn.reshape(TURNS, len(weights), len(shares))
    return np.stack([drawn[:, mask].sum(axis=1) for mask in masks]).astype(float)


def _surprise(
    random: np.random.Generator, new: Numbers, shares: Numbers, rows: Sequence[Step], columns: slice
) -> Numbers:
    """How much likelier each answer of the newcomer makes the growth that is seen: (TURNS, answers), logarithms.

    The best that can be done with sums of many draws: a normal distribution with the covariance that common newcomers
    give the rows and that few answers give the columns, and the noise of each figure.
    """
    weights, masks, many = _shared(rows)
    common = (masks * weights) @ masks.T * many
    old = np.stack([step.old_counts[columns] for step in rows])
    seen = _published(random, old[:, None, :] + new) - _published(random, np.broadcast_to(old[:, None, :], new.shape))
    expected = np.diag(common)[:, None] * shares
    noise = np.where(old < LEAST_COUNT, np.where(old + expected < LEAST_COUNT, _OF_NOTHING, _OF_HIDDEN), _OF_NOISE)
    covariance = np.kron(common, np.diag(shares) - np.outer(shares, shares)) + np.diag(noise.ravel())
    each = np.tile(np.eye(len(shares)), (len(rows), 1))
    found = np.linalg.solve(covariance, each)
    off = (seen - expected[:, None, :]).transpose(1, 0, 2).reshape(len(new[0]), -1)
    score: Numbers = off @ found - 0.5 * np.einsum("rk,rk->k", each, found)
    return score


def _published(random: np.random.Generator, counts: Numbers) -> Numbers:
    """The counts with noise drawn anew; `_FEW` where they are hidden."""
    draws = random.integers(0, _DRAWS, counts.shape)
    noisy = counts.copy()
    for known, weights in WEIGHTS.items():
        here = counts >= known if known == max(WEIGHTS) else counts == known
        steps = np.searchsorted(np.cumsum(weights), draws[here], side="right")
        noisy[here] = counts[here] - known + steps
    return np.where(noisy < LEAST_COUNT, float(_FEW), noisy)
