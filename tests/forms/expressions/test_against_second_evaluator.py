"""Expressions mean what they mean to an evaluator that was written a second time, from the specifications."""

import math

from hypothesis import given

from forms.expressions.evaluate import Context, compile_expression
from forms.expressions.values import to_boolean, to_number, to_text
from tests.forms.expressions.generated import BOUNDED, dated_answers, odk
from tests.forms.expressions.second_evaluator import boolean, number, second, string

TEXT_EXPRESSIONS, NUMBER_EXPRESSIONS, TRUTH_EXPRESSIONS = odk(2)


def first(text, inputs):
    return compile_expression(text)(Context(value=lambda name: inputs.get(name, "")))


@BOUNDED
@given(TEXT_EXPRESSIONS, dated_answers)
def test_texts_are_the_same(text, inputs):
    assert to_text(first(text, inputs)) == string(second(text, inputs))


@BOUNDED
@given(TRUTH_EXPRESSIONS, dated_answers)
def test_truths_are_the_same(text, inputs):
    assert to_boolean(first(text, inputs)) is boolean(second(text, inputs))


@BOUNDED
@given(NUMBER_EXPRESSIONS, dated_answers)
def test_numbers_are_the_same(text, inputs):
    found, expected = to_number(first(text, inputs)), number(second(text, inputs))

    assert found == expected or (math.isnan(found) and math.isnan(expected))
