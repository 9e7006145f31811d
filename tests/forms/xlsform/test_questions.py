"""One row becomes one question, with all that its cells say."""

import pytest

from forms.questionnaire import Text
from forms.xlsform.importing import import_file
from forms.xlsform.writing import write_xlsx

COLUMNS = (
    *("type", "name", "label", "hint", "guidance_hint", "calculation", "default", "trigger", "read_only"),
    *("disaggregation", "anonymise", "save_to", "parameters", "constraint", "choice_filter"),
)
CHOICES = "| choices |\n| | list_name | name | label |\n| | l | a | A |\n| | l | b | B |"


def form(*rows, files=None):
    lines = [
        "| | " + " | ".join({"name": "q", "label": "Q", **row}.get(column, "") for column in COLUMNS) + " |"
        for row in rows
    ]
    head = "| | " + " | ".join(COLUMNS) + " |"
    text = "\n".join(("| survey |", head, *lines, CHOICES))
    return import_file("form.md", text.encode(), files or {})


def asked(*rows, files=None):
    imported = form(*rows, files=files)
    assert imported.questionnaire, imported.problems
    assert import_file("again.xlsx", write_xlsx(imported.questionnaire)).questionnaire == imported.questionnaire
    return imported.questionnaire.question("q")


def told(*rows):
    return [(problem.code, problem.row) for problem in form(*rows).problems]


@pytest.mark.parametrize(
    ("written", "type"),
    [
        ("time", "time"),
        ("dateTime", "datetime"),
        ("range", "range"),
        ("rank l", "rank"),
        ("acknowledge", "acknowledge"),
        ("trigger", "acknowledge"),
        ("hidden", "hidden"),
    ],
)
def test_every_type_is_asked_as_itself(written, type):
    assert asked({"type": written}, {"type": "text", "name": "t"}).type == type


def test_a_range_keeps_its_parameters_and_gets_no_constraint():
    question = asked({"type": "range", "parameters": "start=0 end=1 step=0.5"})
    assert dict(question.parameters) == {"start": "0", "end": "1", "step": "0.5"}
    assert question.constraint == ""


@pytest.mark.parametrize(("written", "expected"), [("", "0 <= . and . <= 100"), (". < 5", ". < 5")])
def test_a_percentage_has_limits_of_its_own_where_the_author_writes_none(written, expected):
    assert asked({"type": "percentage", "constraint": written}).constraint == expected


def test_guidance_is_kept():
    assert asked({"type": "text", "guidance_hint": "More"}).guidance_hint == Text({"und": "More"})


A, B = ({"type": "text", "name": name} for name in "ab")


def test_a_trigger_is_a_list_of_names():
    question = asked(A, B, {"type": "calculate", "calculation": "now()", "trigger": "${a}, ${b},${a}"})
    assert question.trigger == ("a", "b")


@pytest.mark.parametrize(
    ("trigger", "code"),
    [
        ("a", "trigger.invalid"),
        ("${a}, ${b", "trigger.invalid"),
        ("${a} ${b}", "trigger.no_comma"),
        ("${zebra}", "expression.unknown_name"),
        ("${g}", "expression.unknown_name"),
        ("${c}", "trigger.unseen"),
    ],
)
def test_a_trigger_is_a_question_that_somebody_sees(trigger, code):
    rows = (
        *(A, B, {"type": "begin_group", "name": "g"}, {"type": "text", "name": "inside"}, {"type": "end_group"}),
        *({"type": "calculate", "name": "c", "calculation": "1"}, {"type": "calculate", "calculation": "1"}),
    )
    assert told(*rows[:-1], {**rows[-1], "trigger": trigger}) == [(code, 8)]


