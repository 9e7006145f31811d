"""Whole forms, drawn as Markdown tables, beside what they become or what their author is told."""

import pytest

from forms.questionnaire import UNNAMED, Choice, Group, Text
from forms.xlsform.importing import LISTED, import_file, read_questionnaire
from forms.xlsform.sheets import Row, Sheet

MINIMAL = """
    | survey |
    | | type | name | label |
    | | text | q1   | Why?  |
"""


def form(text):
    return import_file("village.md", text.encode())


def told(text):
    return [(problem.code, problem.row) for problem in form(text).problems]


def usable(text):
    imported = form(text)
    assert imported.questionnaire, imported.problems
    return imported.questionnaire


def test_a_minimal_form_takes_its_name_from_the_file():
    found = usable(MINIMAL)
    assert (found.form_id, found.title) == ("village", Text({UNNAMED: "village"}))
    assert (found.languages, found.default_language) == ((UNNAMED,), UNNAMED)
    assert found.question("q1").label == Text({UNNAMED: "Why?"})


def test_a_file_that_cannot_be_read_is_a_problem():
    imported = import_file("a.xlsx", b"")
    assert imported.questionnaire is None
    assert [problem.code for problem in imported.problems] == ["workbook.empty"]


def test_settings_languages_and_choices():
    found = usable("""
        | survey |
        | | type             | name | label::Français (fr) | label::English (en) | required | disaggregation |
        | | select_one where | q1   | Où ?                 | Where?              | yes      | TRUE           |
        | choices |
        | | list name | name | label::fr | label::English | region |
        | | where     | a    | Ici       | Here           | east   |
        | settings |
        | | form_title | form_title::en | form_id | version | default_language | style |
        | | Enquête    | Survey         | f1      | 3       | English          | pages |
    """)
    assert (found.form_id, found.version, found.languages, found.default_language) == ("f1", "3", ("fr", "en"), "en")
    assert found.title.by_language["en"] == "Survey"
    assert found.extra_settings == {"style": "pages"}
    assert found.choices == {"where": (Choice("a", Text({"fr": "Ici", "en": "Here"}), {"region": "east"}),)}
    question = found.question("q1")
    assert (question.type, question.list_name, question.required) == ("select_one", "where", "true()")
    assert question.disaggregation


def test_unnamed_columns_are_in_the_default_language():
    found = usable(MINIMAL + "| settings |\n | | default_language |\n | | Deutsch (de) |")
    assert found.languages == ("de",)
    assert found.question("q1").label == Text({"de": "Why?"})


def test_groups_nest_and_make_paths():
    found = usable("""
        | survey |
        | | type        | name | label | relevant | appearance | note |
        | | begin group | g    | G     | true()   | field-list | mine |
        | | begin_group | h    |       |          |            |      |
        | | integer     | q1   | Q     |          |            |      |
        | | end_group   |      |       |          |            |      |
        | | end group   |      |       |          |            |      |
    """)
    (group,) = found.children
    assert isinstance(group, Group)
    assert (group.relevant, group.appearance, group.extra) == ("true()", "field-list", {"note": "mine"})
    assert found.question("q1").path == "/data/g/h/q1"


def test_rows_that_would_identify_are_dropped_and_read_as_empty():
    text = """
        | survey |
        | | type     | name  | label      | calculation | relevant        |
        | | start    | start |            |             |                 |
        | | email    |       |            |             |                 |
        | | image    | photo | Photo      |             |                 |
        | | text     | q1    | At ${start} |            | ${photo} != ''  |
        | | calculate | c    |            | ${start}    |                 |
    """
    found = usable(text)
    assert [question.name for question in found.questions()] == ["q1", "c"]
    assert found.question("q1").relevant == "'' != ''"
    assert found.question("c").calculation == "''"
    assert told(text) == [
        ("type.identifying", 2),
        ("type.identifying", 3),
        ("type.not_collected", 4),
        ("expression.dropped", 5),
        ("expression.dropped", 5),
        ("expression.dropped", 6),
    ]


