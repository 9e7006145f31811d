"""Limits by address and for all, in memory that forgets."""

from __future__ import annotations

import pickle

import pytest

from consultations.flood import limits
from consultations.flood.limits import LIMITS, Flood, Limit, Rate, TooMany, network_of

SMALL = {"code": Limit(one=Rate(3, 60), all=Rate(5, 60))}
HERE, THERE = "8.8.8.8", "1.1.1.1"


def tries(gate: Flood, address: str | None, times: int, now: float = 0, what: str = "code") -> int:
    """How many of `times` tries are let through."""
    passed = 0
    for _ in range(times):
        try:
            gate.take(what, address, now)
        except TooMany:
            continue
        passed += 1
    return passed


def test_one_address_has_its_own_limit_and_all_share_another():
    gate = Flood(SMALL)
    assert tries(gate, HERE, 9) == 3
    assert tries(gate, THERE, 9) == 2


def test_a_refused_try_uses_nothing_up_of_what_all_share():
    gate = Flood(SMALL)
    tries(gate, HERE, 1_000)
    assert tries(gate, THERE, 1) == 1


def test_what_was_used_up_comes_back_with_time():
    gate = Flood(SMALL)
    tries(gate, HERE, 9)
    assert tries(gate, HERE, 9, now=19) == 0
    assert tries(gate, HERE, 9, now=21) == 1
    assert tries(gate, HERE, 9, now=10_000) == 3


@pytest.mark.parametrize(("address", "left"), [(HERE, 3), ("127.0.0.1", 5)])
def test_a_right_try_costs_nothing(address, left):
    gate = Flood(SMALL)
    for _ in range(1_000):
        gate.take("code", address, 0)
        gate.give_back("code", address, 0)
    assert tries(gate, address, 9) == left


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.0.0.7", "172.17.0.1", "100.64.1.2", "", None, "unix:"])
def test_an_address_that_everybody_shares_knows_only_the_limit_for_all(address):
    gate = Flood(SMALL)
    assert tries(gate, address, 9) == 5


def test_a_household_in_ipv6_counts_as_one():
    assert network_of("2001:4860:4860:1::8888") == network_of("2001:4860:4860:1:2::1")
    assert network_of("2001:4860:4860:1::8888") != network_of("2001:4860:4860:2::8888")
    assert network_of("::ffff:8.8.8.8") == network_of(HERE)


def test_the_key_and_every_count_by_address_go_after_a_quarter_of_an_hour():
    gate = Flood({"code": Limit(one=Rate(3, 10**9), all=Rate(100, 60))})
    assert tries(gate, HERE, 9) == 3
    key = gate._key
    assert tries(gate, HERE, 9, now=limits.KEY_SECONDS) == 0
    assert tries(gate, HERE, 9, now=limits.KEY_SECONDS + 1) == 3
    assert gate._key != key


def test_no_address_is_kept_and_two_processes_write_different_buckets():
    gate, other = Flood(SMALL), Flood(SMALL)
    for each in (gate, other):
        each.take("code", HERE, 0)
    kept = pickle.dumps(list(gate._ones))
    assert HERE.encode() not in kept
    assert bytes((8, 8, 8, 8)) not in kept
    assert set(gate._ones) != set(other._ones)


def test_memory_is_bounded_whatever_arrives(monkeypatch):
    monkeypatch.setattr(limits, "MOST_BUCKETS", 10)
    gate = Flood({"code": Limit(one=Rate(1, 60), all=Rate(10**6, 60))})
    for number in range(200):
        gate.take("code", f"8.8.4.{number}", 0)
    assert len(gate._ones) == 10


@pytest.mark.parametrize("address", [HERE, "127.0.0.1"])
def test_a_thousand_members_with_codes_get_through_one_address_within_a_minute(address):
    assert tries(Flood(), address, 1_000, what="code") == 1_000


def test_codes_outlast_the_limit_for_all():
    seconds_a_try = LIMITS["code"].all.seconds / LIMITS["code"].all.most
    years = 31**10 / 10_000 * seconds_a_try / (365 * 86_400)
    assert years > 30