@pytest.mark.parametrize(
    ("type", "written", "kept", "code"),
    [
        ("text", "", "", None),
        ("integer", "Band", "band", None),
        ("range", "band", "band", None),
        ("datetime", "band", "band", None),
        ("text", "drop", "drop", None),
    ],
)
def test_how_answers_are_made_anonymous(type, written, kept, code):
    row = {"type": type, "anonymise": written}
    assert asked(row).anonymise == kept
    assert told(row) == ([(code, 2)] if code else [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"type": "text", "anonymise": "hide"}, "anonymise.unknown"),
        ({"type": "text", "anonymise": "band"}, "anonymise.type"),
        ({"type": "select_one l", "choice_filter": "label::English (en) != ''"}, "filter.label"),
        ({"type": "select_one l", "anonymise": "drop", "disaggregation": "yes"}, "anonymise.contradicts"),
        ({"type": "text", "disaggregation": "yes"}, "disaggregation.type"),
        ({"type": "text", "save_to": "name"}, "entities.save_to"),
        ({"type": "begin_group", "save_to": "name"}, "entities.save_to"),
        ({"type": "intger"}, "type.misspelt"),
        ({"type": "gibberish"}, "type.unknown"),
        ({"type": "select_one"}, "type.no_list"),
        ({"type": "select_one ll"}, "list.missing"),
        ({"type": "form_title"}, "type.setting"),
    ],
)
def test_what_is_wrong_with_a_row_is_told(row, code):
    assert (code, 2) in told(row)


def test_what_breaks_tables_down_is_a_single_choice():
    assert asked({"type": "select_one l", "disaggregation": "yes", "anonymise": "keep"}).disaggregation


FILES = {"fruits.csv": b"id,title\na,Apple\nb,Pear\n"}


def test_choices_from_a_file_become_a_list():
    row = {"type": "select_multiple_from_file fruits.csv", "parameters": "value=id label=title randomize=true"}
    question = asked(row, files=FILES)
    assert (question.type, question.list_name) == ("select_multiple", "fruits")
    assert dict(question.parameters) == {"randomize": "true"}


def test_choices_may_stand_on_a_sheet_of_their_own():
    text = "| survey |\n| | type | name | label |\n| | select_one_external towns | q | Q |\n"
    sheet = "| external_choices |\n| | list_name | name | label |\n| | towns | a | A |"
    question = import_file("form.md", f"{text}{sheet}".encode()).questionnaire.question("q")
    assert (question.type, question.list_name) == ("select_one", "towns")
    assert "list.missing" in [problem.code for problem in import_file("form.md", text.encode()).problems]


def test_a_file_for_expressions_is_no_question():
    rows = ({"type": "csv-external", "name": "fruits"}, {"type": "text"})
    found = form(*rows, files={"fruits.csv": b"name,label\na,Apple\n"}).questionnaire
    assert [question.name for question in found.questions()] == ["q"]
    assert [choice.name for choice in found.choices["fruits"]] == ["a"]


def test_a_file_that_is_not_there_leaves_its_question_out():
    select = {"type": "select_one_from_file fruits.csv"}
    last = {"type": "calculate", "name": "c", "calculation": "${q}"}
    found = form(
        {"type": "text", "name": "t"}, {"type": "begin_group", "name": "g"}, select, {"type": "end_group"}, last
    )
    assert [(problem.code, problem.row) for problem in found.problems] == [
        ("file.missing", 4),
        ("expression.dropped", 6),
    ]
    assert [question.name for question in found.questionnaire.questions()] == ["t", "c"]
    assert len(found.questionnaire.children) == 2


def test_choices_may_be_answers_within_a_repeat():
    rows = ({"type": "begin_repeat", "name": "r"}, {"type": "text", "name": "who"}, {"type": "end_repeat"})
    assert asked(*rows, {"type": "select_one ${who}"}).list_name == "${who}"
    assert ("expression.misspelt", 5) in told(*rows, {"type": "select_one ${whom}"})


def test_a_group_may_be_closed_to_writing():
    rows = ({"type": "begin_group", "name": "g", "read_only": "yes"}, {"type": "text"}, {"type": "end_group"})
    assert form(*rows).questionnaire.children[0].read_only == "true()"
