"""Bounds on counts from what is known of their sums: linear programming, and whole numbers where that leaves little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from consultations.analysis.attacks.system import Sum, System, Target

#: A range this wide leaves an attacker several counts; only narrower ones are looked at in whole numbers.
WIDE = 3.0
#: Solutions that are looked for with all targets at once. Each is possible, so what differs between two is not known:
#: a dozen clear nearly all targets, at the cost of a dozen programs in place of two for each.
_TOGETHER = 12
#: Far more than any program here has needed; one that is given up proves nothing, either way.
_SECONDS = 60.0
_NEARLY = 1e-6
_SOLVED, _INFEASIBLE = 0, 2

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Proven:
    """A target that has one possible count."""

    target: Target
    count: int


@dataclass(frozen=True, slots=True)
class Outcome:
    #: Whether any counts at all explain the figures.
    possible: bool
    proven: tuple[Proven, ...] = ()
    programs: int = 0
    whole: int = 0


class Solver:
    """One system as matrices; it counts what it solves."""

    def __init__(self, system: System) -> None:
        from scipy.sparse import coo_array  # here, because importing scipy takes a second

        sums = list(system.known)
        self._matrix = _matrix(coo_array, sums, len(system.variables))
        limits = np.array(list(system.known.values()), float).reshape(-1, 2)
        self._low, self._high = limits[:, 0], limits[:, 1]
        self._most = np.full(len(system.variables), np.inf)
        self.programs = self.whole = 0
        #: Whether the last program had no solution at all.
        self.contradiction = False

    def suppose_nobody(self, variables: Sequence[int]) -> bool:
        """Suppose that these counts are 0; False, and nothing is supposed, where the figures speak against it."""
        before = self._most.copy()
        self._most[list(variables)] = 0
        if self.solution(np.zeros(len(before))) is not None:
            return True
        self._most = before
        return False

    def solution(self, goal: Numbers, whole: bool = False) -> Numbers | None:
        """Possible counts for which goal @ counts is least; None where there are none."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # here, because importing scipy takes a second

        self.programs, self.whole = self.programs + (not whole), self.whole + whole
        found = milp(
            goal,
            integrality=np.full(len(goal), int(whole)),
            bounds=Bounds(0, self._most),
            constraints=LinearConstraint(self._matrix, self._low, self._high),
            options={"time_limit": _SECONDS},
        )
        self.contradiction = found.status == _INFEASIBLE
        return found.x if found.status == _SOLVED else None


def outcome(system: System, seed: int) -> Outcome:
    """Which targets have one possible count, for an attacker who supposes what nothing speaks against."""
    if not system.variables:
        return Outcome(True)
    solver = Solver(system)
    solver.solution(np.zeros(len(system.variables)))
    if solver.contradiction:
        return Outcome(False, programs=solver.programs)
    for variables in system.left_out.values():
        solver.suppose_nobody(variables)
    targets = list(system.targets.values())
    proven = [_proven(solver, target, len(system.variables)) for target in _narrow(solver, system, targets, seed)]
    return Outcome(True, tuple(each for each in proven if each), solver.programs, solver.whole)


def _narrow(solver: Solver, system: System, targets: Sequence[Target], seed: int) -> list[Target]:
    """The targets that differed little between all solutions so far."""
    from scipy.sparse import coo_array  # here, because importing scipy takes a second

    if not targets:
        return []
    every = _matrix(coo_array, [target.sum for target in targets], len(system.variables))
    lowest, highest = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)
    random = np.random.default_rng(seed)
    for turn in range(_TOGETHER):
        close = highest - lowest < WIDE
        if not close.any():
            break
        signs = np.where(close, 1.0 - 2 * (turn % 2) if turn < 2 else random.choice([-1.0, 1.0], len(targets)), 0.0)
        found = solver.solution(every.T @ signs)
        if found is not None:
            counts = every @ found
            lowest, highest = np.minimum(lowest, counts), np.maximum(highest, counts)
    return [target for target, near in zip(targets, highest - lowest < WIDE, strict=True) if near]


def _proven(solver: Solver, target: Target, size: int) -> Proven | None:
    goal = np.zeros(size)
    np.add.at(goal, list(target.sum.plus), 1.0)
    np.add.at(goal, list(target.sum.minus), -1.0)
    for whole in (False, True):
        least, most = (_value(goal, solver.solution(sign * goal, whole)) for sign in (1, -1))
        if least is None or most is None:
            return None
        low, high = int(np.ceil(least - _NEARLY)), int(np.floor(most + _NEARLY))
        if low == high:
            return Proven(target, low)
        if most - least >= WIDE:
            return None
    return None


def _value(goal: Numbers, found: Numbers | None) -> float | None:
    return None if found is None else float(goal @ found)


def _matrix(coo_array: Any, sums: Sequence[Sum], width: int) -> Any:
    """(sums, width): 1 where a variable is counted, -1 where it is taken off."""
    rows = [place for place, each in enumerate(sums) for _ in (*each.plus, *each.minus)]
    columns = [variable for each in sums for variable in (*each.plus, *each.minus)]
    signs = [sign for each in sums for sign in (*(1.0 for _ in each.plus), *(-1.0 for _ in each.minus))]
    return coo_array((signs, (rows, columns)), shape=(len(sums), width)).tocsr()
