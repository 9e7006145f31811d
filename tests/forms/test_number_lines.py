"""A range offers the numbers that its parameters say, and ODK's usual ones where they say nothing."""

from decimal import Decimal

import pytest

from forms.number_lines import number_line, written
from forms.questionnaire import Question, Source


def asked(**parameters: str):
    return number_line(Question("pain", "range", "/data/pain", Source("survey", 2), parameters=parameters))


@pytest.mark.parametrize(
    ("parameters", "numbers"),
    [
        ({"end": "4"}, "1 2 3 4"),
        ({"start": "0", "end": "1", "step": "0.25"}, "0 0.25 0.5 0.75 1"),
        ({"start": "2", "end": "-2", "step": "-2"}, "2 0 -2"),
        ({"start": "1", "end": "6", "step": "2"}, "1 3 5"),
        ({"start": "x", "end": "1e99", "step": "0"}, "1 2 3 4 5 6 7 8 9 10"),
    ],
)
def test_the_numbers_of_a_range(parameters, numbers):
    offered = asked(**parameters)
    assert " ".join(map(written, offered.numbers())) == numbers
    assert len(offered.numbers()) == offered.points
    assert all(offered.holds(number) and offered.is_on_step(number) for number in offered.numbers())


def test_what_lies_beside_them_is_told_apart():
    offered = asked(start="0", end="10", step="5")
    assert not offered.holds(Decimal(11))
    assert not offered.is_on_step(Decimal(3))
    assert offered.is_whole
    assert not asked(start="0.5").is_whole
