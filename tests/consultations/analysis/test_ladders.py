"""A ladder puts every answer in one group, level by level, or says in plain words what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest

from consultations.analysis import ladders

CHOICES = {"age": ("18", "25", "35", "50", "no_answer"), "region": ("africa", "europe")}
TWO_LEVELS = [[["35", "50"], ["25", "18"], ["no_answer"]], [["18", "25", "35", "50"], ["no_answer"]]]


def test_a_ladder_is_read_in_the_order_of_the_list() -> None:
    found = ladders.parse({"age": TWO_LEVELS, "region": []}, CHOICES)
    assert set(found) == {"age"}
    assert found["age"].levels[0] == (("18", "25"), ("35", "50"), ("no_answer",))
    assert found["age"].places(CHOICES["age"]) == (((1, 2), (3, 4), (5,)), ((1, 2, 3, 4), (5,)))


def test_what_is_stored_is_read_again() -> None:
    found = ladders.parse({"age": TWO_LEVELS}, CHOICES)
    assert ladders.parse(ladders.to_stored(found), CHOICES) == found


@pytest.mark.parametrize(
    ("levels", "problem", "named"),
    [
        ("18", ladders.NotALadder, {}),
        ([["18"]], ladders.NotALadder, {}),
        ([[[]]], ladders.NotALadder, {}),
        ([[[18]]], ladders.NotALadder, {}),
        (["level"], ladders.NotALadder, {}),
        ([[["18", "99"]]], ladders.AnswerNotInQuestion, {"level": 1, "answer": "99"}),
        ([[["18", "25"], ["25"]]], ladders.AnswerTwice, {"level": 1, "answer": "25"}),
        ([[["18", "25"], ["35"], ["no_answer"]]], ladders.AnswerLeftOut, {"level": 1, "answer": "50"}),
        ([[["18"], ["25"], ["35"], ["50"], ["no_answer"]]], ladders.LevelNotCoarser, {"level": 1}),
        (
            [*TWO_LEVELS[:1], [["18", "35"], ["25", "50", "no_answer"]]],
            ladders.LevelNotCoarser,
            {"level": 2},
        ),
        ([[["18", "25", "35", "50", "no_answer"]]], ladders.LevelOfOneGroup, {"level": 1}),
    ],
)
def test_each_way_to_be_wrong_has_its_words(
    levels: Any, problem: type[ladders.LadderUnfit], named: dict[str, Any]
) -> None:
    with pytest.raises(problem) as raised:
        ladders.parse({"age": levels}, CHOICES)
    assert raised.value.values == {"question": "age", **named}
    assert "“age”" in raised.value.message % raised.value.values


def test_a_ladder_for_no_breakdown_is_refused() -> None:
    with pytest.raises(ladders.NoSuchBreakdown):
        ladders.parse({"country": []}, CHOICES)
