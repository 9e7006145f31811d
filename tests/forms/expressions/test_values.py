"""How the kinds of values turn into one another."""

import math
from datetime import UTC, date, datetime

import pytest

from forms.expressions.values import to_boolean, to_moment, to_number, to_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e21, "1000000000000000000000"),
        (1234567890123456789.0, "1234567890123456800"),
        (123456.0, "123456"),
        (2.0**53, "9007199254740992"),
        (0.1 + 0.2, "0.30000000000000004"),
        (0.00001, "0.00001"),
        (-0.0, "0"),
        (math.nan, ""),
        (-math.inf, "-Infinity"),
        (date(2024, 3, 5), "2024-03-05"),
        (datetime(2024, 3, 5, 9, tzinfo=UTC), "2024-03-05T09:00:00.000+00:00"),
        ((), ""),
    ],
)
def test_texts_have_no_exponents_and_iso_dates(value, text):
    assert to_text(value) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [("1970-01-03", 2.0), ("1970-01-02T12:00:00Z", 1.5), (("7", "8"), 7.0), (True, 1.0), (date(1970, 1, 2), 1.0)],
)
def test_dates_are_numbers_of_days(value, number):
    assert to_number(value) == number


@pytest.mark.parametrize("value", ["", "1e5", "1_000", "٣", "2024-13-01", "2024-01-01T99:00", ()])
def test_other_texts_are_no_numbers(value):
    assert math.isnan(to_number(value))


def test_only_nothing_is_false():
    assert [to_boolean(v) for v in ("", 0.0, math.nan, (), False)] == [False] * 5
    assert [to_boolean(v) for v in ("false", -1.0, ("",), True, date(2024, 1, 1))] == [True] * 5


def test_moments_are_read_from_every_kind():
    assert to_moment(1.0) == date(1970, 1, 2)
    assert to_moment(1.5) == datetime(1970, 1, 2, 12)
    assert to_moment(("1970-01-02",)) == date(1970, 1, 2)
    assert to_moment(1e300) is None
    assert to_moment(math.nan) is None
