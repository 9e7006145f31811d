"""ODK expression text as a flat list of tokens, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from forms.expressions.syntax import ExpressionProblem
from forms.marking import N_

#: As much as one cell of a spreadsheet can hold.
MAX_LENGTH = 32_767

# https://www.w3.org/TR/xml-names/#NT-NCName: `\w` would break words of Hindi or Burmese at their vowel signs.
_LETTER = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = rf"[{_LETTER}][{_LETTER}0-9\xb7\u0300-\u036f\u203f\u2040.\-]*"
# Word processors turn quotation marks into curly ones and spreadsheets keep them, so those quote too.
_PATTERN = re.compile(
    rf"""
    (?P<space>[\s\u200b\ufeff]+)
  | (?P<reference>\$\{{\s*(?P<saved>last-saved\#)?(?P<referred>{_NAME}(?::{_NAME})?)\s*\}})
  | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
  | (?P<text>'[^']*'|"[^"]*"|[‘’][^‘’']*[‘’']|[“”][^“”"]*[“”"])
  | (?P<name>{_NAME}(?::{_NAME})?)
  | (?P<foreign>==|&&|\|\||<>|=<|=>|&lt;|&gt;|&amp;|[!%^;&≤≥≠×÷−–—](?!=))
  | (?P<symbol>\.\.|//|::|!=|<=|>=|[.()\[\],/|+*=<>@\-])
    """,
    re.VERBOSE,
)
# How other languages, spreadsheets and word processors write operators.
_OURS = MappingProxyType(
    {
        "==": "=",
        "&&": "and",
        "&": "and",
        "&amp;": "and",
        "||": "or",
        "<>": "!=",
        "≠": "!=",
        "=<": "<=",
        "≤": "<=",
        "&lt;": "<",
        "=>": ">=",
        "≥": ">=",
        "&gt;": ">",
        "!": "not(…)",
        "%": "mod",
        "^": "pow(…)",
        ";": ",",
        "×": "*",
        "÷": "div",
        "−": "-",
        "–": "-",
        "—": "-",
    }
)
_WORD_OPERATORS = frozenset({"or", "and", "div", "mod"})
_OPERATORS = frozenset({"|", "+", "-", "=", "!=", "<", "<=", ">", ">="})
# XPath 1.0 section 3.7: after one of these, a name is a name and `*` is a wildcard; elsewhere they are operators.
_BEFORE_OPERAND = frozenset({"(", "[", ",", "/", "//", "::", "@"})


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is reference, saved, number, text, name, operator, symbol, or end."""

    kind: str
    text: str
    position: int


def tokens(text: str) -> list[Token]:
    """Every token in order, closed by one of kind `end`; raises ExpressionProblem at the first thing unreadable."""
    if len(text) > MAX_LENGTH:
        raise ExpressionProblem(N_("This expression is too long."), MAX_LENGTH)
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _PATTERN.match(text, position)
        if match is None:
            raise _unreadable(text[position], position)
        if match["foreign"]:
            told = N_("Write %(ours)s in place of %(theirs)s.")
            raise ExpressionProblem(told, position, ours=_OURS[match[0]], theirs=match[0])
        if match.lastgroup != "space":
            found.append(_token(match, found[-1] if found else None))
        position = match.end()
    return [*found, Token("end", "", len(text))]


def _token(match: re.Match[str], before: Token | None) -> Token:
    text, start = match[0], match.start()
    if match["reference"]:
        return Token("saved" if match["saved"] else "reference", match["referred"], start)
    if match["text"]:
        return Token("text", text[1:-1], start)
    if match["number"]:
        return Token("number", text, start)
    is_operand = before is None or before.kind == "operator" or before.text in _BEFORE_OPERAND
    if before is not None and before.kind in {"text", "reference"}:
        is_operand = False
    if text == "*" or (match["name"] and text in _WORD_OPERATORS):
        return Token("name" if is_operand else "operator", text, start)
    if text in _OPERATORS:
        return Token("operator", text, start)
    return Token("name" if match["name"] else "symbol", text, start)


def _unreadable(character: str, position: int) -> ExpressionProblem:
    if character in "'\"‘’“”":
        return ExpressionProblem(N_("A quotation mark is opened and never closed."), position)
    if character in "${}":
        return ExpressionProblem(N_("A reference to another question is written ${name}."), position)
    return ExpressionProblem(N_("The character %(character)s has no meaning here."), position, character=character)
