"""A ladder as a page asks for it: for each category the number of its group on the first and on the second step."""

from __future__ import annotations

from collections.abc import Sequence

from consultations.errors import N_, Problem

Level = tuple[tuple[str, ...], ...]

#: So many steps can be asked for on a page: alone, in small groups, in large groups.
STEPS = 2


class StepsCross(Problem):
    status = 422
    message = N_(
        "“%(one)s” and “%(other)s” go together on level 1, so they cannot be in different groups on level 2. Give both"
        " the same group there."
    )


def levels_from(names: Sequence[str], first: Sequence[str], second: Sequence[str]) -> tuple[Level, ...]:
    """The levels for categories `names`, each with its group on two steps; '' is alone, or as on the step before.

    A step that joins nothing further is left out, so that nothing chosen gives no levels at all. Raises StepsCross.
    """
    groups = _joined([(name,) for name in names], first)
    further = _joined(groups, [_agreed(group, names, second) for group in groups])
    alone = tuple((name,) for name in names)
    return tuple(level for level, before in ((groups, alone), (further, groups)) if level != before)


def numbers_from(names: Sequence[str], levels: Sequence[Sequence[Sequence[str]]]) -> tuple[list[str], list[str]]:
    """What `levels_from` was given, to fill a page's controls with; of a longer ladder the first and the last level."""
    if not levels:
        return [""] * len(names), [""] * len(names)
    first = _numbers(names, levels[0])
    return first, _numbers(names, levels[-1]) if len(levels) > 1 else [""] * len(names)


def _joined(groups: Sequence[tuple[str, ...]], numbers: Sequence[str]) -> Level:
    """Groups with the same number as one, in the order of the first of them."""
    found: dict[object, tuple[str, ...]] = {}
    for place, (group, number) in enumerate(zip(groups, numbers, strict=True)):
        key = number or place
        found[key] = (*found.get(key, ()), *group)
    return tuple(found.values())


def _agreed(group: tuple[str, ...], names: Sequence[str], numbers: Sequence[str]) -> str:
    chosen = {name: number for name, number in zip(names, numbers, strict=True) if number and name in group}
    one, *others = chosen or {"": ""}
    for other in others:
        if chosen[other] != chosen[one]:
            raise StepsCross(one=one, other=other)
    return chosen.get(one, "")


def _numbers(names: Sequence[str], level: Sequence[Sequence[str]]) -> list[str]:
    joined = [group for group in level if len(group) > 1]
    number_of = {name: str(number) for number, group in enumerate(joined, 1) for name in group}
    return [number_of.get(name, "") for name in names]
