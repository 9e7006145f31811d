"""Expressions as trees of plain values that a page can carry, for the script that runs them while people answer.

A number, a text and a truth stand for themselves; anything else is a list: what to do, and what to do it with.
`${a} > 2 and selected(${b}, 'x')` is `["and", [">", ["$", "a"], 2], ["selected", ["$", "b"], "x"]]`. Only what the
script (`consultations/pages/static/logic.js`) does just as the server does is written so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import TypeAlias

from forms.expressions.context import Context
from forms.expressions.evaluate import compile_tree
from forms.expressions.scope import Expression
from forms.expressions.script_patterns import script_pattern
from forms.expressions.syntax import Call, Chain, Literal, Negative, Path, Reference, Tree, parts
from forms.expressions.values import Node, Value, to_text

#: What goes into the page, as JSON.
Plain: TypeAlias = "bool | float | str | tuple[Plain, ...]"
#: The same, with parts that the server has yet to work out.
Sketch: TypeAlias = "bool | float | str | Folded | Asked | tuple[Sketch, ...]"

_CHOOSING = {"if", "coalesce", "true", "false", "boolean", "not", "boolean-from-string", "regex"}
_CHOICES = {"selected", "selected-at", "count-selected", "checklist", "weighted-checklist", "count", "count-non-empty"}
_TEXTS = {"string", "string-length", "normalize-space", "concat", "join", "contains", "starts-with", "ends-with"}
_PARTS = {"substr", "substring", "substring-before", "substring-after", "translate"}
_NUMBERS = {"number", "int", "round", "floor", "ceiling", "abs", "min", "max", "pow", "sqrt", "exp", "exp10", "pi"}
_ANGLES = {"log", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "atan2"}
_DATES = {"date", "decimal-date-time", "format-date"}
#: Functions that the script has; those that look things up, draw by chance, sign or measure places are not among them.
IN_PLACE = frozenset(_CHOOSING | _CHOICES | _TEXTS | _PARTS | _NUMBERS | _ANGLES | _DATES)
#: These say something of the answer itself where they are given nothing.
_OF_ITSELF = frozenset({"string", "string-length", "normalize-space", "number", "current"})
#: Each of these is drawn from a row of chances that belongs to one question.
_BY_CHANCE = frozenset({"random", "uuid", "randomize", "once"})
#: What the script can write of a date: figures alone, for names are in the reader's language.
_DATE_PARTS = frozenset("Yymnde%")
_DIRECTIVE = re.compile("%(.?)", re.DOTALL)
_LARGEST_EXACT = 2**53
#: Parts of one expression at most: a page is no place for more.
MOST_PARTS = 500


class NotInPlace(Exception):
    """An expression that only the server can follow; says why, to developers."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A part that no answer of the page changes: a constant in the page, worked out by the server."""

    run: Expression
    #: How many repeats the expression stands in.
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to a question of the page itself."""

    #: How the script reads what is typed or chosen: `$` as it stands, `$t` text, `$i` and `$n` numbers, `$d` a date,
    #: `$m` ticks in the order of `names`.
    read: str
    question: str
    names: tuple[str, ...] = ()


def sketched(tree: Tree, known: Callable[[Tree], Sketch | None]) -> Sketch:
    """The tree in plain values. `known` has what it says of a part, None where its own parts are to be looked at.

    Raises NotInPlace.
    """
    if sum(1 for _ in parts(tree)) > MOST_PARTS:
        raise NotInPlace("too long")
    return _sketched(tree, known)


def settled(sketch: Sketch, worked_out: Callable[[Folded | Asked], Plain]) -> Plain:
    """With every part worked out, and without what then no longer matters."""
    if isinstance(sketch, Folded | Asked):
        return worked_out(sketch)
    if not isinstance(sketch, tuple):
        return sketch
    work, *given = (settled(part, worked_out) for part in sketch)
    shorten = _SHORTER.get(str(work))
    return shorten(tuple(given)) if shorten else (work, *given)


def plain(value: Value) -> Plain:
    """A value as a part of a tree. Raises NotInPlace for sets with too many nodes."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return _plain_number(value)
    if isinstance(value, tuple | Node):
        nodes = (value,) if isinstance(value, str) else value
        if len(nodes) > MOST_PARTS:
            raise NotInPlace("too many nodes")
        return ("|", *map(str, nodes))
    if isinstance(value, date):
        return ("moment" if isinstance(value, datetime) else "date", to_text(value))
    return value


def truth(condition: Plain) -> bool | None:
    """Whether a condition holds; None where that depends on the page's answers."""
    if isinstance(condition, tuple):
        is_constant = condition[0] == "|" and not any(isinstance(part, tuple) for part in condition)
        return len(condition) > 1 if is_constant else None
    return bool(condition)


def is_closed(tree: Tree) -> bool:
    """Whether it comes to the same wherever and whenever it is asked."""
    return all(
        isinstance(part, Literal | Negative | Chain) or (isinstance(part, Call) and _is_simple(part))
        for part in parts(tree)
    )


