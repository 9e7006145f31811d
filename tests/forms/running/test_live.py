"""Which questions of a page a script can open and close, and by what conditions."""

from collections.abc import Mapping

import pytest

from forms.questionnaire import Choice, Text
from forms.running.flow import Flow, Spot
from forms.running.live import live, opened
from forms.xlsform.importing import import_file
from tests.forms.running.small_forms import TODAY, ask, form, group


def on_page(*children, page=0, choices=None, spot=None, **answers):
    """What is live on that page."""
    made = form(*children)
    if choices:
        made = type(made)(**{**{f: getattr(made, f) for f in made.__dataclass_fields__}, "choices": choices})
    flow = Flow(made)
    return live(flow, spot or Spot(page), flow.state(answers, TODAY, "en"))


def conditions(*children, **options) -> Mapping[str, object]:
    return on_page(*children, **options).conditions


def one(relevant, *others, kind="text", **options):
    """The condition of a question `b` that stands after `a`; None where it has none."""
    return conditions(ask("a", kind), *others, ask("b", relevant=relevant), **options).get("b")


def far(*children):
    """A page of its own, before any other."""
    return group("far", *children, appearance="field-list")


def test_a_question_opens_by_an_answer_of_its_own_page():
    found = on_page(ask("a", "select_one", list_name="yes_no"), ask("b", relevant="${a} = 'yes'"))
    assert found.conditions == {"b": ("=", ("$", "a"), "yes")}
    assert not found.folded


@pytest.mark.parametrize(
    ("kind", "columns", "read"),
    [
        ("text", {}, ("$t", "a")),
        ("integer", {}, ("$i", "a")),
        ("decimal", {}, ("$n", "a")),
        ("date", {}, ("$d", "a")),
        ("acknowledge", {}, ("$", "a")),
        ("range", {"parameters": {"start": "0", "end": "5", "step": "1"}}, ("$", "a")),
        ("select_multiple", {"list_name": "yes_no"}, ("$", "a")),
        ("select_multiple", {"list_name": "yes_no", "parameters": {"randomize": "true"}}, ("$m", "a", "yes", "no")),
        ("select_one", {"list_name": "yes_no", "appearance": "minimal"}, ("$", "a")),
    ],
)
def test_each_type_is_read_in_its_own_way(kind, columns, read):
    found = conditions(ask("a", kind, **columns), ask("b", relevant="${a} = '1'"))
    assert found == {"b": ("=", read, "1")}


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        ("time", {}),
        ("rank", {"list_name": "yes_no"}),
        ("range", {"parameters": {"start": "0", "end": "500", "step": "1"}}),
        ("integer", {"calculation": "1 + 1"}),
        ("integer", {"read_only": "${z} = 1"}),
        ("select_one", {"list_name": "yes_no", "choice_filter": "${z} = 1"}),
        ("select_one", {"list_name": "twice"}),
        ("select_one", {"list_name": "long"}),
        ("select_multiple", {"list_name": "long"}),
    ],
)
def test_an_answer_that_only_the_server_can_read_opens_nothing_in_place(kind, columns):
    long = tuple(Choice(f"c{number}", Text()) for number in range(101))
    twice = {"yes_no": long[:1], "twice": (Choice("x", Text()), Choice("x", Text())), "long": long}
    children = (ask("z", "integer"), ask("a", kind, **columns), ask("b", relevant="${a} != ''"))
    assert conditions(*children, choices=twice) == {}


def test_a_control_may_have_another_name_than_its_question():
    found = conditions(ask("state"), ask("b", relevant="${state} = 'x'"))
    assert found == {"b": ("=", ("$t", "state:"), "x")}


def test_answers_of_other_pages_are_constants():
    children = (far(ask("age", "integer")), ask("a", "integer"), ask("b", relevant="${a} > ${age} + 1"))
    found = on_page(*children, page=1, age="30")
    assert found.conditions == {"b": (">", ("$i", "a"), 31)}
    assert found.folded


def test_what_other_pages_decide_alone_is_not_live():
    children = (far(ask("z")), ask("a"), ask("b", relevant="${z} = 'x'"))
    assert on_page(*children, page=1).conditions == {}
    assert not on_page(*children, page=1).folded


@pytest.mark.parametrize(("answer", "found"), [("x", ("=", ("$t", "a"), "y")), ("", None)])
def test_what_other_answers_keep_closed_says_nothing_of_this_page(answer, found):
    children = (far(ask("z")), ask("a"), ask("b", relevant="${z} = 'x' and ${a} = 'y'"))
    assert conditions(*children, page=1, z=answer).get("b") == found


def test_what_other_answers_keep_open_is_not_live():
    children = (far(ask("z")), ask("a"), ask("b", relevant="${z} = 'x' or not(${z} != 'x') or ${a} = 'y'"))
    assert conditions(*children, page=1, z="x") == {}


def test_what_is_the_same_for_everybody_is_worked_out_beforehand():
    found = on_page(ask("a", "integer"), ask("b", relevant="${a} > 1 + 1"))
    assert found.conditions == {"b": (">", ("$i", "a"), 2)}
    assert not found.folded


def test_the_day_and_lists_are_constants():
    assert one("today() > ${a}", kind="date") == (">", ("date", "2026-11-22"), ("$d", "a"))
    looked_up = one("instance('towns')/root/item[name = 'lima']/region = ${a}")
    assert looked_up == ("=", ("|", "latin"), ("$t", "a"))


