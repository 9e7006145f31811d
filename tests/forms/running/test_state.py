"""What answers make of a questionnaire: relevance, values, choices, what is required and what does not fit."""

from dataclasses import replace

import pytest

from forms.expressions.parsing import ExpressionProblem
from forms.questionnaire import Choice, Text
from forms.running.dependencies import dependency_cycle
from forms.running.flow import Flow
from tests.forms.running.small_forms import TODAY, ask, form, group, state


def test_irrelevance_cascades_through_groups_and_empties_answers():
    children = (
        ask("work", "select_one", list_name="yes_no"),
        group("outer", group("inner", ask("place")), relevant="${work} = 'yes'"),
        ask("after", relevant="${place} = ''"),
    )

    now = state(*children, work="no", place="home")

    assert [now.relevant(name) for name in ("/data/outer", "/data/inner", "place", "after")] == [
        False,
        False,
        False,
        True,
    ]
    assert now.value("place") == ""
    assert state(*children, work="yes", place="home").value("place") == "home"


def test_an_unknown_name_is_a_key_error():
    with pytest.raises(KeyError):
        state(ask("a")).relevant("b")


def test_groups_without_questions_have_a_relevance_too():
    now = state(group("outer", group("inner", relevant="true"), relevant="FALSE"))

    assert not now.relevant("/data/outer")
    assert not now.relevant("/data/inner")


def test_calculations_follow_one_another_whatever_their_order():
    now = state(
        ask("twice", "calculate", calculation="${sum} * 2"),
        ask("sum", "calculate", calculation="${a} + ${b}"),
        ask("a", "integer"),
        ask("b", "integer"),
        a="2",
        b="3",
    )

    assert (now.value("sum"), now.value("twice")) == ("5", "10")


def test_a_computed_boolean_is_a_word_as_in_odk():
    assert state(ask("a", "calculate", calculation="1 < 2")).value("a") == "true"


def test_calculations_that_double_one_another_stay_bounded():
    chain = [ask(f"c{n}", "calculate", calculation=f"concat(${{c{n - 1}}}, ${{c{n - 1}}})") for n in range(1, 60)]

    assert len(state(ask("c0"), *chain, c0="long").value("c59")) == 32_767


@pytest.mark.parametrize(
    "children",
    [
        (ask("a", relevant="${b} = 1"), ask("b", calculation="${a}")),
        (group("g", ask("a"), relevant="${a} = 1"),),
        (ask("a", "select_one", choice_filter="region = ${b}"), ask("b", calculation="concat(${a}, 1)")),
    ],
)
def test_rings_are_named_and_refused(children):
    ring = dependency_cycle(form(*children))

    assert ring[0] == ring[-1]
    with pytest.raises(ExpressionProblem, match="depend on one another"):
        Flow(form(*children))


def test_a_constraint_may_look_at_its_own_question():
    assert dependency_cycle(form(ask("a", constraint="${a} > 1 and . < 5"), ask("b", relevant="1 +"))) == ()


def test_a_broken_expression_is_refused():
    with pytest.raises(ExpressionProblem):
        Flow(form(ask("a", relevant="1 +")))


def test_choice_filters_leave_some_options():
    children = (ask("region"), ask("town", "select_one", list_name="towns", choice_filter="region = ${region}"))

    now = state(*children, region="africa", town="lima")

    assert [choice.name for choice in now.options("town")] == ["lagos", "accra"]
    assert now.options("town") is now.options("town")
    assert now.options("region") == ()
    assert now.value("town") == ""
    assert state(*children, region="latin", town="lima").value("town") == "lima"


@pytest.mark.parametrize(
    ("required", "wanted"),
    [("yes", True), ("TRUE", True), ("no", False), ("", False), ("${a} = 'x'", True), (". = 'y'", False)],
)
def test_required_may_depend_on_answers(required, wanted):
    assert state(ask("a"), ask("b", required=required), a="x").required("b") is wanted


def test_what_is_irrelevant_is_never_required():
    now = state(ask("a", required="yes", relevant="1 = 2"), ask("b", required="${a} = ''", relevant="no"))

    assert not now.required("a")
    assert not now.required("b")


def test_constraints_look_at_answers_that_are_there():
    children = (ask("age", "integer", constraint=". >= 18"), ask("free"))

    assert state(*children, age="17").violates("age")
    assert not state(*children, age="18").violates("age")
    assert not state(*children).violates("age")
    assert not state(*children, free="x").violates("free")


def test_defaults_stand_in_until_something_is_answered():
    children = (ask("country", default="Peru"), ask("day", "date", default="today()"), ask("odd", default="a (b)"))

    assert state(*children).values == {"country": "Peru", "day": "2026-11-22", "odd": "a (b)"}
    assert state(*children, country="", day="2020-01-01").values["country"] == ""


