"""Chart colours can be told apart without seeing colour, and with the eyes of those who see fewer of them."""

from itertools import combinations, pairwise

import pytest

from exports import chart_dots, palette

#: Linear red, green and blue as seen with a missing cone: Machado, Oliveira and Fernandes, "A Physiologically-based
#: Model for Simulation of Color Vision Deficiency" (IEEE TVCG 15, 2009), severity 1.0.
SEEN = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}
#: From linear sRGB to XYZ over the white of D65 (IEC 61966-2-1).
XYZ = ((0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505), (0.2126, 0.7152, 0.0722), (0.0193 / 1.089, 0.1192 / 1.089,
       0.9505 / 1.089))  # fmt: skip
every_eye = pytest.mark.parametrize("eye", SEEN)


def turned(matrix: tuple[tuple[float, ...], ...], values: list[float]) -> list[float]:
    return [sum(factor * value for factor, value in zip(row, values, strict=True)) for row in matrix]


def lab(colour: str, eye: str) -> list[float]:
    """CIE L*a*b* of what an eye makes of a colour."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    seen = [min(max(value, 0.0), 1.0) for value in turned(SEEN[eye], linear)]
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in turned(XYZ, seen))
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def difference(one: str, other: str, eye: str) -> float:
    """ΔE of 1976; about 2 can just be seen side by side."""
    return sum((a - b) ** 2 for a, b in zip(lab(one, eye), lab(other, eye), strict=True)) ** 0.5


@every_eye
@pytest.mark.parametrize(("count", "middle"), [(4, 1.5), (5, 2), (6, 2.5), (7, 3), (4, None), (5, None), (7, None)])
def test_neighbouring_steps_can_be_told_apart(count: int, middle: float | None, eye: str) -> None:
    colours = palette.steps(count, middle)
    # In grey only the zero line tells the two sides of an even scale apart: it stands between these two.
    zero = (colours[int(middle)], colours[int(middle) + 1]) if middle and middle % 1 else ()
    pairs = [pair for pair in pairwise(colours) if eye != "grey" or pair != zero]
    assert min(difference(one, other, eye) for one, other in pairs) > 8


@every_eye
def test_five_answers_differ_from_every_other(eye: str) -> None:
    assert min(difference(one, other, eye) for one, other in combinations(palette.steps(5, 2), 2)) > 8


@pytest.mark.parametrize("eye", ["all cones", "protanopia", "deuteranopia", "tritanopia"])
def test_the_two_ends_of_a_scale_are_not_taken_for_each_other(eye: str) -> None:
    for count in range(2, 8):
        colours = palette.steps(count, (count - 1) / 2)
        assert difference(colours[0], colours[-1], eye) > 20


@every_eye
def test_dots_differ_in_shape_as_well_and_so_may_come_near_in_colour(eye: str) -> None:
    kinds = list(zip(chart_dots.FILLS, chart_dots.STROKES, strict=True))
    assert len(set(kinds)) == 5
    assert all(palette.contrast(stroke, palette.PAPER) >= 3 for stroke in chart_dots.STROKES)
    assert min(difference(one[0], other[0], eye) for one, other in combinations(kinds, 2)) > 8


def test_without_a_middle_colours_run_from_light_to_dark() -> None:
    grey = [lab(colour, "grey")[0] for colour in palette.steps(4, None)]
    assert grey == sorted(grey, reverse=True)


def test_the_ends_of_a_scale_are_the_strongest() -> None:
    assert palette.steps(3, 1) == ("#b5502a", "#e4e2dd", palette.ACCENT)
    assert palette.steps(7, 3)[-1] == palette.ACCENT
    assert palette.steps(2, 0.5) == ("#b5502a", palette.ACCENT)


@pytest.mark.parametrize(("colour", "ink"), [(palette.ACCENT, palette.PAPER), ("#e4e2dd", palette.INK)])
def test_figures_are_written_in_the_ink_that_can_be_read(colour: str, ink: str) -> None:
    assert palette.ink_on(colour) == ink


@pytest.mark.parametrize("middle", [True, False])
def test_every_step_can_be_written_on(middle: bool) -> None:
    for count in range(1, 13):
        for colour in palette.steps(count, (count - 1) / 2 if middle else None):
            assert palette.contrast(palette.ink_on(colour), colour) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#777777", "#777777") == pytest.approx(1)
    assert palette.contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)