def is_still(tree: Tree) -> bool:
    """Whether it comes to the same each time that it is asked on one page, whichever question asks."""
    found = tuple(parts(tree))
    starts = [part.root for part in found if isinstance(part, Path)]
    return not any(
        (isinstance(part, Path) and part.root == "" and part.steps[0].name == ".")
        or (isinstance(part, Call) and (part.function in _BY_CHANCE or _is_of_itself(part)) and part not in starts)
        for part in found
    )


def constant(tree: Tree) -> Plain:
    """What a closed tree comes to."""
    return plain(compile_tree(tree)(Context()))


def _is_simple(call: Call) -> bool:
    return call.function in IN_PLACE and not _is_of_itself(call)


def _is_of_itself(call: Call) -> bool:
    return call.function in _OF_ITSELF and not call.arguments


def _sketched(tree: Tree, known: Callable[[Tree], Sketch | None]) -> Sketch:
    found = known(tree)
    return _WRITERS[type(tree)](tree, known) if found is None else found


def _literal(tree: Literal, known: Callable[[Tree], Sketch | None]) -> Sketch:
    return plain(tree.value)


def _negative(tree: Negative, known: Callable[[Tree], Sketch | None]) -> Sketch:
    return ("neg", _sketched(tree.operand, known))


def _chain(tree: Chain, known: Callable[[Tree], Sketch | None]) -> Sketch:
    found = _sketched(tree.first, known)
    rest = [(operator, _sketched(operand, known)) for operator, operand in tree.rest]
    if rest[0][0] in ("and", "or"):
        return (rest[0][0], found, *(operand for _, operand in rest))
    for operator, operand in rest:
        found = (operator, found, operand)
    return found


def _call(tree: Call, known: Callable[[Tree], Sketch | None]) -> Sketch:
    if tree.function in _CHECKED:
        return _CHECKED[tree.function](tree, known)
    if not _is_simple(tree):
        raise NotInPlace(f"{tree.function}()")
    return (tree.function, *(_sketched(argument, known) for argument in tree.arguments))


def _regex(tree: Call, known: Callable[[Tree], Sketch | None]) -> Sketch:
    text, pattern = tree.arguments
    written = script_pattern(to_text(pattern.value)) if isinstance(pattern, Literal) else None
    if written is None:
        raise NotInPlace("a pattern that browsers read in another way")
    return ("regex", _sketched(text, known), written)


def _format_date(tree: Call, known: Callable[[Tree], Sketch | None]) -> Sketch:
    day, pattern = tree.arguments
    written = to_text(pattern.value) if isinstance(pattern, Literal) else "%a"
    if not _DATE_PARTS.issuperset(_DIRECTIVE.findall(written)):
        raise NotInPlace("a date in words or with a time")
    return ("format-date", _sketched(day, known), written)


def _elsewhere(tree: Path | Reference, known: Callable[[Tree], Sketch | None]) -> Sketch:
    raise NotInPlace("a path")


def _plain_number(number: float) -> Plain:
    if math.isnan(number):
        return ("number", "")
    if math.isinf(number):
        return ("div", math.copysign(1, number), 0.0)
    is_whole = number.is_integer() and abs(number) < _LARGEST_EXACT and str(number) != "-0.0"
    return int(number) if is_whole else number


def _all_of(given: tuple[Plain, ...]) -> Plain:
    if any(truth(part) is False for part in given):
        return False
    left = [part for part in given if truth(part) is None]
    # Conditions within conditions, as groups within groups make them, in one row.
    flat = (one for part in left for one in (part[1:] if isinstance(part, tuple) and part[0] == "and" else (part,)))
    return ("and", *flat) if left else True


def _any_of(given: tuple[Plain, ...]) -> Plain:
    if any(truth(part) for part in given):
        return True
    left = tuple(part for part in given if truth(part) is None)
    return ("or", *left) if left else False


def _negated(given: tuple[Plain, ...]) -> Plain:
    holds = truth(given[0])
    return ("not", *given) if holds is None else not holds


def _chosen(given: tuple[Plain, ...]) -> Plain:
    holds = truth(given[0])
    return ("if", *given) if holds is None else given[1 if holds else 2]


_SHORTER: Mapping[str, Callable[[tuple[Plain, ...]], Plain]] = MappingProxyType(
    {"and": _all_of, "or": _any_of, "not": _negated, "if": _chosen}
)
_CHECKED: Mapping[str, Callable[[Call, Callable[[Tree], Sketch | None]], Sketch]] = MappingProxyType(
    {"regex": _regex, "format-date": _format_date}
)
_WRITERS: Mapping[type, Callable[..., Sketch]] = MappingProxyType(
    {Literal: _literal, Negative: _negative, Chain: _chain, Call: _call, Path: _elsewhere, Reference: _elsewhere}
)
