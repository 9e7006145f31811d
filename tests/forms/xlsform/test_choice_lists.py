"""The rows of a choices sheet become lists; a name that stands there twice is two choices where the form says so."""

import pytest

from forms.questionnaire import Choice, Text
from forms.xlsform.choice_lists import has_repeated_names, read_choices
from forms.xlsform.headers import read_table
from forms.xlsform.sheets import Row, Sheet

TWICE = (("l", "a", "Here", "north"), ("l", "b", "B", ""), ("m", "a", "A", ""), ("l", "a", "There", "south"))


def lists(*rows, may_repeat=False):
    problems = []
    table = [("list name", "name", "label", "region"), *rows]
    sheet = Sheet("choices", tuple(Row(number, row) for number, row in enumerate(table, 1)))
    found = read_choices(read_table("choices", sheet, problems), problems, may_repeat=may_repeat)
    return found, [(problem.code, problem.row) for problem in problems]


def test_a_repeated_name_is_kept_with_its_own_label_and_columns():
    found, problems = lists(*TWICE, may_repeat=True)
    here, _, there = found["l"]
    assert problems == []
    assert here == Choice("a", Text({"und": "Here"}), {"region": "north"})
    assert there == Choice("a", Text({"und": "There"}), {"region": "south"})
    assert has_repeated_names(found)


def test_a_repeated_name_is_refused_where_the_form_does_not_allow_it():
    found, problems = lists(*TWICE)
    assert problems == [("choice.twice", 5)]
    assert [choice.name for choice in found["l"]] == ["a", "b"]
    assert not has_repeated_names(found)


@pytest.mark.parametrize(
    ("row", "code"),
    [(("l", "", "A"), "choice.no_name"), (("", "a", "A"), "choice.no_list"), (("l", "a", ""), "choice.label_missing")],
)
def test_a_row_that_lacks_something_is_told(row, code):
    assert lists(row)[1] == [(code, 2)]


def test_a_choice_without_a_label_and_a_blank_row_do_no_harm():
    assert lists(("l", "a", ""), ("", "", "lost"))[0] == {"l": (Choice("a", Text()),)}