def test_what_cannot_be_written_in_takes_no_answer():
    now = state(
        ask("fixed", read_only="true()", calculation="6 * 7"),
        ask("told", "note"),
        ask("free"),
        fixed="1",
        told="x",
        free="y",
    )

    assert now.values == {"fixed": "42", "told": "", "free": "y"}
    assert [now.read_only(name) for name in ("fixed", "told", "free")] == [True, True, False]


def test_labels_are_filled_in():
    now = state(ask("name"), name="Ana")

    assert now.filled("Hello ${name}, ${ name }, ${nobody}!") == "Hello Ana, Ana, !"
    assert now.filled("No reference") == "No reference"


def test_choice_names_come_in_the_language_of_the_reader():
    label = ask("label", "calculate", calculation="concat(jr:choice-name(${a}, '${a}'), jr:choice-name('x', 'none'))")
    children = (ask("a", "select_one", list_name="yes_no"), label)

    assert state(*children, a="yes", language="fr").value("label") == "Oui"
    assert state(*children, a="maybe").value("label") == ""


def test_lists_can_be_looked_up():
    town = ask("t", "calculate", calculation="instance('towns')/root/item[region = 'latin']/label")

    assert state(town).value("t") == "Lima"


def test_chance_is_the_same_on_every_page_and_differs_by_seed():
    flow = Flow(form(ask("a", "calculate", calculation="concat(random(), random())"), ask("b")))

    first, again, other = (flow.state({"b": b}, TODAY, "en", seed).value("a") for b, seed in ("1s", "2s", "1t"))

    assert first == again != other


def test_the_clock_stands_at_midnight():
    assert state(ask("a", "calculate", calculation="now()")).value("a") == "2026-11-22T00:00:00.000+00:00"


def test_choices_are_put_in_the_order_that_odk_gives_them_for_a_seed():
    letters = tuple(Choice(name, Text({"en": name})) for name in "abcd")
    asked = ask("a", "select_one", list_name="letters", parameters={"randomize": "true", "seed": "42"})
    questionnaire = replace(form(asked), choices={"letters": letters})

    assert "".join(choice.name for choice in Flow(questionnaire).state({}, TODAY, "en").options("a")) == "adcb"


def test_without_a_seed_each_response_has_an_order_of_its_own_that_stays():
    letters = tuple(Choice(name, Text({"en": name})) for name in "abcdefghij")
    flow = Flow(
        replace(
            form(ask("a", "select_one", list_name="letters", parameters={"randomize": "true"})),
            choices={"letters": letters},
        )
    )

    first, again, other = (
        [choice.name for choice in flow.state({}, TODAY, "en", seed).options("a")] for seed in ("1", "1", "2")
    )

    assert first == again != other
    assert sorted(first) == sorted(other) == list("abcdefghij")


def test_a_group_s_relevance_cannot_be_drawn_by_lot():
    assert state(group("g", ask("a"), relevant="random() = 0.5")).relevant("a")


def test_in_a_form_without_group_steps_what_stands_above_is_the_form():
    questionnaire = replace(
        form(ask("far"), group("g", ask("near", "calculate", calculation="../far"))), extra_settings={"flat": "yes"}
    )

    assert Flow(questionnaire).state({"far": "x"}, TODAY, "en").value("near") == "x"


def test_a_value_cannot_be_followed_by_a_path():
    with pytest.raises(ExpressionProblem, match="followed by a path"):
        Flow(form(ask("a", "calculate", calculation="if(1, 2, 3)/b")))


@pytest.mark.parametrize(
    ("calculation", "value"),
    [("position(${a})", "1"), ("jr:choice-name(${a}, ${a})", "Yes"), ("position(../none)", "1")],
)
def test_functions_that_look_at_where_their_arguments_stand(calculation, value):
    children = (ask("a", "select_one", list_name="yes_no"), ask("b", "calculate", calculation=calculation))

    assert state(*children, a="yes").value("b") == value


@pytest.mark.parametrize(
    ("kind", "calculation", "value"),
    [
        ("decimal", "'many'", ""),
        ("decimal", "'1e400'", ""),
        ("date", "'2024-02-30'", ""),
        ("date", "'2024-02-29'", "2024-02-29"),
        ("decimal", "5", "5.0"),
    ],
)
def test_a_question_holds_what_its_type_can(kind, calculation, value):
    assert state(ask("a", kind, calculation=calculation)).value("a") == value


def test_a_seed_means_nothing_where_there_is_no_order():
    assert state(ask("a", "note", parameters={"seed": "${"})).value("a") == ""
