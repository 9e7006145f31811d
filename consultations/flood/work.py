"""Proofs of work: a phone computes for a second or two, a machine that sends thousands for hours."""

from __future__ import annotations

import json
import secrets

from altcha import create_challenge, verify_solution

#: Every browser has PBKDF2 built in, so that a phone is not much slower at it than what an attacker rents; plain hashes
#: called one by one from a script would be a hundred times slower than in C.
ALGORITHM, ROUNDS = "PBKDF2/SHA-256", 2_000
#: How many numbers have to be tried: the work is bounded, and nobody is unlucky.
FEWEST_TRIES, MOST_TRIES = 150, 300
#: A review is read for as long as that; later the page comes back with another challenge.
LIFETIME_SECONDS = 30 * 60
#: A payload that altcha makes has about 700 characters; what is longer is not read.
LONGEST_PAYLOAD = 2_000


def challenge(key: bytes, now: float) -> str:
    """A challenge as JSON that only `key` can have made; `now` in seconds since 1970.

    `key` belongs to one response: a solution serves for no other, and a response counts once.
    """
    made = create_challenge(
        ALGORITHM,
        ROUNDS,
        counter=FEWEST_TRIES + secrets.randbelow(MOST_TRIES - FEWEST_TRIES + 1),
        expires_at=int(now) + LIFETIME_SECONDS,
        hmac_secret=key,
        hmac_key_secret=key[::-1],
    )
    return json.dumps(made.to_dict(), separators=(",", ":"))


def is_solved(key: bytes, payload: str) -> bool:
    """Whether `payload` (base64 of JSON, as altcha has it) solves an unexpired challenge that was made with `key`."""
    if not payload or len(payload) > LONGEST_PAYLOAD:
        return False
    return verify_solution(payload, key, hmac_key_secret=key[::-1]).verified
