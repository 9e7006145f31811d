"""Codes are hard to guess, easy to type, and a typing mistake is told before anybody looks them up."""

from __future__ import annotations

import math

import pytest

from consultations.rounds.invitation_codes import (
    ALPHABET,
    LENGTH,
    CodeIncomplete,
    CodeMistyped,
    grouped,
    new_code,
    read_code,
)

#: Made once by `new_code`.
CODE = "4CVVD6AQR8JN"


def test_a_code_holds_54_random_bits() -> None:
    assert (LENGTH - 1) * math.log2(len(ALPHABET)) > 54
    assert len({new_code() for _ in range(500)}) == 500


def test_every_new_code_is_read_back() -> None:
    for _ in range(200):
        code = new_code()
        assert read_code(grouped(code)) == code


def test_a_code_is_printed_in_three_groups() -> None:
    assert grouped(CODE) == "4CVV-D6AQ-R8JN"


@pytest.mark.parametrize(
    "typed",
    [
        "4cvv d6aq r8jn",
        " 4CVV–D6AQ–R8JN\n",
        "4cuu-d6aq-r8jn",
        "٤CVV-D٦AQ-R٨JN",
        "４ＣＶＶＤ６ＡＱＲ８ＪＮ",
        "4СVV-D6АQ-R8JN",
        "4.C.V.V.D.6.A.Q.R.8.J.N",
        "4CVV\u200fD6AQ\u200eR8JN",
    ],
    ids=["small", "dashes", "look-alikes", "Arabic digits", "full width", "Cyrillic", "dots", "marks of direction"],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == CODE


def test_a_letter_o_is_a_zero() -> None:
    code = next(code for code in iter(new_code, "") if "0" in code)
    assert read_code(code.replace("0", "o")) == code


def test_every_single_wrong_sign_is_found() -> None:
    for place in range(LENGTH):
        for other in ALPHABET.replace(CODE[place], ""):
            with pytest.raises(CodeMistyped):
                read_code(CODE[:place] + other + CODE[place + 1 :])


def test_two_signs_that_changed_places_are_found() -> None:
    for first in range(LENGTH):
        for second in range(first + 1, LENGTH):
            if CODE[first] == CODE[second]:
                continue
            signs = list(CODE)
            signs[first], signs[second] = signs[second], signs[first]
            with pytest.raises(CodeMistyped):
                read_code("".join(signs))


@pytest.mark.parametrize("typed", ["", "4CVV-D6AQ-R8J", "4CVV-D6AQ-R8JNT", "日本", "4" * 10_000])
def test_a_code_of_another_length_is_not_one(typed: str) -> None:
    with pytest.raises(CodeIncomplete):
        read_code(typed)


def test_a_sign_that_no_code_has_is_a_mistake() -> None:
    with pytest.raises(CodeMistyped):
        read_code("1CVV-D6AQ-R8JN")
