"""The promise counts what the form really collects."""

from __future__ import annotations

from consultations.rounds.statement import KINDS, statement_for
from forms.question_types import QUESTION_TYPES
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
        "kinds": {"times": 2, "choices": 1, "numbers": 1},
        "breakdowns": [],
        "key_holders": 2,
        "key_roles": [],
        "retention_months": 24,
        "invited": True,
    }


def test_facts_of_other_floors_and_the_roles_of_key_holders_are_frozen_along() -> None:
    form = Questionnaire(Text(), "form", ("en",), "en", (question("text"),), {})
    found = statement_for(
        form,
        breakdowns=[],
        key_holders=3,
        retention_months=24,
        invited=False,
        key_roles=["policy_staff", "board_reviewer", "policy_staff"],
        further={"least_base": 10},
    )
    assert found["key_roles"] == ["board_reviewer", "policy_staff"]
    assert (found["kinds"], found["least_base"]) == ({"texts": 1}, 10)


def test_every_way_to_store_an_answer_has_a_word_in_the_promise() -> None:
    assert {row.stored_as for row in QUESTION_TYPES.values() if row.asked} == set(KINDS)
