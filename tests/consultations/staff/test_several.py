"""One thing that does not open hides none of the others, and is told without a word of it."""

from __future__ import annotations

import logging

import pytest

from consultations.errors import Problem
from consultations.staff.keys import new_key_pair, open_with, seal_to
from consultations.staff.several import Several, joined, open_each

PAIR = new_key_pair()
BOXES = [seal_to(PAIR.public, word.encode(), "test") for word in ("one", "two", "three")]


def changed(box):
    return box[:-1] + bytes([box[-1] ^ 1])


def opened(boxes):
    return open_each("boxes", boxes, lambda box: open_with(PAIR.private, box, "test").decode())


@pytest.mark.parametrize("damage", [changed, lambda box: box[:20], lambda box: b"", lambda box: box + b"\0"])
def test_the_others_are_opened_in_their_order_and_what_does_not_open_is_counted(damage):
    bad = damage(BOXES[1])
    found = opened([BOXES[0], bad, BOXES[2]])
    assert (found.opened, found.damaged, found.refused) == (("one", "three"), (bad,), 1)


def test_the_log_says_of_which_kind_and_nothing_else(caplog):
    bad = changed(BOXES[1])
    with caplog.at_level(logging.DEBUG):
        opened([BOXES[0], bad])
    assert caplog.messages == ["Some stored boxes do not open; they stay where they are and are counted."]


def test_where_everything_opens_nothing_is_logged(caplog):
    with caplog.at_level(logging.DEBUG):
        assert opened(BOXES) == Several(("one", "two", "three"))
    assert caplog.messages == []


def test_another_problem_is_not_taken_for_damage():
    def fails(box):
        raise Problem

    with pytest.raises(Problem):
        open_each("boxes", BOXES, fails)


def test_what_did_not_open_may_be_wanted_and_stays_counted():
    found = opened([BOXES[0], b"", BOXES[2]])
    assert found.only(lambda word: word == "three") == Several(("three",), (b"",))
    assert joined([found, opened([BOXES[1]])]) == Several(("one", "three", "two"), (b"",))
