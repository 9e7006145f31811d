"""No expression, and no answer that it reads, takes long, fills the memory or breaks anything."""

import math
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.expressions.evaluate import Context, compile_expression
from forms.expressions.functions import FUNCTIONS
from forms.expressions.parsing import ExpressionProblem
from forms.expressions.tokens import MAX_LENGTH
from forms.expressions.values import MAX_TEXT, Node, to_boolean, to_number, to_text
from tests.forms.expressions.generated import ASKED, BOUNDED

LONG = "a1 " * (MAX_TEXT // 3)
CONTEXT = Context(value=lambda name: LONG, current=LONG, now=datetime(9999, 12, 31, 23, tzinfo=UTC))


@contextmanager
def within(seconds):
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


@pytest.mark.parametrize(
    "text",
    [
        "concat(" + ", ".join(["${a}"] * 4_000) + ")",
        "join(${a}, " + ", ".join(["${a}"] * 4_000) + ")",
        "translate(${a}, ${a}, ${a})",
        "digest(concat(${a}, ${a}), 'SHA-512', 'hex')",
        "base64-encode(${a})",
        "base64-decode(${a})",
        "normalize-space(translate(${a}, 'a1', '  '))",
        "substring(${a}, -1 div 0)",
        "substr(${a}, -1 div 0, 1 div 0)",
        "substring-after(${a}, translate(${a}, '1', '2'))",
        "format-date('2024-01-01', translate(${a}, 'a1 ', '%Y%'))",
        "regex(${a}, '(a|a1| |1 )+b')",
        "regex(${a}, ${a})",
        "selected(${a}, ${a})",
        "uuid(1 div 0)",
        "round(pow(9, 9999), 99999)",
        "round(0.1, -99999)",
        "string(pow(9, 300))",
        "max(" + ", ".join(["1"] * 10_000) + ")",
        " + ".join(["count-selected(${a})"] * 100),
        "not(" * 99 + "1" + ")" * 99,
        "if(1, " * 99 + "1" + ", 2)" * 99,
    ],
)
def test_a_long_or_deep_expression_ends_soon_and_is_bounded(text):
    with within(2):
        found = compile_expression(text)(CONTEXT)

    assert len(to_text(found)) <= MAX_TEXT


@pytest.mark.parametrize("text", ["a" * 100_000, "(" * 100_000, "1 + " * 25_000, "'" * 100_000, "-" * 100_000])
def test_what_is_longer_than_a_cell_is_refused_unread(text):
    with within(0.1), pytest.raises(ExpressionProblem, match="too long"):
        compile_expression(text)


@pytest.mark.parametrize("part", ["(", "a[", "-", "'x' ", "${a} ", "if(1,", "!=", "a::", "//", "1 = ", "@", "“"])
def test_whatever_is_repeated_is_read_soon(part):
    text = part * (MAX_LENGTH // len(part))

    with within(1), pytest.raises(ExpressionProblem):
        compile_expression(text)


TEXTS = st.text(max_size=12) | st.sampled_from(
    ["", "1e400", "0001-01-01", "9999-12-31", "٣", "-", "NaN", "\ud800", "%"]
)
VALUES = st.one_of(
    TEXTS,
    TEXTS.map(Node),
    st.lists(TEXTS, max_size=3).map(tuple),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(timezones=st.none() | st.just(UTC)),
)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
@settings(BOUNDED, max_examples=ASKED or 15)
@given(st.data())
def test_a_function_makes_something_of_whatever_it_is_given(name, data):
    function = FUNCTIONS[name]
    most = function.least + 3 if function.most is None else function.most
    values = data.draw(st.lists(VALUES, min_size=function.least, max_size=most))

    found = function.run(CONTEXT, values)

    assert isinstance(found, bool | float | str | date | tuple)
    assert isinstance(to_text(found), str)
    assert isinstance(to_number(found), float) or math.isnan(to_number(found))
    assert isinstance(to_boolean(found), bool)
