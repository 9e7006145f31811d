"""Expressions run against answers, a clock and choices."""

import math
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.expressions.evaluate import Context, compile_expression
from forms.expressions.functions import FUNCTIONS
from forms.expressions.parsing import MAX_DEPTH, ExpressionProblem

ANSWERS = {"age": "34", "empty": "", "born": "1990-05-17", "rights": "work health", "region": "africa"}
LISTS = {
    "towns": (
        {"name": "lagos", "label": "Lagos", "region": "africa"},
        {"name": "lima", "label": "Lima", "region": "latin"},
        {"name": "accra", "label": "Accra", "region": "africa"},
    )
}
CONTEXT = Context(
    value=lambda name: ANSWERS.get(name, ""),
    current="12",
    today=date(2026, 11, 22),
    now=datetime(2026, 11, 22, 15, 30, tzinfo=UTC),
    random=lambda: 0.25,
    choice_label=lambda question, choice: f"{question}:{choice}",
    lists=LISTS,
)


def run(text, context=CONTEXT):
    return compile_expression(text)(context)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${age} >= 18 and ${age} < 65", True),
        (". > 10 and . <= 12", True),
        ("current()/. = 12", True),
        ("current() + 1", 13.0),
        ("count(instance('towns'))", 1.0),
        ("../age + /data/g/age", 68.0),
        ("${empty} = ''", True),
        ("${empty} > 5 or ${empty} <= 5", False),
        ("${missing} != 5", True),
        ("selected(${rights}, 'health')", True),
        ("today() > ${born}", True),
        ("today() = '2026-11-22'", True),
        ("int((today() - ${born}) div 365.25)", 36.0),
        ("date(${born} + 30)", date(1990, 6, 16)),
        ("1 - 2 - 3 + 10", 6.0),
        ("--5", 5.0),
        ("coalesce(${empty}, ${age})", "34"),
        ("coalesce(${empty}, '')", ""),
        ("once(99)", "12"),
        ("jr:choice-name(${region}, '${region}')", "region:africa"),
        ("jr:choice-name('x', ' /data/region ')", "region:x"),
        ("random()", 0.25),
        ("uuid()", "40000000-4000-4000-8000-000040000000"),
        ("now() - today() > 0.6", True),
        ("-1 div 0", -math.inf),
        ("1 div -${age} < 0", True),
        ("5 mod 0 = 5 mod 0", False),
        ("(1 div 0) mod 2 = 0", False),
        ("${last-saved#age}", ""),
        ("(${age} | ${region}) = 'africa'", True),
        ("(${age} | 5) < 6", True),
    ],
)
def test_answers_the_clock_and_chance_come_from_the_context(text, value):
    assert run(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("instance('towns')/root/item[name = 'lima']/label", ("Lima",)),
        ("instance('towns')/root/item[region = ${region}]", ("lagos", "accra")),
        ("count(instance('towns')/root/item)", 3.0),
        ("instance('towns')/root/item[name = 'lima']/label = 'Lima'", True),
        ("instance('towns')/root/item[region = 'mars']/name = 'lima'", False),
        ("true() = instance('towns')/root/item[region = 'mars']", False),
        ("instance('none')/root/item/name", ()),
    ],
)
def test_lists_are_looked_up_by_condition(text, value):
    assert run(text) == value


def test_bare_names_in_a_choice_filter_are_columns():
    row = CONTEXT.beside({"region": "africa", "name": "accra"})

    assert run("region = ${region} and name != 'lagos'", row) is True
    assert run("nothing = '' or nothing != 'x' or nothing", row) is False
    assert run("region = ''") is False


def test_the_context_of_one_question_keeps_the_rest():
    here = CONTEXT.at("7", lambda: 0.75)

    assert (run(". + 1", here), run("random()", here), run("${age}", here)) == (8.0, 0.75, "34")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("launch('rockets')", r"no function launch\(\)"),
        ("if(1, 2)", "given 2 values"),
        ("pi(1)", "given 1 value"),
        ("regex(., 'a(?=b)')", "regular expression"),
        ("concat('a')/b", "Only instance"),
        ("instance('a')/item", "looked up as"),
        ("instance()/root/item", "is given nothing"),
    ],
)
def test_what_cannot_be_run_is_refused_when_compiled(text, reason):
    with pytest.raises(ExpressionProblem, match=reason):
        compile_expression(text)


def test_a_pattern_made_of_answers_is_tried_when_run():
    assert run("regex('34', ${age})") is True
    assert run("regex('x', concat('(', ''))") is False


@pytest.mark.parametrize("text", ["if(1, {}, 0)", "concat({})", "(1 + {})", "-({})", "a[{}]", "true() and ({})"])
def test_the_deepest_expression_runs_on_half_of_the_stack(text):
    deep = "1"
    for _ in range(MAX_DEPTH // 2 - 1):
        deep = text.format(deep)

    def on_a_deep_stack(frames):
        return on_a_deep_stack(frames - 1) if frames else run(deep)

    on_a_deep_stack(400)


ATOMS = st.sampled_from(
    [".", "..", "${age}", "${born}", "'x y'", "'2024-02-30'", "0", "1e", "9" * 400, "-1", "today()", "now()"]
)
NAMES = [*sorted(FUNCTIONS), "if", "coalesce", "once"]


def calls(inner):
    arguments = st.lists(inner, max_size=3).map(", ".join)
    call = st.tuples(st.sampled_from(NAMES), arguments).map(lambda made: f"{made[0]}({made[1]})")
    return call | st.tuples(inner, st.sampled_from(["+", "div", "mod", "=", "<", "and", "|", ","]), inner).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.recursive(ATOMS, calls, max_leaves=6) | st.text(max_size=20))
def test_whatever_is_written_ends_in_a_value_or_a_plain_problem(text):
    with suppress(ExpressionProblem):
        assert isinstance(run(text), bool | float | str | date | tuple)


def test_the_default_context_knows_nothing():
    assert run("concat(${a}, jr:choice-name('x', '${q}'), random())", Context()) == "x0.5"


def test_without_a_form_there_is_one_time_of_everything():
    context = Context(value={"a": "x"}.get)

    assert compile_expression("indexed-repeat(${a}, ${r}, 2)")(context) == "x"
