"""Authors' regular expressions."""

import time

import pytest

from forms.expressions.patterns import PatternProblem, compiled, matches


def test_the_whole_text_has_to_match():
    assert matches("12345", "[0-9]+")
    assert not matches("12345a", "[0-9]+")
    assert matches("привет", r"\p{Cyrillic}+")


def test_no_pattern_hangs():
    start = time.perf_counter()

    assert not matches("a" * 30_000 + "!", "(a+)+$")

    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("pattern", ["[", r"(a)\1", "(?!a)b", "((a{1000}){1000}){1000}"])
def test_what_re2_cannot_run_is_a_problem(pattern):
    with pytest.raises(PatternProblem):
        compiled(pattern)
