"""A consultation goes one way: draft, open, closed, unlocked."""

from __future__ import annotations

import itertools

import pytest

from consultations.rounds.lifecycle import (
    STATUS_NAMES,
    STATUSES,
    STEPS,
    StepOutOfOrder,
    TooFewKeyHolders,
    after,
    check_key_holders,
)


@pytest.mark.parametrize(("step", "start", "end"), [(step, *ends) for step, ends in STEPS.items()])
def test_each_step_leads_one_status_further(step, start, end):
    assert after(start, step) == end
    assert STATUSES.index(end) == STATUSES.index(start) + 1


@pytest.mark.parametrize(
    ("status", "step"),
    [pair for pair in itertools.product(STATUSES, STEPS) if STEPS[pair[1]][0] != pair[0]],
)
def test_no_step_starts_from_another_status(status, step):
    with pytest.raises(StepOutOfOrder):
        after(status, step)


def test_every_status_has_a_name():
    assert list(STATUS_NAMES) == list(STATUSES)


@pytest.mark.parametrize("holders", [0, 1])
def test_fewer_than_two_key_holders_are_too_few(holders):
    with pytest.raises(TooFewKeyHolders):
        check_key_holders(holders)


def test_two_key_holders_are_enough():
    check_key_holders(2)
