"""Types that we do not have are asked as ones that we do, and their authors are told."""

import pytest

from forms.question_types import QUESTION_TYPES
from forms.xlsform.importing import import_file


def form(row, choices="| | l | a | A |"):
    head = "| survey |\n| | type | name | label | parameters | constraint | default | choice_filter | appearance |\n"
    lists = f"| choices |\n| | list_name | name | label | size |\n{choices}"
    return import_file("form.md", f"{head}| | text | q0 | Q | | | | | |\n{row}\n{lists}".encode())


def asked(row, **more):
    imported = form(row, **more)
    assert imported.questionnaire, imported.problems
    return imported.questionnaire, [problem.code for problem in imported.problems]


@pytest.mark.parametrize(
    ("parameters", "constraint", "type", "expected"),
    [
        ("", "", "integer", ". >= 1 and . <= 10"),
        ("start=0 end=1 step=0.5", "", "decimal", ". >= 0 and . <= 1"),
        ("start=10;end=0;step=-5", ". != 5", "integer", "(. != 5) and . >= 0 and . <= 10 and (. - 10) mod 5 = 0"),
    ],
)
def test_a_range_is_a_number_within_bounds(parameters, constraint, type, expected):
    found, told = asked(f"| | range | q | Q | {parameters} | {constraint} | | | |")
    assert (found.question("q").type, found.question("q").constraint) == (type, expected)
    assert found.question("q").extra == {}
    assert told == ["type.read_as"]


def test_an_acknowledgement_is_a_single_choice():
    found, told = asked("| | acknowledge | q | Q | | | | | |")
    assert found.question("q").type == "select_one"
    assert [choice.name for choice in found.choices[found.question("q").list_name]] == ["OK"]
    assert told == ["type.read_as"]


def test_a_rank_is_a_multiple_choice():
    found, told = asked("| | rank l | q | Q | randomize=true | | | | |")
    assert found.question("q").type == "select_multiple"
    assert told == ["type.rank"]


@pytest.mark.parametrize(("default", "expected"), [("x", "'x'"), ("it's", '"it\'s"'), ("", "''")])
def test_a_hidden_value_is_calculated(default, expected):
    found, _ = asked(f"| | hidden | q | | | | {default} | | |")
    assert (found.question("q").type, found.question("q").calculation) == ("calculate", expected)


def test_other_brings_a_choice_and_a_question():
    found, told = asked("| | select_multiple l or_other | q | Q | | | | size = 'x' | |")
    question, which = found.question("q"), found.question("q_other")
    assert [choice.name for choice in found.choices[question.list_name]] == ["a", "other"]
    assert [choice.name for choice in found.choices["l"]] == ["a"]
    assert question.choice_filter == "(size = 'x') or name = 'other'"
    assert which.relevant == "selected(${q}, 'other')"
    assert told == ["type.or_other"]


def test_other_is_not_offered_twice():
    found, _ = asked("| | select_one l or_other | q | Q | | | | | |", choices="| | l | other | Other |")
    assert len(found.choices[found.question("q").list_name]) == 1


def test_other_needs_its_list():
    assert "list.missing" in [
        problem.code for problem in form("| | select_one m or_other | q | Q | | | | | |").problems
    ]


@pytest.mark.parametrize(
    ("type", "parameters", "code"),
    [
        ("text", "rows=3", None),
        ("text", "rows=7.5", "parameters.not_whole"),
        ("text", "rows", "parameters.invalid"),
        ("text", "rows=3rows=4", "parameters.invalid"),
        ("text", "colour=red", "parameters.unknown"),
        ("select_one l", "randomize=true, seed=${q0}", None),
        ("select_one l", "randomize=true, seed=4.5", None),
        ("select_one l", "randomize=maybe", "parameters.not_true_or_false"),
        ("select_one l", "randomize=true seed=x", "parameters.not_seed"),
        ("select_one l", "seed=1", "parameters.seed_alone"),
        ("range", "end==1", "parameters.invalid"),
        ("range", "start=one", "parameters.not_number"),
        ("range", "step=0", "parameters.not_step"),
        ("range", "end=99999999999999", "parameters.not_number"),
        ("range", "tick_interval=2 tick_labelset=n", None),
        ("range", "tick_interval=11", "range.tick"),
        ("range", "step=2 end=9 tick_interval=3", "range.tick"),
        ("range", "placeholder=5", None),
        ("range", "placeholder=11", "range.off"),
        ("range", "tick_labelset=l", "range.off"),
        ("range", "tick_labelset=gone", "list.missing"),
    ],
)
def test_parameters_are_checked(type, parameters, code):
    choices = "| | l | a | A |\n| | n | 1 | A |\n| | n | 3 | A |\n| | n | 5 | A |"
    told = [
        p.code for p in form(f"| | {type} | q | Q | {parameters} | | | | |", choices).problems if p.level == "error"
    ]
    assert told == ([code] if code else [])


@pytest.mark.parametrize(
    ("appearance", "code"),
    [("no-ticks vertical", "range.two_labels"), ("picker", "range.appearance")],
)
def test_ticks_need_a_range_that_shows_them(appearance, code):
    choices = "| | n | 1 | A |\n| | n | 5 | A |\n| | n | 9 | A |"
    row = f"| | range | q | Q | tick_labelset=n | | | | {appearance} |"
    assert code in [problem.code for problem in form(row, choices).problems]


def test_a_calculation_may_come_from_a_default_that_is_one():
    found, _ = asked("| | calculate | q | | | | ${q0} | | |")
    assert found.question("q").default == "${q0}"


def test_what_is_asked_is_in_the_table_of_types():
    assert {name for name, type in QUESTION_TYPES.items() if not type.asked} == {"note", "calculate", "hidden"}
