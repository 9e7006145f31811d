"""Columns that other tools add, and columns full of addresses, are known for what they are."""

from __future__ import annotations

import pytest

from forms.incoming.identifying import is_named_so, tells_who


@pytest.mark.parametrize(
    "heading",
    [
        *("_id", "_uuid", "_submission_time", "start", "end", "deviceid", "_submitted_by", "meta/instanceID"),
        *("submitdate", "ipaddr", "token", "seed", "RespondentID", "CollectorID", "IPAddress", "groupTime12"),
        *("_place_latitude", "Horodateur", "时间戳记"),
    ],
)
def test_what_tools_note_about_respondents_is_known_by_name(heading):
    assert is_named_so((heading,))


@pytest.mark.parametrize("heading", ["region", "How did it start?", "the end of violence", "—", "tokens"])
def test_questions_are_not_taken_for_it(heading):
    assert not is_named_so((heading,))


@pytest.mark.parametrize(
    "cell",
    [
        "somebody@example.org",
        "192.0.2.7",
        "2001:db8:0:0::1",
        "uuid:0b5f9a52-3c6f-4d2a-9f63-0b6a2f9b7a11",
        "-1.28333 36.81667 0 0",
    ],
)
def test_addresses_and_places_tell_who(cell):
    assert tells_who([cell, cell, "none"])
    assert not tells_who([cell, "none", "none"])


def test_long_numbers_that_nobody_shares_tell_who():
    assert tells_who(str(43_379_500 + number) for number in range(20))
    assert not tells_who(["30000"] * 20)
    assert not tells_who(["43379500", "43379501"])
    assert not tells_who([])
