"""What expressions and texts refer to is there, is one row only, and can be read."""
# ruff: noqa: E501 - forms are drawn as tables

import pytest

from forms.xlsform.importing import import_file

FORM = """
    | survey |
    | | type           | name   | label | relevant | calculation | default | repeat_count | choice_filter | required_message |
    | | integer        | number | N     |          |             |         |              |               |                  |
    | | begin_repeat   | r      | R     |          |             |         | REPEAT       |               |                  |
    | | text           | who    | W     | INSIDE   |             |         |              |               |                  |
    | | end_repeat     |        |       |          |             |         |              |               |                  |
    | | select_one l   | q      | LABEL | RELEVANT | CALCULATION | DEFAULT |              | FILTER        | MESSAGE          |
    | | select_one ${who} | s   | S     |          |             |         |              | ANSWERS       |                  |
    | choices |
    | | list_name | name | label  |
    | | l         | a    | CHOICE |
"""


def told(**cells):
    text = FORM
    for place in ("REPEAT", "INSIDE", "RELEVANT", "CALCULATION", "DEFAULT", "FILTER", "MESSAGE", "ANSWERS"):
        text = text.replace(place, cells.get(place, ""))
    text = text.replace("LABEL", cells.get("LABEL", "Q")).replace("CHOICE", cells.get("CHOICE", "A"))
    problems = import_file("form.md", text.encode()).problems
    return [(problem.code, problem.row, problem.column) for problem in problems if problem.code != "repeat.not_counted"]


@pytest.mark.parametrize(
    ("place", "written", "expected"),
    [
        ("RELEVANT", "${number} > 1", []),
        ("RELEVANT", "${numbr} > 1", [("expression.misspelt", 6, "relevant")]),
        ("RELEVANT", "${zebra} > 1", [("expression.unknown_name", 6, "relevant")]),
        ("RELEVANT", "${number", [("expression.invalid", 6, "relevant")]),
        ("RELEVANT", "nonsense(1)", [("expression.invalid", 6, "relevant")]),
        ("RELEVANT", "../gone = 1", [("expression.no_path", 6, "relevant")]),
        ("RELEVANT", "/data/gone/x = 1", [("expression.no_path", 6, "relevant")]),
        ("RELEVANT", "/data/number = 1", []),
        ("RELEVANT", "../gone = nonsense(1)", [("expression.invalid", 6, "relevant")]),
        ("INSIDE", "position(..) = 1", []),
        ("REPEAT", "${number}", []),
        ("REPEAT", "${numbr}", [("expression.misspelt", 3, "repeat_count")]),
        ("FILTER", "name = ${number}", []),
        ("ANSWERS", "./who != ''", []),
        ("DEFAULT", "today()", []),
        ("DEFAULT", "${numbr}", [("expression.misspelt", 6, "default")]),
        ("DEFAULT", "+237", [("default.as_text", 6, "default")]),
        ("LABEL", "Of ${number} and ${ number }", []),
        ("LABEL", "Of ${numbr}", [("expression.misspelt", 6, "label")]),
        ("LABEL", "Of ${number", [("reference.invalid", 6, "label")]),
        ("LABEL", "Of ${a b} or ${}", [("reference.invalid", 6, "label")] * 2),
        ("MESSAGE", "Not ${zebra}", [("expression.unknown_name", 6, "required_message")]),
        ("CHOICE", "As ${zebra}", [("expression.unknown_name", 2, "label")]),
    ],
)
def test_references(place, written, expected):
    assert told(**{place: written}) == expected


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("${number} + (2", "At character 13: This bracket is opened and never closed."),
        ("1 = len('a')", "At character 5: There is no function len(); did you mean string-length()?"),
        ("10 % 2", "At character 4: Write mod in place of %."),
        ("regex('a', '[')", "At character 1: This regular expression has a [ without its ]."),
        ("regex('a', 'a**')", "At character 1: This regular expression cannot be read: bad repetition operator: **."),
    ],
)
def test_an_expression_that_cannot_be_read_is_told_with_the_reason_and_the_place(written, remedy):
    table = f"""
        | survey |
        | | type    | name   | label | relevant  |
        | | integer | number | N     |           |
        | | text    | q      | Q     | {written} |
    """
    (problem,) = import_file("form.md", table.encode()).problems
    assert (problem.text, problem.remedy) == (f"The expression cannot be understood: {written}", remedy)


def test_a_circle_names_its_questions_and_their_rows():
    text = FORM.replace("RELEVANT", "${c} = 1").replace("LABEL", "Q").replace("CHOICE", "A")
    for place in ("REPEAT", "INSIDE", "CALCULATION", "DEFAULT", "FILTER", "MESSAGE", "ANSWERS"):
        text = text.replace(place, "")
    text = text.replace("| choices |", "| | calculate | c | | | ${q} + 1 | | | | |\n    | choices |", 1)
    (problem,) = (p for p in import_file("form.md", text.encode()).problems if p.level == "error")
    assert problem.code == "expression.cycle"
    assert sorted(problem.values["names"].split(" → ")[:2]) == ["c (8)", "q (6)"]


def test_of_two_rows_in_one_place_the_mistake_is_their_name():
    text = (
        "| survey |\n| | type | name | label | relevant |\n| | text | a | A | true() |\n| | text | a | B | ${a} = 1 |"
    )
    codes = [problem.code for problem in import_file("form.md", text.encode()).problems]
    assert "name.twice" in codes
