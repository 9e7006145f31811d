"""A rush begins when more arrives than is calm, and ends when it is calm again; who waits is let in in turn."""

from __future__ import annotations

from consultations.flood.rush import LEAST_WAIT_SECONDS, LONGEST_WAIT_SECONDS, Queue, Rush


def arrivals(rush: Rush, times: int, begin: float, every: float) -> list[bool]:
    return [rush.arrived(begin + number * every) for number in range(times)]


def test_what_is_calm_stays_without_work():
    assert not any(arrivals(Rush(60), 600, begin=0, every=1.0))
    assert not any(arrivals(Rush(60), 60, begin=0, every=0.0))


def test_more_than_that_is_a_rush_and_stays_one_while_it_lasts():
    rush = Rush(60)
    felt = arrivals(rush, 1_000, begin=0, every=0.06)
    assert felt[:60] == [False] * 60
    assert all(felt[70:])


def test_it_ends_only_when_half_of_the_calm_is_back():
    rush = Rush(60)
    arrivals(rush, 200, begin=0, every=0)
    assert rush.is_on(29)
    assert not rush.is_on(31)
    assert not rush.arrived(32)


def test_an_attack_that_is_turned_away_keeps_the_rush_going():
    rush = Rush(60)
    arrivals(rush, 100, begin=0, every=0)
    assert all(arrivals(rush, 300, begin=1, every=0.5))


def test_the_first_in_line_wait_shortly_and_a_thousand_are_let_in_soon_after():
    queue = Queue()
    places = [queue.place(1_000) for _ in range(1_000)]
    assert places[0] == 1_000 + LEAST_WAIT_SECONDS
    assert places == sorted(places)
    assert places[-1] == 1_000 + 110


def test_nobody_waits_longer_than_two_minutes_however_many_machines_stand_in_line():
    queue = Queue()
    for _ in range(100_000):
        queue.place(1_000)
    assert queue.place(1_000) == 1_000 + LONGEST_WAIT_SECONDS
    assert queue.place(5_000) == 5_000 + LEAST_WAIT_SECONDS
