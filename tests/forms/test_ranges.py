"""What a range steps through."""

from decimal import Decimal

import pytest

from forms.ranges import bounds, is_on, is_whole, number


@pytest.mark.parametrize(
    ("written", "expected"),
    [("1.50", Decimal("1.50")), ("-3", Decimal(-3)), ("one", None), ("inf", None), ("9e12", None)],
)
def test_a_number_is_one_that_a_form_can_mean(written, expected):
    assert number(written) == expected


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, (1, 10, 1)),
        ({"start": "7", "end": "3", "step": "-2"}, (7, 3, -2)),
        ({"step": "0"}, None),
        ({"start": "one"}, None),
        ({"end": "one"}, None),
    ],
)
def test_what_the_author_leaves_out_is_as_in_odk(parameters, expected):
    assert bounds(parameters) == expected


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [({}, True), ({"step": "0.5"}, False), ({"tick_interval": "2.5"}, False), ({"end": "many"}, False)],
)
def test_a_range_is_of_integers_when_all_its_numbers_are(parameters, expected):
    assert is_whole(parameters) is expected


@pytest.mark.parametrize(("value", "expected"), [("3", True), ("5", True), ("4", False), ("9", False), ("1", False)])
def test_a_value_is_on_a_range_that_goes_down(value, expected):
    found = (Decimal(7), Decimal(3), Decimal(2))
    assert is_on(Decimal(value), found, Decimal(2)) is expected
