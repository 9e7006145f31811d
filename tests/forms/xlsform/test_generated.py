"""What ODK makes out of one row gets ODK's names and places, and is made only once."""

import pytest

from forms.questionnaire import Text
from forms.xlsform.importing import import_file
from forms.xlsform.writing import write_xlsx

CHOICES = "| choices |\n| | list_name | name | label::en | label::fr |\n| | l | a | A | Ah |\n| | k | b | B | Bé |"
HEAD = "| survey |\n| | type | name | label::en | hint::en | appearance | choice_filter | repeat_count |\n"


def form(rows):
    return import_file("form.md", f"{HEAD}{rows}\n{CHOICES}".encode())


def usable(rows):
    imported = form(rows)
    assert imported.questionnaire, imported.problems
    return imported.questionnaire


def told(rows):
    return [(problem.code, problem.row) for problem in form(rows).problems if problem.level == "error"]


def test_other_brings_a_choice_to_the_list_and_a_question():
    found = usable("| | select_multiple l or_other | q | Q | | | | |\n| | rank l | r | R | | | | |")
    assert [choice.name for choice in found.choices["l"]] == ["a", "other"]
    assert found.choices["l"][1].label == Text({"en": "Other", "fr": "Autre"})
    which = found.question("q_other")
    assert (which.type, which.path, which.relevant) == ("text", "/data/q_other", "selected(../q, 'other')")
    assert which.label == Text({"en": "Please say which.", "fr": "Veuillez préciser."})


def test_other_is_not_offered_twice_and_is_not_made_again():
    first = usable("| | select_one l or_other | q | Q | | | | |\n| | select_one l or_other | r | R | | | | |")
    assert [choice.name for choice in first.choices["l"]] == ["a", "other"]
    assert [question.name for question in first.questions()] == ["q", "q_other", "r", "r_other"]
    assert import_file("again.xlsx", write_xlsx(first)).questionnaire == first


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("| | select_one gone or_other | q | Q | | | | |", "other.no_choices"),
        ("| | select_one l or_other | q | Q | | | name = 'a' | |", "other.choice_filter"),
    ],
)
def test_other_needs_a_list_and_no_filter(row, code):
    assert (code, 2) in told(row)


TABLE = """
    | | begin_group  | g | G | H | table-list compact | | |
    | | select_one l | q | Q | | minimal | | |
    | | select_one l | r | R | | | | |
    | | text         | t | T | | | | |
    | | end_group    | | | | | | |
    | | select_one l | u | U | | minimal | | |
"""


def test_a_table_list_is_a_page_with_a_note_a_head_and_rows():
    found = usable(TABLE)
    (group, last) = found.children
    assert (group.appearance, group.label) == ("field-list compact", Text())
    assert [(node.path, node.type, node.appearance) for node in group.children] == [
        ("/data/g/generated_table_list_label_2", "note", ""),
        ("/data/g/reserved_name_for_field_list_labels_3", "select_one", "label"),
        ("/data/g/q", "select_one", "list-nolabel"),
        ("/data/g/r", "select_one", "list-nolabel"),
        ("/data/g/t", "text", ""),
    ]
    assert (group.children[0].label, group.children[0].hint) == (Text({"en": "G"}), Text({"en": "H"}))
    assert last.appearance == "minimal"
    assert import_file("again.xlsx", write_xlsx(found)).questionnaire == found


def test_a_table_list_without_words_has_no_note():
    found = usable(TABLE.replace("| G | H |", "| | |"))
    assert found.children[0].children[0].name == "reserved_name_for_field_list_labels_3"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("| select_one l | r |", "| select_one k | r |", ("table.lists", 4)),
        ("| q | Q | | minimal | |", "| q | Q | | minimal | true() |", ("table.choice_filter", 3)),
    ],
)
def test_a_table_list_has_one_list_and_no_filter(old, new, problem):
    assert told(TABLE.replace(old, new)) == [problem]


REPEAT = """
    | | integer      | n | N | | | | |
    | | begin_repeat | r | R | | | | COUNT |
    | | text         | q | Q | | | | |
    | | end_repeat   | | | | | | |
"""


@pytest.mark.parametrize(
    ("count", "expected"), [("", ("", [])), ("${n}", ("${n}", [])), ("${n} + 1", ("${r_count}", ["${n} + 1"]))]
)
def test_a_count_that_is_no_reference_is_a_calculation_of_its_own(count, expected):
    found = usable(REPEAT.replace("COUNT", count))
    *before, repeat = found.children
    assert (repeat.repeat_count, [node.calculation for node in before[1:]]) == expected
    assert [(node.path, node.read_only) for node in before[1:]] == [("/data/r_count", "true()")] * (len(before) - 1)
    assert import_file("again.xlsx", write_xlsx(found)).questionnaire == found


def test_the_name_of_a_count_may_be_taken():
    assert told(REPEAT.replace("COUNT", "2").replace("| n | N |", "| r_count | N |")) == [("name.twice", 3)]
