"""What is looked up is what trying every row finds."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from forms.running.flow import Flow
from forms.xlsform.importing import import_file

FORM = """
| survey | | | | |
| | type | name | label | choice_filter |
| | text | place | Place | |
| | begin_repeat | time | Time | |
| | text | inner | Inner | |
| | end_repeat | | | |
| | select_one towns | town | Town | FILTER |
| choices | | | | |
| | list_name | name | label | place | size |
| | towns | alpha | Alpha | north | 1 |
| | towns | beta | Beta | north | |
| | towns | gamma | Gamma | south | 1.0 |
| | towns | delta | Delta | | 1 |
"""


def flow(choice_filter: str) -> Flow:
    form = import_file("form.md", FORM.replace("FILTER", choice_filter).encode()).questionnaire
    assert form is not None
    return Flow(form)


def offered(made: Flow, answers: dict[str, str]) -> list[str]:
    return [choice.name for choice in made.state(answers, datetime.date(2026, 11, 2), "en").options("town")]


def without_lookup(choice_filter: str) -> Flow:
    made = flow(choice_filter)
    rules = {**made.form.rules, "town": replace(made.form.rules["town"], lookup=None)}
    made.form = replace(made.form, rules=rules)
    return made


LOOKED_UP = ["place = ${place}", "${place} = place", "size=${place}", "name = ${place}", "label = ${place}"]
TRIED = ["place != ${place}", "place = 'north'", "place = ${place} or size = 1", "size > 0", "${place} = 'north'"]
SEVERAL = ["place = ${inner}"]


@pytest.mark.parametrize("choice_filter", [*LOOKED_UP, *TRIED, *SEVERAL])
@pytest.mark.parametrize("place", ["", "north", "south", "1", "alpha", "Beta", "nowhere"])
def test_the_same_choices_are_offered_with_and_without_it(choice_filter, place):
    answers = {"place": place, "inner[1]": place, "inner[2]": "north", "/data/time": "2"}
    assert offered(flow(choice_filter), answers) == offered(without_lookup(choice_filter), answers)


@pytest.mark.parametrize("choice_filter", LOOKED_UP)
def test_a_column_that_equals_one_answer_is_looked_up(choice_filter):
    assert flow(choice_filter).form.rules["town"].lookup is not None


@pytest.mark.parametrize("choice_filter", TRIED)
def test_any_other_filter_is_tried_row_by_row(choice_filter):
    assert flow(choice_filter).form.rules["town"].lookup is None


def test_the_rows_stand_in_the_order_of_the_list():
    assert offered(flow("place = ${place}"), {"place": "north"}) == ["alpha", "beta"]


def test_a_name_that_stands_twice_is_the_choice_that_the_filter_leaves():
    form = FORM.replace("FILTER", "place = ${place}") + "| | towns | alpha | Another Alpha | south | |\n"
    form += "| settings | |\n| | allow_choice_duplicates |\n| | yes |\n"
    made = Flow(import_file("form.md", form.encode()).questionnaire)
    state = made.state({"place": "south", "town": "alpha"}, datetime.date(2026, 11, 2), "en")
    assert [choice.label.by_language for choice in state.chosen("town")] == [{"und": "Another Alpha"}]
