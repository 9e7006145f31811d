"""Regular expressions that browsers read as the server does."""

import pytest

from forms.expressions.script_patterns import script_pattern


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("[0-9]{4}", "[0-9]{4}"),
        ("a.b", "a[^\\n]b"),
        (r"\s+[\s\-\_]", None),
        (r"\s+[\s\-\@\d]", r"[\t\n\f\r ]+[\t\n\f\r \-@\d]"),
        (r"\@\-\.", r"@-\."),
        ("(?:a|b)?c", "(?:a|b)?c"),
        ("([0-9]{3} )*", "([0-9]{3} )*"),
        ("(a(b))+", "(a(b))+"),
    ],
)
def test_patterns_are_written_as_browsers_read_them(pattern, written):
    assert script_pattern(pattern) == written


@pytest.mark.parametrize(
    "pattern",
    [
        *("(a+)+", "(a|a)*", "((ab)?)*", "a**", "*a", "a+?", "(a", "a)", "a{", "x{,3}"),
        *("(?=a)b", "(?i)a", r"\bword", r"\p{L}", "[[:alpha:]]", "[]a]"),
    ],
)
def test_patterns_that_browsers_read_otherwise_or_hang_over_are_left_to_the_server(pattern):
    assert script_pattern(pattern) is None