def test_a_constant_too_large_for_a_page_leaves_it_to_the_server():
    many = {"many": tuple(Choice(f"c{number}", Text()) for number in range(501))}
    found = on_page(ask("a"), ask("b", relevant="instance('many')/root/item/name = ${a}"), choices=many)
    assert found.conditions == {}
    assert found.folded


@pytest.mark.parametrize(
    "relevant",
    [
        "${a} > random()",
        "string-length() = 0 and ${a} = 'x'",
        ". = ${a}",
        "current() = ${a}",
        "pulldata('towns', 'region', 'name', ${a}) = 'africa'",
        "instance('towns')/root/item[name = ${a}]/region = 'africa'",
        "${a}[. = 'x'] = 'x'",
        "jr:choice-name(${a}, '${a}') = 'Yes'",
        "string(/data) = ${a}",
        " or ".join(["${a} = 'x'"] * 200),
    ],
)
def test_what_the_script_cannot_follow_is_left_to_the_server(relevant):
    assert one(relevant) is None


def test_a_calculation_between_two_questions_is_followed():
    total = ask("total", "calculate", calculation="${a} * 2")
    assert one("${total} > 10", total, kind="integer") == (">", ("|", ("string", ("*", ("$i", "a"), 2))), 10)


def test_a_calculation_is_nothing_while_it_is_not_relevant():
    name = ask("name", "calculate", calculation="concat(${a}, '!')", relevant="${a} != ''")
    is_there = ("!=", ("$t", "a"), "")
    value = ("if", ("and", is_there), ("string", ("concat", ("$t", "a"), "!")), "")
    assert one("${name} = 'x!'", name) == ("=", ("|", value), "x!")


@pytest.mark.parametrize(
    "between",
    [
        ask("between", "calculate", calculation="once(${a})"),
        ask("between", "calculate", calculation="${a}", trigger=("a",)),
        ask("between", "note", relevant="${a} = 'x'"),
        far(ask("between", relevant="${a} = 'x'")),
    ],
)
def test_what_is_kept_or_asked_elsewhere_is_not_followed(between):
    assert one("${between} = 'x'", between) is None


def test_questions_within_a_group_follow_the_group_as_well():
    inner = group("inner", ask("b", relevant="${c} = 2"), ask("c", "integer"), relevant="${a} = 1")
    found = conditions(group("page", ask("a", "integer"), inner, appearance="field-list"))
    opens = ("=", ("$i", "a"), 1)
    assert found == {"b": ("and", opens, ("=", ("$i", "c"), 2)), "c": opens}


def test_a_question_that_follows_one_the_server_follows_is_left_to_it():
    children = (ask("a"), ask("b", relevant="${a} > random()"), ask("c", relevant="${b} = 'x'"))
    assert conditions(*children) == {}


@pytest.mark.parametrize(
    "columns",
    [
        {"label": Text({"en": "You said ${a}"})},
        {"required": "${a} = 'x'"},
        {"default": "concat(${a}, '!')"},
        {"read_only": "${a} = 'y'"},
        {"trigger": ("a",)},
        {"kind": "select_one", "list_name": "towns", "choice_filter": "region = ${a}"},
        {"kind": "select_one", "list_name": "said"},
    ],
)
def test_a_question_that_would_look_otherwise_is_left_to_the_server(columns):
    said = {"towns": (), "said": (Choice("x", Text({"en": "Like ${a}"})),)}
    children = (ask("a"), ask("b", relevant="${a} != ''", **{"label": Text({"en": "B"}), **columns}))
    assert conditions(*children, choices=said) == {}


@pytest.mark.parametrize("columns", [{"label": Text({"en": "As ${a}"})}, {"read_only": "${a} = 'x'"}])
def test_a_question_under_a_heading_that_would_look_otherwise_is_left_to_the_server(columns):
    inner = group("inner", ask("b", relevant="${a} != ''"), **columns)
    assert conditions(group("page", ask("a"), inner, appearance="field-list")) == {}


def test_a_page_without_questions_yet_has_nothing_live():
    assert on_page(ask("a"), ask("b", relevant="${a} = 'x'"), spot=Spot(0, (0,))).conditions == {}


REPEAT = b"""
| survey |
| | type | name | label | relevant | appearance |
| | begin_repeat | member | Member | | field-list |
| | integer | age | Age | | |
| | text | work | Work | ${age} > 17 and position(..) > 1 | |
| | text | all | All | sum(/data/member/age) > 17 | |
| | text | answered | From the answers | | |
| | end_repeat | | | | |
"""


def test_each_time_of_a_repeat_has_its_own_conditions():
    flow = Flow(import_file("r.md", REPEAT).questionnaire)
    state = flow.state({"/data/member": "2", "age[1]": "50"}, TODAY, "en")
    assert live(flow, Spot(0, (1,)), state).conditions == {}
    assert live(flow, Spot(0, (2,)), state).conditions == {"work[2]": (">", ("$i", "age[2]"), 17)}


def test_choices_from_answers_are_left_to_the_server():
    lists = REPEAT + b"| | select_one ${age} | which | Which | | |\n| | text | b | B | ${which} = '3' | |\n"
    flow = Flow(import_file("r.md", lists).questionnaire)
    assert live(flow, Spot(1), flow.state({"age[1]": "3"}, TODAY, "en")).conditions == {}


def test_an_open_question_is_shown_with_its_default():
    inner = group("inner", ask("b", default="first"), relevant="${a} = 'x'")
    flow = Flow(form(group("page", ask("a"), inner, appearance="field-list")))
    state = flow.state({}, TODAY, "en")

    shown = opened(flow, Spot(0), state)

    assert not state.relevant("b")
    assert shown.relevant("b")
    assert shown.value("b") == "first"
