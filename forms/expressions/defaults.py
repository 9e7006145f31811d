"""Whether a default is an expression or plain text, as ODK decides it."""

from __future__ import annotations

import re

from forms.expressions.evaluate import compile_tree
from forms.expressions.parsing import parse
from forms.expressions.syntax import ExpressionProblem, Tree

_NAME = r"[^\W\d][\w.\-]*"
#: Tried in this order at each place, as pyxform 4.5 does (default_is_dynamic): a hyphen inside a date, a number, a
#: text or a name is not a minus sign.
_TOKENS = re.compile(
    rf"""
    (?P<still>-?\d{{4}}-\d\d-\d\d(?:T\d\d:\d\d:\d\d)?|-?(?:\d+\.?\d*|\.\d+)|"[^"]*"|'[^']*')
  | (?P<sign>[*+\-|]|[ ]mod[ ]|[ ]div[ ])
  | (?P<living>\$\{{(?:last-saved\#)?{_NAME}\}}|{_NAME}(?::{_NAME})?\()
  | {_NAME}(?::{_NAME})? | .
    """,
    re.VERBOSE | re.DOTALL,
)
#: A hyphen says nothing there: `2020-1-1`.
_WITH_HYPHENS = frozenset({"date", "datetime"})


def looks_dynamic(default: str, type: str) -> bool:
    """Whether ODK computes it: it calculates, refers to an answer or calls a function; `type` is the question's."""
    for token in _TOKENS.finditer(default):
        if token.lastgroup == "sign" and token[0] == "-" and type in _WITH_HYPHENS:
            return False
        if token.lastgroup in ("sign", "living"):
            return True
    return False


def dynamic_default(default: str, type: str) -> Tree | None:
    """The tree of a default that is an expression; None for plain text.

    ODK would stop where a text only looks like an expression (`+237`, `C++`): we take it as the text that it is.
    """
    if not looks_dynamic(default, type):
        return None
    try:
        tree = parse(default)
        compile_tree(tree)
    except ExpressionProblem:
        return None
    return tree
