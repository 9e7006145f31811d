"""Parameters are read as ODK reads them, and what is wrong with them is told."""

import pytest

from forms.xlsform.importing import import_file
from forms.xlsform.parameters import pairs

CHOICES = "| | l | a | A |\n| | n | 1 | A |\n| | n | 3 | A |\n| | n | 5 | A |\n| | m | 2 | A |\n| | m | 12 | A |"


def form(row):
    head = "| survey |\n| | type | name | label | parameters | appearance |\n"
    lists = f"| choices |\n| | list_name | name | label |\n{CHOICES}"
    return import_file("form.md", f"{head}| | text | q0 | Q | | |\n{row}\n{lists}".encode())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", {}),
        ("Start=1 END=2", {"start": "1", "end": "2"}),
        (" a = 1 ;, b=2,", {"a": "1", "b": "2"}),
        ("randomize=TRUE seed=${Q}", {"randomize": "true", "seed": "${Q}"}),
        ("value=Code", {"value": "Code"}),
        ("start=2 . end=9", None),
        ("end==1", None),
        ("end1", None),
    ],
)
def test_pairs(written, expected):
    assert pairs(written) == expected


@pytest.mark.parametrize(
    ("type", "parameters", "code"),
    [
        ("text", "rows=3", None),
        ("text", "rows=7.5", "parameters.not_whole"),
        ("text", "rows", "parameters.invalid"),
        ("text", "rows=3rows=4", "parameters.invalid"),
        ("text", "colour=red", "parameters.unknown"),
        ("date", "colour=red", None),
        ("select_one l", "randomize=true, seed=${q0}", None),
        ("select_one l", "randomize=true, seed=4.5", None),
        ("select_one l", "randomize=true, seed=${gone}", "expression.unknown_name"),
        ("select_one l", "randomize=maybe", "parameters.not_true_or_false"),
        ("select_one l", "randomize=true seed=x", "parameters.not_seed"),
        ("rank l", "seed=1", "parameters.seed_alone"),
        ("select_one l", "value=a", "parameters.unknown"),
        ("range", "start=one", "parameters.not_number"),
        ("range", "step=0", "parameters.not_step"),
        ("range", "step=11", "range.too_long"),
        ("range", "end=99999999999999", "parameters.not_number"),
        ("range", "tick_interval=2 tick_labelset=n", None),
        ("range", "tick_interval=11", "range.too_long"),
        ("range", "step=2 end=9 tick_interval=3", "range.tick"),
        ("range", "placeholder=5", None),
        ("range", "placeholder=11", "range.outside"),
        ("range", "step=2 placeholder=2", "range.off_step"),
        ("range", "tick_labelset=l", "range.label_not_number"),
        ("range", "step=3 tick_labelset=n", "range.label_off_step"),
        ("range", "start=2 end=6 step=2 tick_labelset=m", "range.label_outside"),
        ("range", "tick_labelset=gone", "range.no_labels"),
    ],
)
def test_what_is_wrong_with_a_parameter_is_told(type, parameters, code):
    told = {
        problem.code for problem in form(f"| | {type} | q | Q | {parameters} | |").problems if problem.level == "error"
    }
    assert told == ({code} if code else set())


@pytest.mark.parametrize(
    ("parameters", "appearance", "code"),
    [
        ("tick_labelset=n", "no-ticks vertical", "range.two_labels"),
        ("tick_labelset=m start=2 end=32 step=10", "no-ticks", "range.end_labels"),
        ("tick_labelset=m start=2 end=12 step=10", "no-ticks", None),
        ("tick_labelset=n", "picker", "range.appearance"),
        ("tick_interval=2", "vertical picker", None),
    ],
)
def test_ticks_need_a_range_that_shows_them(parameters, appearance, code):
    found = form(f"| | range | q | Q | {parameters} | {appearance} |")
    assert [problem.code for problem in found.problems] == ([code] if code else [])


def test_they_are_kept_for_every_type():
    found = form("| | integer | q | Q | max=3 | |").questionnaire
    assert dict(found.question("q").parameters) == {"max": "3"}
