"""What a form says shall not be stored as it was answered is not."""

from __future__ import annotations

import pytest

from forms.questionnaire import Choice, Group, Question, Questionnaire, Source, Text
from forms.running.anonymising import anonymised, is_never_stored, is_stored_coarser

HERE = Source("survey", 2)


def asked(type: str, anonymise: str = "band", name: str = "q", **more: object) -> Question:
    return Question(name, type, f"/data/{name}", HERE, anonymise=anonymise, **more)  # type: ignore[arg-type]  # tests name real fields


def form(*children: Question | Group) -> Questionnaire:
    return Questionnaire(Text(), "form", ("en",), "en", children, {"yn": (Choice("yes", Text()),)})


def stored(question: Question, answer: str) -> str | None:
    return anonymised(form(question), {"q": answer}).get("q")


@pytest.mark.parametrize(
    ("question", "answer", "kept"),
    [
        (asked("integer", constraint=". >= 18 and . < 100"), "18", "18"),
        (asked("integer", constraint=". >= 18 and . < 100"), "37", "20"),
        (asked("integer", constraint=". >= 18 and . < 100"), "99", "80"),
        (asked("integer"), "-7", "-1"),
        (asked("integer"), "34", "20"),
        (asked("integer", constraint=". < 0"), "-34", "0"),
        (asked("integer", constraint=". < -5"), "-34", "-5"),
        (asked("decimal"), "0.25", "0"),
        (asked("range", parameters={"start": "0", "end": "10"}), "7", "5"),
        (asked("range", parameters={"start": "0", "end": "1", "step": "0.05"}), "0.35", "0.2"),
        (asked("range", parameters={"start": "1", "end": "5"}), "5", "4"),
        (asked("date"), "1987-06-05", "1987-06-01"),
        (asked("time"), "21:45:00.000", "21:00:00.000"),
        (asked("datetime"), "2026-03-05T21:30:00.000", "2026-03-05T00:00:00.000"),
        (asked("select_one", list_name="yn"), "yes", "yes"),
        (asked("select_multiple", list_name="yn"), "", ""),
        (asked("text"), "I live at the harbour", None),
        (asked("integer"), "many", None),
        (asked("date"), "soon", None),
        (asked("text", "drop"), "I live at the harbour", None),
        (asked("text", "keep"), "so it was", "so it was"),
        (asked("text", ""), "so it was", "so it was"),
    ],
)
def test_answers_are_stored_no_finer_than_the_form_says(question: Question, answer: str, kept: str | None) -> None:
    assert stored(question, answer) == kept


def test_within_a_repeat_every_time_is_treated_alike() -> None:
    member = Group(
        "member", "/data/member", HERE, is_repeat=True, children=(asked("integer", name="age"), asked("text", "drop"))
    )
    answers = {"/data/member": "2", "age[1]": "34", "age[2]": "7", "q[2]": "her name"}
    assert anonymised(form(member), answers) == {"/data/member": "2", "age[1]": "20", "age[2]": "5"}


@pytest.mark.parametrize(
    ("question", "never", "coarser"),
    [
        (asked("text", "drop"), True, False),
        (asked("text", "band"), True, False),
        (asked("date", "band"), False, True),
        (asked("select_one", "band"), False, False),
        (asked("date", ""), False, False),
    ],
)
def test_how_an_answer_is_stored_can_be_told_beforehand(question: Question, never: bool, coarser: bool) -> None:
    assert (is_never_stored(question), is_stored_coarser(question)) == (never, coarser)
