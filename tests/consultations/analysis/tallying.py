"""Axes and tallies from lists of codes, without a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from consultations.analysis.axes import Axis, Category
from consultations.analysis.crossing import crossed
from consultations.analysis.disclosure import protect
from consultations.analysis.ladders import Ladders
from consultations.analysis.tables import Planned, ReleasedTable
from consultations.analysis.tabulate import Asked, Counted, tallied


def made(name: str, codes: Any, size: int, kind: str = "categories") -> Axis:
    """`size` categories `name0`, `name1` …; bands where the kind has them."""
    ends = [(str(n), str(n)) if kind in ("number", "date") else None for n in range(size)]
    categories = tuple(
        Category(f"{name}{n}", {"en": f"{name} {n}"}, end, apart=kind == "scale" and n == size - 1)
        for n, end in enumerate(ends)
    )
    return Axis(name, {"en": name}, kind, categories, np.array(codes, np.uint16))


def keys(count: int, seed: int = 5) -> Any:
    return np.random.default_rng(seed).integers(0, 2**32, count).astype(np.uint32)


def counted(question: Axis, by: Sequence[Sequence[Axis]], record_keys: Any) -> Counted:
    """By each of `by`, and its people by all of their axes."""
    crossings = [crossed(axes, len(record_keys)) for axes in by]
    every = tuple(dict.fromkeys(axis.question for axes in by for axis in axes))
    named = {axis.question: axis for axes in by for axis in axes}
    same = [one for one in crossings if tuple(each.question for each in one.breakdowns) == every]
    people = same[0] if same else crossed([named[name] for name in every], len(record_keys))
    return tallied([Asked(question, tuple(crossings), people)], record_keys)[0]


def released(
    question: Axis, by: Sequence[Sequence[Axis]], tables: Sequence[Planned], record_keys: Any, ladders: Ladders
) -> tuple[ReleasedTable, ...]:
    return tuple(protect(counted(question, by, record_keys), tables, ladders))
