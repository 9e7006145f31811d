"""Codes are those of the standard, however they are typed."""

import base64
import datetime

import pytest

from consultations.staff.one_time_codes import matching_step

#: RFC 6238 appendix B (SHA-1): the secret is the ASCII text, and six digits are the last six of its eight.
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
RFC_VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


@pytest.mark.parametrize(("seconds", "code"), RFC_VECTORS)
def test_codes_are_those_of_the_standard(seconds, code):
    moment = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    assert matching_step(RFC_SECRET, code, moment) == seconds // 30


@pytest.mark.parametrize("typed", ["287082", " 287 082 ", "287-082", "٢٨٧٠٨٢", "２８７０８２"])
def test_a_code_may_be_typed_with_spaces_and_in_other_digits(typed):
    assert matching_step(RFC_SECRET, typed, datetime.datetime.fromtimestamp(59, datetime.UTC)) == 1


@pytest.mark.parametrize("typed", ["", "28708", "2870820", "abcdef", "²⁸⁷⁰⁸²", "0" * 1000])
def test_what_is_no_code_matches_nothing(typed):
    assert matching_step(RFC_SECRET, typed, datetime.datetime.fromtimestamp(59, datetime.UTC)) is None
