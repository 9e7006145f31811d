"""A code answers the question for the region where that question is one that a code can answer."""

from __future__ import annotations

import datetime

import pytest

from consultations.registry.models import REGIONS
from consultations.rounds.certifying import asks_region, takes_region_from_code, with_region_from_code
from forms.questionnaire import Questionnaire
from forms.running.answers import final_answers, read_page
from forms.running.filling import Filling
from forms.running.flow import Flow, Spot
from forms.xlsform.importing import import_file

LISTED = "\n".join(f"| | region | {code} | {code} |" for code in REGIONS)
FORM = """
| survey |
| | type | name | label::English (en) | required | relevant | constraint | calculation | repeat_count |
{rows}
| choices |
| | list_name | name | label::English (en) |
{listed}
"""
ASKED = "| | select_one region | region | Where do you live? | yes | | . != 'europe' | | |"
AGE = "| | integer | age | How old are you? | | ${region} = 'africa' | | | |"


def form_of(*rows: str, listed: str = LISTED) -> Questionnaire:
    found = import_file("form.md", FORM.format(rows="\n".join(rows), listed=listed).encode())
    assert found.questionnaire is not None, found.problems
    return found.questionnaire


def in_group(group: str) -> tuple[str, str, str]:
    return (group, ASKED, f"| | end_{group.split('|')[2].split('_')[1].strip()} | | | | | | | |")


@pytest.mark.parametrize(
    ("rows", "listed", "can"),
    [
        ((ASKED,), LISTED, True),
        (in_group("| | begin_group | g | Where | | | | | |"), LISTED, True),
        (in_group("| | begin_group | g | Where | | 1 = 1 | | | |"), LISTED, False),
        (in_group("| | begin_repeat | g | Where | | | | | 2 |"), LISTED, False),
        (("| | select_multiple region | region | Where? | | | | | |",), LISTED, False),
        ((AGE.replace("${region} = 'africa'", ""),), LISTED, False),
        ((ASKED,), "| | region | africa | Africa |\n| | region | europe | Europe |", False),
        ((ASKED.replace("| | |", "| 'africa' | |"),), LISTED, False),
    ],
    ids=["asked", "in a group", "not asked of all", "repeated", "several", "not at all", "other regions", "computed"],
)
def test_a_code_answers_one_question_that_everybody_is_asked_once(
    rows: tuple[str, ...], listed: str, can: bool
) -> None:
    assert asks_region(form_of(*rows, listed=listed)) is can


def test_a_form_tells_whether_it_was_made_for_codes() -> None:
    assert not takes_region_from_code(form_of(ASKED))
    assert takes_region_from_code(with_region_from_code(form_of(ASKED)))


def test_the_region_is_shown_and_neither_asked_nor_taken_from_a_page() -> None:
    form = with_region_from_code(form_of(*in_group("| | begin_group | g | Where | | | | | |"), AGE))
    filling = Filling(Flow(form), datetime.date(2026, 12, 1), "en")
    result = read_page(filling, Spot(0), {"region": ["africa"]}, {"region": "europe"})
    assert (result.answers, result.problems) == ({"region": "europe"}, ())
    assert final_answers(filling.state({"region": "europe", "age": "9"})) == {"region": "europe"}
    assert final_answers(filling.state({"region": "africa", "age": "9"})) == {"region": "africa", "age": "9"}


def test_where_the_answer_comes_from_is_said_in_the_languages_of_the_interface() -> None:
    hint = with_region_from_code(form_of(ASKED)).question("region").hint
    assert hint.in_language("en") == "We know this from your code. It is not asked."
    assert len(set(hint.by_language)) == 6
