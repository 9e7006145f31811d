"""The review has every question that somebody answers, and nothing else."""

from __future__ import annotations

import datetime

from consultations.pages.review import review_parts
from forms.builder import Wording
from forms.questionnaire import Choice, Question, Questionnaire, Source, Text
from forms.running.flow import Flow


def question(name: str, type: str, appearance: str = "") -> Question:
    label = Text({"en": name})
    return Question(name, type, f"/data/{name}", Source("survey", 2), label, list_name="yn", appearance=appearance)


def test_the_head_of_a_grid_is_not_asked_and_not_read_back() -> None:
    grid = (question("head", "select_one", "label"), question("row", "select_one", "list-nolabel"))
    asked = (*grid, question("told", "note"), question("agreed", "acknowledge"))
    flow = Flow(Questionnaire(Text(), "form", ("en",), "en", asked, {"yn": (Choice("yes", Text({"en": "Yes"})),)}))
    state = flow.state({"row": "yes", "agreed": "OK"}, datetime.date(2026, 11, 22), "en")
    (part,) = review_parts(flow, Wording(state, "en", "en"))
    read_back = {answer.label.html: [words.html for words in answer.texts] for answer in part.answers}
    assert read_back == {"row": ["Yes"], "agreed": ["I confirm this"]}
