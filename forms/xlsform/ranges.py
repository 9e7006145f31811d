"""The parameters of a `range` question that must fit each other: step, ticks, placeholder, labels of ticks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from forms.questionnaire import Choice
from forms.ranges import Bounds, bounds, is_on, number

#: The appearances that show ticks, placeholder and labels.
_WITH_TICKS = ("vertical", "no-ticks")
_OF_TICKS = ("tick_interval", "placeholder", "tick_labelset")

_Misfit = tuple[str, dict[str, str]]


def misfits(given: Mapping[str, str], appearance: str, lists: Mapping[str, tuple[Choice, ...]]) -> Iterator[_Misfit]:
    """Code and values of every problem between the parameters (their being numbers is checked before)."""
    shows_ticks = not appearance or any(word in appearance for word in _WITH_TICKS)
    for key in () if shows_ticks else _OF_TICKS:
        if key in given:
            yield "range.appearance", {"key": key}
    found = bounds(given)
    if found is None:
        return
    start, end, step = found
    tick = number(given.get("tick_interval", "")) or step
    for key, value in (("step", step), ("tick_interval", tick)):
        if key in given and value > abs(end - start):
            yield "range.too_long", {"key": key, "value": given[key]}
    if tick % step:
        yield "range.tick", {"key": "tick_interval", "value": given["tick_interval"]}
    yield from _placeholder(given, found, step)
    if "tick_labelset" in given:
        choices = lists.get(given["tick_labelset"])
        if choices is None:
            yield "range.no_labels", {"list": given["tick_labelset"]}
        else:
            yield from _labels(choices, found, tick, "no-ticks" in appearance, given["tick_labelset"])


def _placeholder(given: Mapping[str, str], found: Bounds, step: Decimal) -> Iterator[_Misfit]:
    placeholder = number(given.get("placeholder", ""))
    if placeholder is None:
        return
    values = {"key": "placeholder", "value": given["placeholder"]}
    if (placeholder - found[0]) % step:
        yield "range.off_step", values
    elif not is_on(placeholder, found, step):
        yield "range.outside", values


def _labels(
    choices: tuple[Choice, ...], found: Bounds, tick: Decimal, shows_no_ticks: bool, name: str
) -> Iterator[_Misfit]:
    values = {choice.name: number(choice.name) for choice in choices}
    for written, value in values.items():
        told = {"value": written, "list": name}
        if value is None:
            yield "range.label_not_number", told
        elif not min(found[:2]) <= value <= max(found[:2]):
            yield "range.label_outside", told
        elif not is_on(value, found, tick):
            yield "range.label_off_step", told
    if shows_no_ticks and len(values) > 2:
        yield "range.two_labels", {"list": name}
    elif shows_no_ticks and set(values.values()) != set(found[:2]):
        yield "range.end_labels", {"list": name}
