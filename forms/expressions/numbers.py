"""The functions of ODK expressions that answer with a number."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import MappingProxyType

from forms.expressions.context import Context
from forms.expressions.values import Value, flat, rounded, to_number, to_text

Work = Callable[[Context, list[Value]], Value]


def _numeric(work: Callable[..., float]) -> Work:
    """A function whose arguments are all numbers; one that is none, and a sum without result, make it NaN."""

    def run(_: Context, given: list[Value]) -> Value:
        numbers = [to_number(value) for value in given]
        if any(map(math.isnan, numbers)):
            return math.nan
        try:
            return float(work(*numbers))
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return run


def _whole(number: float) -> float:
    """The number without what stands after its point: towards zero, and -0.5 becomes -0 as in Java and JavaScript."""
    return number if not math.isfinite(number) else math.copysign(math.trunc(number), number)


def _stepped(work: Callable[[float], int]) -> Work:
    return _numeric(lambda number: math.copysign(work(number), number) if math.isfinite(number) else number)


def _logarithm(work: Callable[[float], float]) -> Work:
    return _numeric(lambda number: work(number) if number else -math.inf)


def _power(number: float, power: float) -> float:
    """`math.pow`, but infinite where Python refuses, and never a number of its own for 1 to the infinite."""
    if math.isinf(power) and abs(number) == 1:
        return math.nan
    if number == 0 and power < 0:
        is_odd = power.is_integer() and power % 2 == 1
        return math.copysign(math.inf, number) if is_odd else math.inf
    try:
        return math.pow(number, power)
    except OverflowError:
        return -math.inf if number < 0 and power % 2 == 1 else math.inf


def _sum(given: list[Value]) -> float:
    """`sum()`: NaN when one of the numbers is missing; of no numbers at all, too, as in ODK Web Forms."""
    numbers = [to_number(part) for part in flat(given)]
    return float(sum(numbers)) if numbers else math.nan


def _extreme(choose: Callable[[list[float]], float]) -> Work:
    """`min()` and `max()`: NaN when one of the numbers is missing, or all of them."""

    def run(_: Context, given: list[Value]) -> Value:
        numbers = [to_number(part) for part in flat(given)]
        return choose(numbers) if numbers and not any(map(math.isnan, numbers)) else math.nan

    return run


def _count(_: Context, given: list[Value]) -> Value:
    return float(len(flat(given)))


#: Name -> work.
NUMBER_FUNCTIONS: MappingProxyType[str, Work] = MappingProxyType(
    {
        "number": lambda context, given: to_number(given[0] if given else context.current),
        "int": _numeric(_whole),
        "abs": _numeric(abs),
        "round": lambda _, given: rounded(*map(to_number, given)),
        "floor": _stepped(math.floor),
        "ceiling": _stepped(math.ceil),
        "pow": _numeric(_power),
        "sqrt": _numeric(math.sqrt),
        "exp": _numeric(math.exp),
        "exp10": _numeric(lambda number: _power(10, number)),
        "log": _logarithm(math.log),
        "log10": _logarithm(math.log10),
        "sin": _numeric(math.sin),
        "cos": _numeric(math.cos),
        "tan": _numeric(math.tan),
        "asin": _numeric(math.asin),
        "acos": _numeric(math.acos),
        "atan": _numeric(math.atan),
        "atan2": _numeric(math.atan2),
        "pi": lambda _, given: math.pi,
        "random": lambda context, given: context.random(),
        "sum": lambda _, given: _sum(given),
        "min": _extreme(min),
        "max": _extreme(max),
        "count": _count,
        "count-non-empty": lambda _, given: float(sum(part != "" for part in flat(given))),
        "count-selected": lambda _, given: float(len(to_text(given[0]).split())),
        "string-length": lambda context, given: float(len(to_text(given[0]) if given else context.current)),
    }
)
