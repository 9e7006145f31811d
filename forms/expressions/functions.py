"""The functions of ODK expressions, as a table: what each takes and does."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from forms.expressions.context import Context
from forms.expressions.dates import as_date, as_moment, decimal_days, decimal_time, written_date
from forms.expressions.geometry import is_inside
from forms.expressions.texts import TEXT_FUNCTIONS
from forms.expressions.values import Value, rounded, to_boolean, to_number, to_text

Arguments = list[Value]


@dataclass(frozen=True, slots=True)
class Function:
    """How many arguments a function takes (`most` None: any number) and what it makes of their values."""

    least: int
    most: int | None
    run: Callable[[Context, Arguments], Value]


def _numeric(work: Callable[..., float], count: int = 1) -> Function:
    def run(_: Context, given: Arguments) -> Value:
        try:
            return float(work(*(to_number(value) for value in given)))
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return Function(count, count, run)


def _whole(number: float) -> float:
    return number if not math.isfinite(number) or number == 0 else float(math.trunc(number))


def _flat(given: Arguments) -> list[Value]:
    """The arguments with every node set taken apart."""
    return [part for value in given for part in (value if isinstance(value, tuple) else (value,))]


def _numbers(given: Arguments) -> list[float]:
    """The numbers among the arguments, unanswered ones left out as ODK does for min() and max()."""
    return [to_number(value) for value in _flat(given) if to_text(value) != ""]


def _extreme(choose: Callable[[list[float]], float]) -> Callable[[Context, Arguments], Value]:
    def run(_: Context, given: Arguments) -> Value:
        numbers = _numbers(given)
        return choose(numbers) if numbers and not any(map(math.isnan, numbers)) else math.nan

    return run


def _checklist(_: Context, given: Arguments) -> Value:
    least, most, *answers = (to_number(given[0]), to_number(given[1]), *_flat(given[2:]))
    return _is_between(least, most, float(sum(map(to_boolean, answers))))


def _weighted_checklist(_: Context, given: Arguments) -> Value:
    pairs = _flat(given[2:])
    total = sum(
        to_number(weight) for answer, weight in zip(pairs[::2], pairs[1::2], strict=False) if to_boolean(answer)
    )
    return _is_between(to_number(given[0]), to_number(given[1]), total)


def _is_between(least: float, most: float, number: float) -> bool:
    """-1 stands for no limit."""
    return (least < 0 or number >= least) and (most < 0 or number <= most)


def _choice_name(context: Context, given: Arguments) -> Value:
    """`jr:choice-name(value, '${question}')`; pyxform writes the second as a path, so its last step counts."""
    question = to_text(given[1]).strip().removeprefix("${").removesuffix("}").strip()
    return context.choice_label(question.rsplit("/", 1)[-1].strip(), to_text(given[0]))


def _uuid(context: Context, _: Arguments) -> Value:
    number = 0
    for _part in range(4):
        number = number << 32 | int(context.random() * 2**32)
    return str(uuid.UUID(int=number, version=4))


def _from_text(value: Value) -> bool:
    return to_text(value) in {"true", "1"}


_NUMERIC = {
    "number": _numeric(lambda number: number),
    "int": _numeric(_whole),
    "abs": _numeric(abs),
    "floor": _numeric(lambda number: math.floor(number) if math.isfinite(number) else number),
    "ceiling": _numeric(lambda number: math.ceil(number) if math.isfinite(number) else number),
    "pow": _numeric(math.pow, 2),
    "sqrt": _numeric(math.sqrt),
    "exp": _numeric(math.exp),
    "exp10": _numeric(lambda number: math.pow(10, number)),
    "log": _numeric(math.log),
    "log10": _numeric(math.log10),
    "sin": _numeric(math.sin),
    "cos": _numeric(math.cos),
    "tan": _numeric(math.tan),
    "asin": _numeric(math.asin),
    "acos": _numeric(math.acos),
    "atan": _numeric(math.atan),
    "atan2": _numeric(math.atan2, 2),
    "pi": _numeric(lambda: math.pi, 0),
}

#: Every function but those that choose which of their arguments to look at (`evaluate.py` has those).
FUNCTIONS: MappingProxyType[str, Function] = MappingProxyType(
    _NUMERIC
    | {name: Function(least, most, run) for name, (least, most, run) in TEXT_FUNCTIONS.items()}
    | {
        "true": Function(0, 0, lambda _, given: True),
        "false": Function(0, 0, lambda _, given: False),
        "boolean": Function(1, 1, lambda _, given: to_boolean(given[0])),
        "not": Function(1, 1, lambda _, given: not to_boolean(given[0])),
        "boolean-from-string": Function(1, 1, lambda _, given: _from_text(given[0])),
        "round": Function(1, 2, lambda _, given: rounded(*map(to_number, given))),
        "sum": Function(1, None, lambda _, given: float(sum(map(to_number, _flat(given))))),
        "min": Function(1, None, _extreme(min)),
        "max": Function(1, None, _extreme(max)),
        "count": Function(1, 1, lambda _, given: float(len(_flat(given)))),
        "count-non-empty": Function(1, 1, lambda _, given: float(sum(part != "" for part in _flat(given)))),
        "checklist": Function(2, None, _checklist),
        "weighted-checklist": Function(2, None, _weighted_checklist),
        "position": Function(0, 1, lambda _, given: 1.0),
        "random": Function(0, 0, lambda context, given: context.random()),
        "uuid": Function(0, 1, _uuid),
        "jr:choice-name": Function(2, 2, _choice_name),
        "today": Function(0, 0, lambda context, given: context.today),
        "now": Function(0, 0, lambda context, given: context.now),
        "date": Function(1, 1, lambda context, given: as_date(given[0], context.now.tzinfo)),
        "date-time": Function(1, 1, lambda context, given: as_moment(given[0], context.now.tzinfo)),
        "decimal-date-time": Function(1, 1, lambda context, given: decimal_days(given[0], context.now.tzinfo)),
        "decimal-time": Function(1, 1, lambda _, given: decimal_time(given[0])),
        "format-date": Function(2, 2, lambda c, given: written_date(given[0], to_text(given[1]), c.now.tzinfo)),
        "format-date-time": Function(2, 2, lambda c, given: written_date(given[0], to_text(given[1]), c.now.tzinfo)),
        "geofence": Function(2, 2, lambda _, given: is_inside(to_text(given[0]), to_text(given[1]))),
    }
)
