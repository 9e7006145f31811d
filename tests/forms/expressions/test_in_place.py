"""Expressions as trees of plain values: what is written for the script, and what is left to the server."""

import math
from datetime import UTC, date, datetime

import pytest

from forms.expressions.in_place import NotInPlace, constant, is_closed, plain, settled, sketched, truth
from forms.expressions.parsing import parse
from forms.expressions.values import Node


def written(text):
    """The tree of an expression in which nothing is known beforehand."""
    return settled(sketched(parse(text), lambda tree: None), plain)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1 + 2 - -3", ("-", ("+", 1, 2), ("neg", 3))),
        ("'a' = 'b' or 1 < 2 or 2 > 3", ("or", ("=", "a", "b"), ("<", 1, 2), (">", 2, 3))),
        ("concat('a', 1.5)", ("concat", "a", 1.5)),
        ("regex('a', '[a-z]\\-')", ("regex", "a", "[a-z]-")),
        ("format-date('2020-01-31', '%d/%m %%')", ("format-date", "2020-01-31", "%d/%m %%")),
    ],
)
def test_operators_and_functions_are_lists(text, tree):
    assert written(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("true() and 1 = 1", ("and", ("true",), ("=", 1, 1))),
        ("1 and 1 = 1", ("and", ("=", 1, 1))),
        ("1 and 2", True),
        ("1 = 1 and 0", False),
        ("1 or 1 = 1", True),
        ("'' or 0", False),
        ("0 or 1 = 1", ("or", ("=", 1, 1))),
        ("not('')", True),
        ("not(1 = 1)", ("not", ("=", 1, 1))),
        ("if(1, 'a', 'b')", "a"),
        ("if(0, 'a', 'b')", "b"),
        ("if(1 = 1, 'a', 'b')", ("if", ("=", 1, 1), "a", "b")),
        ("(1 = 1 and 2 = 2) and 3 = 3", ("and", ("=", 1, 1), ("=", 2, 2), ("=", 3, 3))),
    ],
)
def test_what_no_longer_matters_is_left_out(text, tree):
    assert written(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        *("today()", "number()", "${a}", "../a", "regex('a', '(?=x)')", "regex('a', ${b})"),
        *("format-date('2020-01-31', '%b')", "format-date('2020-01-31', ${b})", "format-date('2020-01-31', '%')"),
    ],
)
def test_what_the_script_does_not_do_is_left_to_the_server(text):
    with pytest.raises(NotInPlace):
        written(text)


@pytest.mark.parametrize(
    ("value", "tree"),
    [
        (True, True),
        (2.0, 2),
        (-2.0, -2),
        (0.5, 0.5),
        (1e300, 1e300),
        (math.nan, ("number", "")),
        (-math.inf, ("div", -1, 0.0)),
        ("a", "a"),
        (Node("a"), ("|", "a")),
        (("a", "b"), ("|", "a", "b")),
        (date(2024, 3, 5), ("date", "2024-03-05")),
        (datetime(2024, 3, 5, tzinfo=UTC), ("moment", "2024-03-05T00:00:00.000+00:00")),
    ],
)
def test_values_are_written_so_that_json_can_hold_them(value, tree):
    assert plain(value) == tree
    assert type(plain(value)) is type(tree)


def test_a_negative_nought_stays_one():
    assert str(plain(-0.0)) == "-0.0"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [(0, False), ("a", True), (("|",), False), (("|", ""), True), (("|", ("$", "a")), None), (("=", 1, 1), None)],
)
def test_constants_are_true_or_false_before_anything_is_answered(condition, holds):
    assert truth(condition) is holds


def test_what_is_the_same_everywhere_is_worked_out_at_once():
    assert [is_closed(parse(text)) for text in ("-(1 + 2)", "today()", "string()", "${a}")] == [
        True,
        False,
        False,
        False,
    ]
    assert constant(parse("-(1 + 2)")) == -3
