"""What XPath 1.0 has of ODK's expressions means what it means to libxml2."""

import math

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from forms.expressions.evaluate import Context, compile_expression
from forms.expressions.values import to_boolean, to_number, to_text
from tests.forms.expressions.generated import BOUNDED, answers, core

TEXT_EXPRESSIONS, NUMBER_EXPRESSIONS, TRUTH_EXPRESSIONS = core(3)


def ours(text, inputs):
    return compile_expression(text)(Context(value=lambda name: inputs.get(name, "")))


def theirs(text, inputs):
    root = etree.Element("data")
    for name, value in inputs.items():
        etree.SubElement(root, name).text = value
    return root.xpath(text)


@BOUNDED
@given(TEXT_EXPRESSIONS, answers)
def test_texts_are_the_same(text, inputs):
    assert to_text(ours(text, inputs)) == theirs(f"string({text})", inputs)


@BOUNDED
@given(TRUTH_EXPRESSIONS, answers)
def test_truths_are_the_same(text, inputs):
    assert to_boolean(ours(text, inputs)) is theirs(f"boolean({text})", inputs)


@BOUNDED
@given(NUMBER_EXPRESSIONS, answers)
def test_numbers_are_the_same(text, inputs):
    found, expected = to_number(ours(text, inputs)), theirs(f"number({text})", inputs)

    assert math.isclose(found, expected, rel_tol=1e-12) or (math.isnan(found) and math.isnan(expected))


@BOUNDED
@given(st.lists(st.sampled_from(["+ 1", "- 2", "* 3", "div 4", "mod 5", "= 6", "< 7", "and 0", "or 8", "> -9"])))
def test_operators_bind_as_tightly(chain):
    text = " ".join(["10", *chain])

    assert to_number(ours(text, {})) == theirs(f"number({text})", {})
