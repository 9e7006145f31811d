"""Ordered scales are known by how they are shown, called or built."""

from __future__ import annotations

import pytest

from consultations.analysis.scales import is_scale, is_turned
from forms.questionnaire import Question, Source

PLAIN = ("one", "two", "three", "four", "five")


def question(list_name: str, appearance: str = "") -> Question:
    return Question("q", "select_one", "/data/q", Source("survey", 2), list_name=list_name, appearance=appearance)


@pytest.mark.parametrize(
    ("asked", "choices", "expected"),
    [
        (question("steps", "likert"), PLAIN, True),
        (question("steps", "list-nolabel w4"), PLAIN, True),
        (question("agree5"), PLAIN, False),
        (question("agree_5"), PLAIN, True),
        (question("ease"), ("very_hard", "hard", "easy", "very-easy", "no_answer"), True),
        (question("ease"), ("always", "often", "seldom", "never"), True),
        (question("steps"), PLAIN, False),
        (question("agree"), PLAIN[:3], False),
        (question("agree"), tuple(str(n) for n in range(11)), False),
        (question("agree"), ("dk", "no_answer"), False),
    ],
)
def test_a_scale_is_known_for_one(asked: Question, choices: tuple[str, ...], expected: bool) -> None:
    assert is_scale(asked, choices) is expected


def test_a_scale_may_begin_with_its_good_end() -> None:
    assert is_turned(("Always", "never"))
    assert not is_turned(("never", "always"))
    assert not is_turned(())
