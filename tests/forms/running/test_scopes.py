"""References at the edges: what points at nothing, at too much, or from far away."""

from datetime import date

import pytest

from forms.expressions.evaluate import compile_expression
from forms.expressions.syntax import ExpressionProblem
from forms.running.filling import Filling
from forms.running.flow import Flow
from forms.running.places import tree_of
from forms.running.scopes import FormScope
from forms.xlsform.importing import import_file

FORM = """
    | survey |
    | | type | name | label | calculation | relevant | repeat_count |
    | | integer | n | N | | | |
    | | begin_group | one | One | | | |
    | | text | same | Same | | | |
    | | end_group | | | | | |
    | | begin_repeat | r | R | | | 60 |
    | | text | x | X | | | |
    | | begin_group | g | G | | indexed-repeat(${deep}, ${r}, position(../.) + 1) != 'no' | |
    | | calculate | deep | | concat('d', ${n}) | | |
    | | end_group | | | | | |
    | | begin_repeat | q | Q | | | string-length(indexed-repeat(${far}, ${r}, position(..) + 1)) |
    | | text | y | Y | | | |
    | | end_repeat | | | | | |
    | | calculate | far | | if(count(${q}) = 1, 'a', 'b') | | |
    | | end_repeat | | | | | |
    | | calculate | up | | count(/data/r/x/../x) | | |
    | | calculate | paths | | indexed-repeat(/data/r/x, /data/r, 2) | | |
    | settings |
    | | form_id | flat |
    | | f | {flat} |
"""


def imported(flat="no"):
    found = import_file("form.md", FORM.replace("{flat}", flat).encode())
    assert found.questionnaire, found.problems
    return found.questionnaire


@pytest.mark.parametrize(
    "expression", ["position(1)", "indexed-repeat(1, ${r}, 1)", "${nobody} + 1", "indexed-repeat(/data/no, ${r}, 1)"]
)
def test_what_points_at_nothing_is_told(expression):
    tree = tree_of(imported())

    with pytest.raises(ExpressionProblem):
        compile_expression(expression, FormScope(tree, tree.questions["n"]))


def test_counts_and_groups_that_wait_for_the_next_time_are_computed_from_the_last_one():
    fill = Filling(Flow(imported()), date(2026, 11, 22), "en")
    state = fill.state({"n": "1"})

    assert (state.value("far[60]"), state.value("far[59]"), state.value("deep[1]")) == ("b", "a", "d1")


def test_a_path_may_lead_up_again_and_a_repeat_be_named_by_its_path():
    fill = Filling(Flow(imported()), date(2026, 11, 22), "en")
    state = fill.state({"x[2]": "two"})

    assert (state.value("up"), state.value("paths")) == ("60", "two")


@pytest.mark.parametrize(("flat", "path"), [("no", "/data/one/same"), ("yes", "/data/same")])
def test_groups_of_a_flat_form_are_no_steps(flat, path):
    tree = tree_of(imported(flat))
    run = compile_expression(f"count({path}) + count(/data/*) * 0", FormScope(tree, tree.questions["n"]))
    state = Flow(imported(flat)).state({}, date(2026, 11, 22), "en")

    assert run(state.context) == 1


CHOSEN = """
    | survey |
    | | type | name | label | choice_filter |
    | | begin_repeat | r | R | |
    | | text | name | Name | |
    | | integer | age | Age | |
    | | end_repeat | | | |
    | | select_one ${name} | who | Who? | |
    | | select_multiple ${name} | old | Who is old? | ${age} > 60 |
"""


def test_answers_of_a_repeat_are_choices_of_another_question():
    found = import_file("form.md", CHOSEN.encode())
    assert found.questionnaire, found.problems
    fill = Filling(Flow(found.questionnaire), date(2026, 11, 22), "en")
    given = {"name[1]": "Ana", "age[1]": "70", "name[2]": "Bo", "age[2]": "20", "who": "Bo", "old": "Bo Ana"}
    state = fill.state({**given, "/data/r": "3"})

    assert [choice.name for choice in state.options("who")] == ["Ana", "Bo"]
    assert (state.value("who"), state.value("old")) == ("Bo", "Ana")


ENDLESS = """
    | survey |
    | | type | name | label | calculation | trigger |
    | | integer | a | A | | |
    | | integer | b | B | ${c} + 1 | ${a}, ${c} |
    | | integer | c | C | ${b} + 1 | ${b} |
"""


def test_triggers_that_set_off_one_another_end():
    found = import_file("form.md", ENDLESS.encode())
    assert found.questionnaire, found.problems
    fill = Filling(Flow(found.questionnaire), date(2026, 11, 22), "en")

    assert int(fill.state(fill.changed({"c": "1"}, {"a": "1"})).value("c")) < 100


@pytest.mark.parametrize("expression", ["${same}", "instance('x')/root + 1", "pulldata('x')/a"])
def test_two_of_a_name_are_told_from_one(expression):
    tree = tree_of(import_file("form.md", FORM.replace("{flat}", "no").encode()).questionnaire)
    twice = type(tree)(tree.root, tree.questions, tree.groups, {"same": (tree.root, tree.root)})

    with pytest.raises(ExpressionProblem):
        compile_expression(expression, FormScope(twice, tree.questions["n"]))


def test_a_count_may_be_drawn_and_calculated_in_any_order():
    text = """
    | survey |
    | | type | name | label | calculation | repeat_count |
    | | begin_group | a | A | | |
    | | calculate | first | | count(${r}) + string-length(${second}) | |
    | | calculate | text | | string(../../b) | |
    | | end_group | | | | |
    | | begin_group | b | B | | |
    | | calculate | second | | 'xy' | |
    | | end_group | | | | |
    | | begin_repeat | r | R | | int(random() * 2) + 1 |
    | | text | t | T | | |
    | | end_repeat | | | | |
    """
    found = import_file("form.md", text.encode())
    assert found.questionnaire, found.problems
    state = Filling(Flow(found.questionnaire), date(2026, 11, 22), "en").state({})

    assert (state.value("first"), state.value("text")) == ("4", "xy")


NESTED = """
    | survey |
    | | type | name | label | calculation |
    | | begin_repeat | r | R | |
    | | begin_repeat | q | Q | |
    | | integer | x | X | |
    | | integer | y | Y | ${x} + 1 |
    | | end_repeat | | | |
    | | end_repeat | | | |
"""


def test_removing_a_nested_time_leaves_the_others_as_they_were():
    fill = Filling(Flow(import_file("form.md", NESTED.encode()).questionnaire), date(2026, 11, 22), "en")
    answers = fill.with_another(fill.with_another(fill.begun(), "/data/r/q", (1,)), "/data/r")
    answers = fill.with_another(fill.with_another(answers, "/data/r/q", (2,)), "/data/r/q", (2,))
    answers = fill.changed(answers, {"y[1,1]": "50", "y[2,1]": "60", "y[2,2]": "70"})

    state = fill.state(fill.without(answers, "/data/r/q", (2, 1)))

    assert [state.value(name) for name in ("y[1,1]", "y[1,2]", "y[2,1]")] == ["50", "", "70"]
