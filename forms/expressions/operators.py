"""The operators of ODK expressions: arithmetic, comparison and union."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from types import MappingProxyType

from forms.expressions.values import Value, to_boolean, to_number, to_text


def _arithmetic(work: Callable[[float, float], float]) -> Callable[[Value, Value], Value]:
    return lambda left, right: work(to_number(left), to_number(right))


def _divided(left: float, right: float) -> float:
    if right:
        return left / right
    return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left) * math.copysign(1, right)


def _remainder(left: float, right: float) -> float:
    return math.nan if right == 0 or math.isinf(left) else math.fmod(left, right)


def _compared(work: Callable[[float, float], bool]) -> Callable[[Value, Value], Value]:
    def run(left: Value, right: Value) -> Value:
        if isinstance(left, tuple) or isinstance(right, tuple):
            return any(work(to_number(a), to_number(b)) for a in _each(left) for b in _each(right))
        return work(to_number(left), to_number(right))

    return run


def _each(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _matched(is_wanted_equal: bool) -> Callable[[Value, Value], Value]:
    def run(left: Value, right: Value) -> Value:
        if isinstance(left, bool) or isinstance(right, bool):
            return (to_boolean(left) == to_boolean(right)) is is_wanted_equal
        if isinstance(left, tuple) or isinstance(right, tuple):
            return any(_is_same(a, b) is is_wanted_equal for a in _each(left) for b in _each(right))
        return _is_same(left, right) is is_wanted_equal

    return run


def _is_same(left: Value, right: Value) -> bool:
    """XPath 1.0 section 3.4; a date is the same as another date, or a text, on the same day at the same time."""
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return to_number(left) == to_number(right)


def _joined(left: Value, right: Value) -> Value:
    return (*map(to_text, _each(left)), *map(to_text, _each(right)))


#: Each takes the values on its left and right; `or` and `and` are not here, for they may not look at the right one.
OPERATORS: MappingProxyType[str, Callable[[Value, Value], Value]] = MappingProxyType(
    {
        "=": _matched(True),
        "!=": _matched(False),
        "<": _compared(operator.lt),
        "<=": _compared(operator.le),
        ">": _compared(operator.gt),
        ">=": _compared(operator.ge),
        "+": _arithmetic(operator.add),
        "-": _arithmetic(operator.sub),
        "*": _arithmetic(operator.mul),
        "div": _arithmetic(_divided),
        "mod": _arithmetic(_remainder),
        "|": _joined,
    }
)
