"""The head of a grid is told, and never asked."""

from __future__ import annotations

from datetime import date

import pytest
from markupsafe import Markup

from forms.builder import Wording, Words, page_fields
from forms.question_types import is_asked, is_grid_head
from forms.running.answers import read_page
from forms.running.filling import Filling
from forms.running.flow import Flow, Spot, final_answers
from forms.xlsform.importing import import_file

FORM = """
| survey |
| | type           | name  | label    | required | appearance   |
| | select_one how | head  | How much |          | label        |
| | select_one how | bread | Bread    |          | list-nolabel |
| choices |
| | list_name | name | label |
| | how       | much | Much  |
| | how       | none | None  |
"""
TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def flow() -> Flow:
    questionnaire = import_file("form.md", FORM.encode()).questionnaire
    assert questionnaire is not None
    return Flow(questionnaire)


def test_a_head_is_not_asked(flow: Flow) -> None:
    head, bread = flow.questionnaire.questions()
    assert (is_grid_head(head), is_asked(head)) == (True, False)
    assert (is_grid_head(bread), is_asked(bread)) == (False, True)


def test_a_head_is_shown_as_a_note(flow: Flow) -> None:
    wording = Wording(flow.state({}, TODAY, "en"), "en", "en")
    assert [field.kind for field in page_fields(flow, Spot(0), wording)] == ["note", "radios"]


def test_a_row_is_described_by_its_head(flow: Flow) -> None:
    wording = Wording(flow.state({}, TODAY, "en"), "en", "en")
    head, bread = page_fields(flow, Spot(0), wording, {}, {"bread": Words(Markup("Please answer."))})
    assert (head.described_by, bread.described_by) == ("", f"{head.id} {bread.id}-error")


def test_an_answer_to_a_head_is_not_taken_in(flow: Flow) -> None:
    result = read_page(Filling(flow, TODAY, "en"), Spot(0), {"head": ["much"], "bread": ["none"]}, {})
    assert result.answers == {"bread": "none"}
    assert final_answers(flow.state({"head": "much", "bread": "none"}, TODAY, "en")) == {"bread": "none"}
