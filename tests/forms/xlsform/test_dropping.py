"""What is left out is known by name, with the groups that are empty for it."""

from forms.xlsform.dropping import dropped_names
from forms.xlsform.headers import read_table
from forms.xlsform.importing import import_file
from forms.xlsform.sheets import Row, Sheet

FORM = """
    | survey |
    | | type          | name   | label | disabled | relevant      | trigger     | parameters                     |
    | | begin group   | outer  | O     |          |               |             |                                |
    | | begin repeat  | photos | P     |          |               |             |                                |
    | | image         | photo  | P     |          |               |             |                                |
    | | end repeat    |        |       |          |               |             |                                |
    | | end group     |        |       |          |               |             |                                |
    | | begin group   | empty  | E     |          |               |             |                                |
    | | end group     |        |       |          |               |             |                                |
    | | image         | off    | P     | yes      |               |             |                                |
    | | start         |        |       |          |               |             |                                |
    | | image         | twin   | P     |          |               |             |                                |
    | | begin group   | g      | G     |          |               |             |                                |
    | | text          | twin   | T     |          |               |             |                                |
    | | end group     |        |       |          |               |             |                                |
    | | text          | q      | Q     |          | count(${outer}) > 0 | ${photo},${s} |                      |
    | | select_one l  | s      | S     |          | ${instanceID} | ${photo}    | randomize=true seed=${photo}   |
    | | select_one l  | t      | S     |          |               |             | randomize=true seed=${s}       |
    | choices |
    | | list_name | name | label |
    | | l         | a    | A     |
"""


def test_what_is_left_out():
    found = import_file("form.md", FORM.encode())
    assert [node.name for node in found.questionnaire.children] == ["empty", "g", "q", "s", "t"]
    assert found.questionnaire.question("q").trigger == ("s",)
    assert found.questionnaire.question("s").trigger == ()
    assert dict(found.questionnaire.question("s").parameters) == {"randomize": "true"}
    assert dict(found.questionnaire.question("t").parameters) == {"randomize": "true", "seed": "${s}"}
    dropped = [(p.row, p.column, p.values["name"]) for p in found.problems if p.code == "expression.dropped"]
    assert dropped == [
        (15, "relevant", "outer"),
        (15, "trigger", "photo"),
        (16, "relevant", "instanceID"),
        (16, "trigger", "photo"),
        (16, "parameters", "photo"),
    ]


def test_a_select_whose_choices_are_left_out_goes_with_them():
    rows = "| | image | photo | P | |\n| | select_one ${photo} | s | S | |\n| | text | q | Q | ${s} = 1 |"
    found = import_file("form.md", f"| survey |\n| | type | name | label | relevant |\n{rows}".encode())
    assert [question.name for question in found.questionnaire.questions()] == ["q"]
    assert [(p.code, p.row, p.column) for p in found.problems] == [
        ("type.not_collected", 2, "type"),
        ("expression.dropped", 3, "type"),
        ("expression.dropped", 4, "relevant"),
    ]


def test_ends_without_a_beginning_are_no_matter_here():
    text = "| survey |\n| | type | name |\n| | end group | |\n| | image | i |\n| | begin group | g |"
    found = import_file("form.md", text.encode())
    assert [problem.code for problem in found.problems if problem.level == "error"] == [
        "group.not_open",
        "group.not_closed",
    ]


def test_a_name_that_is_kept_elsewhere_is_not_left_out():

    rows = (("type", "name"), ("image", "a"), ("image", "b"), ("text", "a"))
    sheet = Sheet("survey", tuple(Row(number, row) for number, row in enumerate(rows, 1)))
    assert dict(dropped_names(read_table("survey", sheet, []))) == {"instanceID": 0, "b": 3}