def test_blank_and_disabled_rows_and_notes_of_the_author_are_passed_over():
    found = usable("""
        | survey |
        | | mine | type    | name | label | disabled |
        | | hm   |         |      |       |          |
        | |      | rubbish | q0   | Q     | yes      |
        | |      | note    |      | Hello |          |
        | |      | text    | q1   | Q     | no       |
    """)
    assert [question.name for question in found.questions()] == ["generated_note_name_4", "q1"]


def test_a_repeat_is_a_group_that_may_be_asked_again():
    text = """
        | survey |
        | | type         | name | label |
        | | begin repeat | r    | R     |
        | | text         | q1   | Q     |
        | | end repeat   |      |       |
    """
    assert usable(text).question("q1").path == "/data/r/q1"
    assert [group.is_repeat for group in usable(text).children] == [True]
    assert told(text) == [("repeat.not_counted", 2)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("| | | q1 | Q |", ("type.missing", 2)),
        ("| | rubbish | q1 | Q |", ("type.unknown", 2)),
        ("| | select_one_from_file a.csv | q1 | Q |", ("file.missing", 2)),
        ("| | text | | Q |", ("name.missing", 2)),
        ("| | text | 1q | Q |", ("name.invalid", 2)),
        ("| | text | meta | Q |", ("name.reserved", 2)),
        ("| | text | a | Q |\n| | text | a | Q |", ("name.twice", 3)),
        ("| | begin group | | G |\n| | text | a | Q |\n| | end group | | |", ("name.missing", 2)),
        ("| | begin group | g | G |\n| | text | a | Q |", ("group.not_closed", 2)),
        ("| | text | a | Q |\n| | end group | | |", ("group.not_open", 3)),
        ("| | begin group | g | G |\n| | text | a | Q |\n| | end repeat | | |", ("group.crossed", 4)),
        ("| | select_one gone | a | Q |", ("list.missing", 2)),
        ("| | select_multiple l | a | Q |", ("choice.name_spaces", 2)),
        ("| | calculate | a | |", ("calculation.missing", 2)),
        ("| | text | a | ${b} |", ("expression.unknown_name", 2)),
        ("| | note | a | Q |", ("form.asks_nothing", 0)),
        ("", ("form.asks_nothing", 0)),
        ("| | text | a | |", ("label.missing", 2)),
    ],
)
def test_what_is_wrong_with_a_row_is_told(rows, expected):
    text = (
        f"| survey |\n| | type | name | label |\n{rows}\n| choices |\n| | list_name | name | label |\n| | l | a b | A |"
    )
    assert expected in told(text)


def test_a_survey_without_headings_is_empty():
    assert ("form.empty", 0) in told("| survey |\n| | |\n| choices |\n| | list_name | name |")


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("relevant", "${a", "expression.invalid"),
        ("relevant", "nonsense()", "expression.invalid"),
        ("constraint", "${gone} = 1", "expression.unknown_name"),
        ("relevant", "${q2} = 1", "expression.cycle"),
        ("disaggregation", "yes", "disaggregation.type"),
        ("parameters", "rows=x", "parameters.not_whole"),
        ("repeat_count", "3", None),
    ],
)
def test_what_is_wrong_with_a_cell_is_told(column, cell, code):
    rows = f"| | text | q1 | Q | {cell} | |\n| | text | q2 | Q | | ${{q1}} = 1 |"
    other = "calculation" if column == "relevant" else "relevant"
    text = f"| survey |\n| | type | name | label | {column} | {other} |\n{rows}"
    assert [found for found, _ in told(text)] == ([code] if code else [])


def test_a_hidden_reference_is_found_in_choices_and_messages():
    text = """
        | survey |
        | | type         | name | label | constraint_message |
        | | select_one l | q1   | Q     | not ${x}           |
        | choices |
        | | list_name | name | label |
        | | l         | a    | ${y}  |
    """
    assert told(text) == [("expression.unknown_name", 2), ("expression.unknown_name", 2)]


