"""Names are judged as pyxform judges them, and every question has one of its own in the form."""

import pytest

from forms.xlsform.importing import import_file
from forms.xlsform.writing import write_xlsx


def form(rows):
    return import_file("form.md", f"| survey |\n| | type | name | label | relevant |\n{rows}".encode())


def told(rows):
    return [(p.code, p.row) for p in form(rows).problems if p.code != "repeat.not_counted"]


def group(name, inside, what="group"):
    return f"| | begin {what} | {name} | G | |\n{inside}\n| | end {what} | | | |\n"


@pytest.mark.parametrize("name", ["q1", "_x.y-z", "имя", "名字", "a:b", "data", "true", "id"])
def test_a_name_may_be(name):
    assert told(f"| | text | {name} | Q | |") == []


@pytest.mark.parametrize("name", ["1q", "a b", "a/b", "a@b", "-a", "a:b:c", "$x"])
def test_a_name_may_not_be(name):
    assert told(f"| | text | {name} | Q | |") == [("name.invalid", 2)]
    assert told(group(name, "| | text | q | Q | |")) == [("name.invalid", 2)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("| | text | a | Q | |\n| | text | a | Q | |", [("name.twice", 3)]),
        ("| | text | a | Q | |\n" + group("a", "| | text | b | Q | |"), [("name.twice", 3)]),
        ("| | text | a | Q | |\n| | text | A | Q | |", [("name.case", 3)]),
        ("| | text | a | Q | |\n" + group("g", "| | text | a | Q | |"), []),
        ("| | text | a | Q | |\n" + group("g", "| | text | A | Q | |"), []),
        (group("g", "| | text | g | Q | |"), []),
        (group("g", "| | text | meta | Q | |"), [("name.reserved", 3)]),
        (group("data", "| | text | a | Q | |"), []),
        (group("data", "| | text | a | Q | |", "repeat"), [("name.root", 2)]),
        (
            group("r", "| | text | a | Q | |", "repeat") + group("g", group("r", "| | text | b | Q | |", "repeat")),
            [("name.repeat_twice", 6)],
        ),
        ("| | note | | Hello | |\n| | text | a | Q | |", []),
        ("| | text | | Hello | |\n| | text | a | Q | |", [("name.missing", 2)]),
        ("| | text | “a” | Hello | |", []),
    ],
)
def test_names_that_meet(rows, expected):
    assert told(rows) == expected


SAME = (
    "| | text | age | Q | |\n"
    + group("b", "| | text | age | Q | |\n" + group("c", "| | text | age | Q | |"))
    + group("d", group("c", "| | text | age | Q | |"))
)


def test_a_question_whose_name_is_taken_has_the_names_of_its_groups_before_it():
    found = form(SAME).questionnaire
    assert [(question.name, question.path) for question in found.questions()] == [
        ("age", "/data/age"),
        ("b.age", "/data/b/age"),
        ("c.age", "/data/b/c/age"),
        ("d.c.age", "/data/d/c/age"),
    ]
    assert import_file("again.xlsx", write_xlsx(found)).questionnaire == found


def test_a_question_may_really_be_called_that():
    rows = "| | text | b.age | Q | |\n| | text | age | Q | |\n" + group("b", "| | text | age | Q | |")
    names = [question.name for question in form(rows).questionnaire.questions()]
    assert names == ["b.age", "age", "b.age.2"]


def test_rows_of_one_name_are_told_apart_whatever_others_are_called():
    rows = "| | text | age.2 | Q | |\n" + "| | text | age | Q | |\n" * 3
    assert told(rows) == [("name.twice", 4), ("name.twice", 5)]


def test_only_a_reference_to_several_is_a_mistake():
    assert told(SAME + "| | text | q | Q | ${age} = 1 |") == [("expression.ambiguous", 14)]
    assert told(SAME + "| | text | q | Q | ../b/age = 1 |") == []
    assert told(SAME + "| | text | q | ${age} | |") == [("expression.ambiguous", 14)]
