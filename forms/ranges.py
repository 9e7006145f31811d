"""The numbers that a `range` question steps through."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

#: First value, last value and step where the author writes none, as in ODK.
USUAL = {"start": "1", "end": "10", "step": "1"}

Bounds = tuple[Decimal, Decimal, Decimal]


def number(written: str) -> Decimal | None:
    """A plain number of a size that a form can mean; None for anything else."""
    try:
        value = Decimal(written)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 10**12 else None


def bounds(parameters: Mapping[str, str]) -> Bounds | None:
    """First value, last value and step; None when one of them is no number, or the step is 0."""
    start, end, step = (number(parameters.get(key, usual)) for key, usual in USUAL.items())
    return None if start is None or end is None or not step else (start, end, step)


def is_whole(parameters: Mapping[str, str]) -> bool:
    """Whether its values are integers: ODK asks for decimals as soon as one of its numbers is none (pyxform 4.5)."""
    written = (parameters.get(key, usual) for key, usual in {**USUAL, "tick_interval": "1", "placeholder": "1"}.items())
    values = [number(value) for value in written]
    return all(value is not None and value == value.to_integral_value() for value in values)


def is_on(value: Decimal, found: Bounds, step: Decimal) -> bool:
    """Whether stepping from the first value by `step` comes upon `value` before the last one."""
    start, end, _ = found
    return min(start, end) <= value <= max(start, end) and not (value - start) % step
