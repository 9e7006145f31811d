"""Work that was done is seen, for one response and for half an hour."""

from __future__ import annotations

import base64
import json
import time

import pytest
from altcha import Challenge, Payload, solve_challenge

from consultations.flood.work import FEWEST_TRIES, LIFETIME_SECONDS, MOST_TRIES, challenge, is_solved

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


def solved(given: str) -> str:
    made = Challenge.from_dict(json.loads(given))
    solution = solve_challenge(made, counter_start=FEWEST_TRIES)
    assert solution is not None
    return Payload(made, solution).to_base64()


@pytest.fixture(scope="module")
def payload() -> str:
    return solved(challenge(KEY, time.time()))


def test_a_solution_serves_for_the_response_that_it_was_made_for(payload):
    assert is_solved(KEY, payload)
    assert not is_solved(OTHER, payload)


def test_the_work_is_bounded(payload):
    counter = json.loads(base64.b64decode(payload))["solution"]["counter"]
    assert FEWEST_TRIES <= counter <= MOST_TRIES


def test_a_solution_expires():
    assert not is_solved(KEY, solved(challenge(KEY, time.time() - LIFETIME_SECONDS - 2)))


@pytest.mark.parametrize("change", [{"cost": 1}, {"keyPrefix": ""}, {"expiresAt": 4_000_000_000}])
def test_an_easier_challenge_cannot_be_made_up(payload, change):
    content = json.loads(base64.b64decode(payload))
    content["challenge"]["parameters"].update(change)
    assert not is_solved(KEY, base64.b64encode(json.dumps(content).encode()).decode())


@pytest.mark.parametrize("key", ["derivedKey", "counter"])
def test_a_solution_cannot_be_guessed(payload, key):
    content = json.loads(base64.b64decode(payload))
    content["solution"][key] = "00" * 32
    made = base64.b64encode(json.dumps(content).encode()).decode()
    assert is_solved(KEY, made) == (key == "counter")  # the derived key alone is the proof


@pytest.mark.parametrize(
    "rubbish",
    [
        "",
        "nothing",
        "bnVsbA==",
        "eyJjaGFsbGVuZ2UiOiAxLCAic29sdXRpb24iOiAyfQ==",
        "A" * 3_000,
        "é",
        base64.b64encode(
            b'{"challenge":{"parameters":{"algorithm":1,"nonce":2,"salt":3,"cost":4},"signature":"x"},"solution":{"counter":1,"derivedKey":[]}}'
        ).decode(),
    ],
)
def test_anything_else_is_no_solution_and_no_failure(rubbish):
    assert not is_solved(KEY, rubbish)