def test_everything_is_told_at_once_from_the_top():
    text = """
        | survey |
        | | type           | name | label::Klingonisch |
        | | rubbish        | q1   | Q                  |
        | | select_one l   | q2   | Q                  |
        | choices |
        | | list_name | name | label |
        | | l         | a    | A     |
        | | l         | a    | A     |
        | | l         |      | A     |
        | |           | b    | A     |
        | | l         | c    |       |
        | |           |      | lost  |
        | settings |
        | | name | instance_name |
        | | 1x   | ${q2}         |
    """
    assert told(text) == [
        ("column.language_unknown", 1),
        ("type.unknown", 2),
        ("choice.twice", 3),
        ("choice.no_name", 4),
        ("choice.no_list", 5),
        ("choice.label_missing", 6),
        ("settings.instance_name", 2),
        ("settings.name_invalid", 2),
    ]
    assert form(text).questionnaire is None


def test_the_same_problem_is_told_once():
    text = MINIMAL.replace("| label |", "| label | label | label |")
    assert told(text) == [("column.twice", 1)]


def test_choices_may_repeat_where_the_form_says_so():
    text = """
        | survey |
        | | type         | name | label |
        | | select_one l | q1   | Q     |
        | choices |
        | | list_name | name | label |
        | | l         | a    | A     |
        | | l         | a    | B     |
        | settings |
        | | allow_choice_duplicates |
        | | yes                     |
    """
    assert [choice.name for choice in usable(text).choices["l"]] == ["a", "a"]
    assert told(text) == []


def test_missing_words_are_told_once_for_each_language():
    text = """
        | survey |
        | | type | name | label::en | label::fr | hint |
        | | text | q1   | Q         |           | H    |
        | | text | q2   | Q         |           |      |
        | | text | q3   | Q         | F         |      |
    """
    problems = form(text).problems
    assert [(problem.code, problem.row) for problem in problems] == [
        ("column.no_language", 1),
        ("translation.missing", 2),
    ]
    assert problems[1].values == {"count": "2", "language": "Français", "column": "label::Français (fr)"}


def test_a_default_language_that_the_form_does_not_have_is_told():
    text = """
        | survey |
        | | type | name | label::en |
        | | text | q1   | Q         |
        | settings |
        | | default_language |
        | | French           |
    """
    assert told(text) == [("settings.language_unknown", 2)]
    assert usable(text).default_language == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("| questions |\n| | type |", "sheet.no_survey"),
        ("| survey |\n| | label |\n| | Q |", "sheet.no_column"),
        ("| survey |", "sheet.no_column"),
        (MINIMAL + "| choices |\n| | list_name |\n| | l |", "sheet.no_column"),
        (MINIMAL + "| entities |\n| | list_name |\n| | l |", "sheet.entities"),
        (MINIMAL.replace("survey", "Survey") + MINIMAL.replace("survey", "SURVEY"), "sheet.twice"),
    ],
)
def test_what_is_wrong_with_the_sheets_is_told(text, code):
    assert code in [found for found, _ in told(text)]


def test_sheets_may_be_spelled_in_capitals_and_an_exact_name_goes_first():
    assert usable(MINIMAL.replace("survey", "Survey"))
    assert usable("| Survey |\n| | notes |\n| | x |" + MINIMAL)


def test_settings_and_choices_may_be_empty():
    assert usable(MINIMAL + "| settings |\n| | form_id |\n| choices |\n| | list_name | name |").form_id == "village"


def test_groups_that_nest_without_end_are_refused():
    deep = "".join(f"| | begin group | g{n} | G |\n" for n in range(2000)) + "| | text | q | Q |\n"
    text = "| survey |\n| | type | name | label |\n" + deep + "| | end group | | |\n" * 2000
    assert ("group.too_deep", 32) in told(text)


def test_a_list_of_problems_ends():
    rows = tuple(Row(number, ("rubbish", "q", "Q")) for number in range(2, 2 * LISTED + 2))
    sheet = Sheet("survey", (Row(1, ("type", "name", "label")), *rows))
    problems = read_questionnaire((sheet,)).problems
    assert len(problems) == LISTED + 2
    assert problems[-1].values == {"count": str(LISTED), "code": "type.unknown"}
