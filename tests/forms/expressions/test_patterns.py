"""Authors' regular expressions."""

import time

import pytest

from forms.expressions.patterns import PatternProblem, compiled, matches


def test_the_whole_text_has_to_match():
    assert matches("12345", "[0-9]+")
    assert not matches("12345a", "[0-9]+")
    assert matches("привет", r"\p{Cyrillic}+")


def test_no_pattern_hangs():
    start = time.process_time()

    assert not matches("a" * 30_000 + "!", "(a+)+$")

    assert time.process_time() - start < 1


@pytest.mark.parametrize("pattern", ["[", r"(a)\1", "a(?!a)b", "(?=a)b|c", "((a{1000}){1000}){1000}"])
def test_what_re2_cannot_run_is_a_problem(pattern):
    with pytest.raises(PatternProblem):
        compiled(pattern)


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        (r"^(?=.*[0-9])(?!.*\s).{8,}$", "passw0rd", "pass w0rd"),
        (r"(?!000|666)\d{3}", "123", "666"),
        (r"^[\w-\.]+@([\w-]+\.)+[\w-]{2,}$", "a.b-c@d.org", "a@b"),
        (r"^.{0,1500}$", "a" * 1500, "a" * 1501),
        (r"^(ab){1100}$", "ab" * 1100, "ab" * 1099),
        (r"[a-c]{1001,}", "c" * 3000, "c" * 1000),
        (r"[\p{L} ]{1,200}", "नम श Ünï", "1"),
        (r"[\u0600-\u06FF]+", "سلام", "salaam"),
        (r"\p{Alpha}+\h[\p{Digit}\h]+\Z", "a 1 2", "1 a"),
        (r"\p{IsCyrillic}+\R?", "привет\r\n", "hello"),
        (r"\é[\é]", "éé", "é"),
        (r"^(?:a(?=", "", "a"),
    ],
)
def test_patterns_of_java_and_javascript_are_read_as_there(pattern, matching, other):
    assert not matches(other, pattern)
    assert matches(matching, pattern) or pattern.endswith("(?=")


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("a(?=b)", r"\(\?=…\) may only stand at the very beginning"),
        ("(?<!a)b", "looks behind"),
        ("(?>a)", "cannot be used"),
        (r"(a)\1", "refers back"),
        ("[a", "without its ]"),
        ("\ud800", "cannot be read"),
        ("(a", r"without its \)"),
        ("a)", r"without its \("),
        ("a**", "cannot be read"),
        (".{20000}", "repeats too much"),
        (r"([\p{L}]{1000}){9}", "repeats too much"),
    ],
)
def test_authors_are_told_what_a_pattern_cannot_do(pattern, reason):
    with pytest.raises(PatternProblem, match=reason):
        compiled(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(" * 10_000 + "a{2000}" + ")" * 10_000,
        "(?=" * 10_000,
        "((((((((a{1001}){1001}){1001}){1001}){1001}){1001})))",
        "[" * 30_000,
        "(?=a)" * 6_000,
        "a{1001}" * 4_000,
        "\\u00e9" * 5_000,
    ],
)
def test_no_pattern_takes_long_to_be_read(pattern):
    start = time.process_time()

    matches("a" * 30_000, pattern)

    assert time.process_time() - start < 1
