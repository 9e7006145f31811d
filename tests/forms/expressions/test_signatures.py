"""What each function is given, and what authors are told when it is given something else."""

from pathlib import Path

import pytest

from forms.expressions.functions import FUNCTIONS
from forms.expressions.parsing import ExpressionProblem, parse
from forms.expressions.signatures import SIGNATURES, counts, written_call


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1 + lenght('a')", "There is no function lenght(); did you mean string-length()? (at character 5)"),
        ("launch('rockets')", "There is no function launch() (at character 1)"),
        ("len('a')", "There is no function len(); did you mean string-length()? (at character 1)"),
        ("string_length('a')", "There is no function string_length(); did you mean string-length()? (at character 1)"),
        ("Selected(${a}, 'b')", "There is no function Selected(); did you mean selected()? (at character 1)"),
        ("conact('a')", "There is no function conact(); did you mean concat()? (at character 1)"),
        (
            "choice-name('a', 'b')",
            "There is no function choice-name(); did you mean jr:choice-name()? (at character 1)",
        ),
        ("today(1)", "today() is given 1 value, but it is written today() (at character 1)"),
        ("not()", "not() is given nothing, but it is written not(value) (at character 1)"),
        ("if(1, 2)", "if() is given 2 values, but it is written if(condition, then, otherwise) (at character 1)"),
        ("sum(1, 2)", "sum() is given 2 values, but it is written sum(path) (at character 1)"),
        (
            "substr('a')",
            "substr() is given 1 value, but it is written substr(text, start from 0, [end]) (at character 1)",
        ),
        (
            "weighted-checklist(1, 2, 3)",
            "weighted-checklist() is given 3 values, but it is written weighted-checklist(least, most, …)"
            " (at character 1)",
        ),
    ],
)
def test_a_call_that_cannot_be_is_told_with_what_was_meant(text, told):
    with pytest.raises(ExpressionProblem) as problem:
        parse(text)

    assert str(problem.value) == told


def test_a_function_may_have_a_second_name():
    assert parse("index(..)").function == "position"
    assert parse("is-selected('a b', 'a')").function == "selected"


def test_counts_follow_from_what_is_written():
    assert counts("pi") == (0, 0)
    assert counts("substr") == (2, 3)
    assert counts("concat") == (0, None)
    assert counts("coalesce") == (2, None)


def test_every_function_is_written_somewhere():
    elsewhere = {"if", "coalesce", "once", "position", "last", "indexed-repeat", "instance", "current"}

    assert set(FUNCTIONS) | elsewhere == set(SIGNATURES)


def test_every_function_is_documented():
    documented = (Path(__file__).parents[3] / "docs/forms.md").read_text()

    assert [name for name in SIGNATURES if f"`{written_call(name)}`" not in documented] == []
