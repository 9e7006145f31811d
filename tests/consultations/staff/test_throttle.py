"""Wrong tries at a name slow down, and never for long."""

import datetime

import pytest

from consultations.staff.throttle import FREE_TRIES, MOST_NAMES, Throttle, TooManyTries


def later(now, seconds):
    return now + datetime.timedelta(seconds=seconds)


def throttle_after(tries, now):
    throttle = Throttle()
    for _ in range(tries):
        throttle.failed("maria", now)
    return throttle


def test_the_first_wrong_tries_cost_nothing(now):
    throttle_after(FREE_TRIES, now).check("maria", now)


@pytest.mark.parametrize(("tries", "seconds"), [(6, 2), (7, 4), (8, 8), (20, 60), (1000, 60)])
def test_each_further_try_waits_longer_up_to_a_minute(now, tries, seconds):
    throttle = throttle_after(tries, now)
    with pytest.raises(TooManyTries):
        throttle.check("maria", later(now, seconds - 0.1))
    throttle.check("maria", later(now, seconds))


def test_another_name_does_not_wait(now):
    throttle_after(20, now).check("amina", now)


def test_a_sign_in_that_worked_clears_the_count(now):
    throttle = throttle_after(20, now)
    throttle.succeeded("maria")
    throttle.check("maria", now)


def test_memory_is_bounded(now):
    throttle = Throttle()
    for number in range(MOST_NAMES + 10):
        throttle.failed(f"name {number}", now)
    assert len(throttle._failed) == MOST_NAMES
