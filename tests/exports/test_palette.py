"""Chart colours can be told apart without seeing colour."""

from itertools import pairwise

import pytest

from exports import palette


def lightness(colour: str) -> float:
    return sum(weight * int(colour[i : i + 2], 16) for weight, i in ((0.2126, 1), (0.7152, 3), (0.0722, 5)))


def test_five_answers_differ_in_lightness_alone() -> None:
    grey = sorted(lightness(colour) for colour in palette.steps(5, 2))
    assert all(after - before > 8 for before, after in pairwise(grey))


def test_without_a_middle_colours_run_from_light_to_dark() -> None:
    grey = [lightness(colour) for colour in palette.steps(4, None)]
    assert grey == sorted(grey, reverse=True)


def test_the_ends_of_a_scale_are_the_strongest() -> None:
    assert palette.steps(3, 1) == ("#b5502a", "#e4e2dd", palette.ACCENT)
    assert palette.steps(7, 3)[-1] == palette.ACCENT


@pytest.mark.parametrize(("colour", "ink"), [(palette.ACCENT, palette.PAPER), ("#e4e2dd", palette.INK)])
def test_figures_are_written_in_the_ink_that_can_be_read(colour: str, ink: str) -> None:
    assert palette.ink_on(colour) == ink
