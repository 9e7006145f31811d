"""The functions of ODK expressions that answer with true or false."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import MappingProxyType

from forms.expressions.context import Context
from forms.expressions.patterns import matches
from forms.expressions.values import Node, Value, flat, to_boolean, to_number, to_text


def _is_selected(given: list[Value]) -> bool:
    """`selected()`: whether a choice is among an answer's, which are parted by white space; '' is where none is."""
    return to_text(given[1]).strip() in (to_text(given[0]).split() or [""])


def _checklist(given: list[Value]) -> bool:
    """`checklist()`: whether the number of true values is between two numbers."""
    return _is_between(given, float(sum(map(_is_there, flat(given[2:])))))


def _weighted_checklist(given: list[Value]) -> bool:
    """`weighted-checklist()`: whether the weights of the true values add up to something between two numbers.

    Values and weights come in turns; two sets of nodes stand for as many pairs, as far as the shorter one goes.
    """
    total = 0.0
    for answers, weights in zip(given[2::2], given[3::2], strict=False):
        for answer, weight in zip(flat([answers]), flat([weights]), strict=False):
            total += to_number(weight) if _is_there(answer) else 0
    return _is_between(given, total)


def _is_there(value: Value) -> bool:
    """Whether a value is true by itself: a node of the form, when something is answered there."""
    return bool(value.strip()) if isinstance(value, Node) else to_boolean(value)


def _is_between(given: list[Value], number: float) -> bool:
    """A limit of -1, or below, is none."""
    least, most = to_number(given[0]), to_number(given[1])
    if math.isnan(least) or math.isnan(most):
        return False
    return (least < 0 or number >= least) and (most < 0 or number <= most)


#: Name -> work.
TRUTH_FUNCTIONS: MappingProxyType[str, Callable[[Context, list[Value]], Value]] = MappingProxyType(
    {
        "true": lambda _, given: True,
        "false": lambda _, given: False,
        "boolean": lambda _, given: to_boolean(given[0]),
        "not": lambda _, given: not to_boolean(given[0]),
        "boolean-from-string": lambda _, given: to_text(given[0]) in {"true", "1"},
        "contains": lambda _, given: to_text(given[1]) in to_text(given[0]),
        "starts-with": lambda _, given: to_text(given[0]).startswith(to_text(given[1])),
        "ends-with": lambda _, given: to_text(given[0]).endswith(to_text(given[1])),
        "regex": lambda _, given: matches(to_text(given[0]), to_text(given[1])),
        "selected": lambda _, given: _is_selected(given),
        "checklist": lambda _, given: _checklist(given),
        "weighted-checklist": lambda _, given: _weighted_checklist(given),
    }
)
