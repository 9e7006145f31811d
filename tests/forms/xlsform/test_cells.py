"""Single cells lose the dirt of real workbooks, and what refers to a dropped row reads as empty."""

import pytest

from forms.questionnaire import Text
from forms.xlsform.cells import condition, expression, is_name, is_yes, name_in, without_dropped
from forms.xlsform.headers import Record


@pytest.mark.parametrize("written", ["yes", "TRUE", "true()", "1"])
def test_yes(written):
    assert is_yes(written)
    assert condition(written) == "true()"


@pytest.mark.parametrize("written", ["no", "FALSE", "false()", "0", ""])
def test_no(written):
    assert not is_yes(written)
    assert condition(written) == ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [("TRUE", "true()"), ("yes", "true()"), ("FALSE", "false()"), ("No", "false()"), ("0", "0"), ("1", "1"), ("", "")],
)
def test_a_bare_word_is_an_expression_and_a_number_stays_one(written, meant):
    """A spreadsheet's FALSE under `relevant` hides a question; a 0 under `calculation` is a nought."""
    assert expression(written) == meant


def test_a_condition_may_be_an_expression():
    assert condition("${a} = ‘b’") == "${a} = 'b'"


def test_quotation_marks_of_word_processors_become_straight():
    assert expression("${a} = ‘b’ or . = “c”") == "${a} = 'b' or . = \"c\""
    assert name_in(" “name” ") == "name"


def test_the_inner_name_of_a_label_is_a_label():
    written = "jr:itext(instance('l')/root/item[name = ${a}]/itextId)"
    assert expression(written) == "instance('l')/root/item[name = ${a}]/label"


@pytest.mark.parametrize(
    ("written", "fits"), [("q1", True), ("_x.y-z", True), ("имя", True), ("1q", False), ("a b", False)]
)
def test_names(written, fits):
    assert is_name(written) is fits


def test_references_to_dropped_rows_are_emptied_and_told():
    problems = []
    record = Record(
        "survey",
        7,
        {"relevant": "${start} != '' and ${a}", "type": "text"},
        {"label": Text({"en": "Since ${ start }", "fr": "Depuis ${start}"}), "hint": Text({"en": "${a}"})},
    )
    cleaned = without_dropped(record, {"start": 2}, problems)
    assert cleaned.cells == {"relevant": "'' != '' and ${a}", "type": "text"}
    assert cleaned.text("label") == Text({"en": "Since", "fr": "Depuis"})
    assert cleaned.text("hint") == Text({"en": "${a}"})
    assert [(p.code, p.row, p.column) for p in problems] == [
        ("expression.dropped", 7, "relevant"),
        ("expression.dropped", 7, "label"),
    ]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("jr:choice-name(${start}, '${start}')", "jr:choice-name('', '')"),
        ('jr:choice-name(${a}, "${a}") = ${start}', "jr:choice-name(${a}, \"${a}\") = ''"),
        ("1 + indexed-repeat(${start}, ${r}, position(..)) + 2", "1 + '' + 2"),
        ("indexed-repeat(${a}, ${r}, 1) + ${start}", "indexed-repeat(${a}, ${r}, 1) + ''"),
        ("indexed-repeat(${start}, ${r}, 1", "indexed-repeat('', ${r}, 1"),
    ],
)
def test_functions_that_take_only_references_are_emptied_whole(written, left):
    record = without_dropped(Record("survey", 7, {"calculation": written}), {"start": 2}, [])
    assert record.cell("calculation") == left
