"""The parameters of a `range` question that must fit each other: ticks, placeholder, labels of ticks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from forms.questionnaire import Choice

#: First value, last value and step where the author writes none, as in ODK.
USUAL = {"start": "1", "end": "10", "step": "1"}
#: The appearances that show ticks, placeholder and labels.
_WITH_TICKS = frozenset({"vertical", "no-ticks"})
_OF_TICKS = ("tick_interval", "placeholder", "tick_labelset")

Bounds = tuple[Decimal, Decimal, Decimal]


def number(written: str) -> Decimal | None:
    """A plain number of a size that a form can mean; None for anything else."""
    try:
        value = Decimal(written)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 10**12 else None


def bounds(given: Mapping[str, str]) -> Bounds | None:
    """First value, last value and step; None when one of them is no number, or the step is 0."""
    start, end, step = (number(given.get(key, usual)) for key, usual in USUAL.items())
    return None if start is None or end is None or not step else (start, end, step)


def misfits(
    given: Mapping[str, str], appearance: str, lists: Mapping[str, tuple[Choice, ...]]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Code and values of every problem between the parameters (their being numbers is checked before)."""
    for key in _OF_TICKS:
        if key in given and not _WITH_TICKS.issuperset(appearance.split()):
            yield "range.appearance", {"key": key}
    found = bounds(given)
    if found is None:
        return
    start, end, step = found
    tick = number(given.get("tick_interval", "")) or step
    if tick % step or abs(tick) > abs(end - start):
        yield "range.tick", {"key": "tick_interval", "value": str(tick)}
    placeholder = number(given.get("placeholder", ""))
    if placeholder is not None and not _is_on(placeholder, found, step):
        yield "range.off", {"key": "placeholder", "value": given["placeholder"]}
    if "tick_labelset" in given:
        yield from _labels(lists.get(given["tick_labelset"]), found, tick, appearance, given["tick_labelset"])


def _is_on(value: Decimal, found: Bounds, step: Decimal) -> bool:
    start, end, _ = found
    return min(start, end) <= value <= max(start, end) and not (value - start) % step


def _labels(
    choices: tuple[Choice, ...] | None, found: Bounds, tick: Decimal, appearance: str, name: str
) -> Iterator[tuple[str, dict[str, str]]]:
    if choices is None:
        yield "list.missing", {"list": name}
        return
    if "no-ticks" in appearance and len(choices) != 2:
        yield "range.two_labels", {"list": name}
    for choice in choices:
        value = number(choice.name)
        if value is None or not _is_on(value, found, tick):
            yield "range.off", {"key": "tick_labelset", "value": choice.name}
