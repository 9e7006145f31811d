"""The promise counts what the form really collects."""

from __future__ import annotations

from consultations.rounds.statement import statement_for
from forms.questionnaire import Group, Question, Questionnaire, Source, Text

HERE = Source("survey", 2)


def question(type: str, anonymise: str = "") -> Question:
    return Question(f"q_{type}", type, f"/data/q_{type}", HERE, anonymise=anonymise)


def test_what_is_told_computed_or_hidden_is_no_question() -> None:
    repeat = Group("child", "/data/child", HERE, is_repeat=True, children=(question("integer"), question("note")))
    asked = (question("text", "drop"), question("date", "band"), question("time"), question("acknowledge"), repeat)
    form = Questionnaire(
        Text(), "form", ("en",), "en", (*asked, question("hidden"), question("calculate"), question("note")), {}
    )
    found = statement_for(form, breakdowns=[], key_holders=2, retention_months=24, invited=True)
    assert found == {
        "questions": 5,
        "open_questions": 1,
        "repeated": 1,
        "never_stored": 1,
        "stored_coarser": 1,
        "breakdowns": [],
        "key_holders": 2,
        "retention_months": 24,
        "invited": True,
    }
