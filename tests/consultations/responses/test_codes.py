"""Codes of 24 digits: the same for one response, of no use for another, and kind to who types them."""

import re

import pytest

from consultations.responses.codes import (
    CodeMistyped,
    CodeUnreadable,
    _with_check,
    draft_code,
    in_groups,
    read_code,
    receipt_code,
    receipt_tag,
)

SECRET = b"\x07" * 32
ID = bytes(range(16))
CODE = draft_code(ID, SECRET)


def test_a_code_has_24_digits_and_shows_them_in_six_groups_of_four():
    assert re.fullmatch(r"\d{24}", CODE)
    assert re.fullmatch(r"\d{4}( \d{4}){5}", in_groups(CODE))
    assert in_groups(CODE).replace(" ", "") == CODE


#: 794 is the example that the standard gives.
@pytest.mark.parametrize(("number", "check"), [(0, "01"), (1, "95"), (794, "44")])
def test_the_check_digits_are_those_of_the_standard(number, check):
    code = _with_check(number)
    assert code[-2:] == check
    assert int(code) % 97 == 1


def test_one_response_always_has_the_same_two_codes_and_they_are_not_one_another():
    assert draft_code(ID, SECRET) == CODE
    assert receipt_code(ID, SECRET) == receipt_code(ID, SECRET) != CODE


def test_another_response_or_another_server_has_other_codes():
    others = {draft_code(bytes(16), SECRET), draft_code(ID, b"\x08" * 32), receipt_code(bytes(16), SECRET)}
    assert CODE not in others
    assert len(others) == 3


def test_a_receipt_leads_to_one_tag_in_one_consultation_on_one_server():
    tag = receipt_tag(CODE, SECRET, 1)
    assert len(tag) == 16
    assert tag not in {receipt_tag(CODE, SECRET, 2), receipt_tag(CODE, b"\x08" * 32, 1)}


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        in_groups(CODE),
        in_groups(CODE).replace(" ", "-"),
        f"  {CODE[:5]}\u00a0{CODE[5:]}\r\n",
        CODE.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        CODE.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
        CODE.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        f"\u2066{in_groups(CODE)}\u2069",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == CODE


def test_every_wrong_digit_is_noticed():
    wrong = [CODE[:at] + other + CODE[at + 1 :] for at in range(24) for other in "0123456789" if other != CODE[at]]
    for typed in wrong:
        with pytest.raises(CodeMistyped):
            read_code(typed)


def test_neighbours_that_changed_places_are_noticed():
    swapped = [CODE[:at] + CODE[at + 1] + CODE[at] + CODE[at + 2 :] for at in range(23) if CODE[at] != CODE[at + 1]]
    assert swapped
    for typed in swapped:
        with pytest.raises(CodeMistyped):
            read_code(typed)


@pytest.mark.parametrize("typed", ["", CODE[:-1], CODE + "1", CODE[:-1] + "O", "my code", "1" * 100_000])
def test_what_is_no_code_is_said_to_be_none(typed):
    with pytest.raises(CodeUnreadable):
        read_code(typed)
