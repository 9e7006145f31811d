"""What is chosen for each category becomes levels of a ladder, and fills the page's controls again."""

from __future__ import annotations

import pytest

from consultations.analysis.ladders import ladder
from consultations.analysis.plans.steps import StepsCross, levels_from, numbers_from

NAMES = ("a", "b", "c", "d", "e")
TWO_LEVELS = ((("a", "c"), ("b",), ("d", "e")), (("a", "c", "b"), ("d", "e")))


def test_nothing_chosen_is_no_ladder() -> None:
    assert levels_from(NAMES, [""] * 5, [""] * 5) == ()
    assert numbers_from(NAMES, ()) == ([""] * 5, [""] * 5)


def test_the_same_number_goes_together() -> None:
    assert levels_from(NAMES, ["1", "", "1", "2", "2"], [""] * 5) == TWO_LEVELS[:1]


def test_on_level_2_whole_groups_go_together() -> None:
    assert levels_from(NAMES, ["1", "", "1", "2", "2"], ["1", "1", "", "", ""]) == TWO_LEVELS


def test_level_2_alone_is_the_only_level() -> None:
    assert levels_from(NAMES, [""] * 5, ["1", "1", "1", "", ""]) == ((("a", "b", "c"), ("d",), ("e",)),)


@pytest.mark.parametrize("levels", [(), TWO_LEVELS[:1], TWO_LEVELS])
def test_what_fills_the_controls_gives_the_same_ladder_again(levels: tuple[tuple[tuple[str, ...], ...], ...]) -> None:
    again = levels_from(NAMES, *numbers_from(NAMES, levels))
    assert [sorted(map(sorted, level)) for level in again] == [sorted(map(sorted, level)) for level in levels]


def test_what_goes_together_cannot_part_again() -> None:
    with pytest.raises(StepsCross) as refused:
        levels_from(NAMES, ["1", "1", "", "", ""], ["1", "2", "", "", ""])
    assert refused.value.values == {"one": "a", "other": "b"}


def test_levels_are_a_ladder_that_the_tables_take() -> None:
    stored = [[list(group) for group in level] for level in TWO_LEVELS]
    assert len(ladder("question", stored, NAMES).levels) == 2
