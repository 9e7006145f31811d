"""A default is an expression where ODK computes it, and plain text elsewhere."""

import pytest

from forms.expressions.defaults import dynamic_default, looks_dynamic


@pytest.mark.parametrize(
    ("default", "type", "expected"),
    [
        ("", "text", False),
        ("no-answer", "text", False),
        ("Enter text (optional)", "text", False),
        ("'a - b'", "text", False),
        ("-5", "integer", False),
        ("20-30", "text", False),
        ("20 - 30", "text", True),
        ("2 div 3", "decimal", True),
        ("divide", "text", False),
        ("a|b", "text", True),
        ("2020-01-01", "date", False),
        ("2020 - 1", "date", False),
        ("today() - 1", "date", True),
        ("2020-01-01T10:00:00", "datetime", False),
        ("${a}", "text", True),
        ("${last-saved#a}", "text", True),
        ("$ {a}", "text", False),
        ("uuid()", "text", True),
        ("jr:choice-name('a', 'b')", "text", True),
        ("+237", "text", True),
    ],
)
def test_a_default_that_calculates_refers_or_calls_is_computed(default, type, expected):
    assert looks_dynamic(default, type) is expected


@pytest.mark.parametrize("default", ["+237", "C++", "Answer(s)", "plain"])
def test_what_only_looks_like_an_expression_is_text(default):
    assert dynamic_default(default, "text") is None


def test_an_expression_is_given_as_its_tree():
    assert dynamic_default("today() - 1", "date") is not None
