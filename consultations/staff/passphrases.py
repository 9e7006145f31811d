"""Secrets that people write down: six words for every day, and a recovery key for the safe."""

from __future__ import annotations

import functools
import re
import secrets
from pathlib import Path
from typing import NewType

Passphrase = NewType("Passphrase", str)
RecoveryKey = NewType("RecoveryKey", str)

WORDS_IN_PASSPHRASE = 6
#: Crockford's base 32: no I, L, O or U, so that nothing is misread or spells a word.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECOVERY_LETTERS = 32
_GROUP = 4
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


@functools.cache
def words() -> tuple[str, ...]:
    """The word list, in alphabetical order: 1,913 lower-case English words of three to eight letters."""
    lines = Path(__file__).with_name("words.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))


def new_passphrase() -> Passphrase:
    """Six words drawn one by one: 6 x log2(1,913) = 65.4 bits.

    That is less than a key has. What makes it enough is the price of each guess: at Argon2id's 64 MiB and a tenth of
    a second, a thousand machines trying ten a second each need 75 million years on average. People's own phrases
    would have no such figure, so nobody chooses theirs.
    """
    return Passphrase(" ".join(secrets.choice(words()) for _ in range(WORDS_IN_PASSPHRASE)))


def as_typed(passphrase: str) -> Passphrase:
    """The same phrase however it was typed: capitals, hyphens, line breaks and double spaces make no difference."""
    return Passphrase(" ".join(re.split(r"[\W_]+", passphrase.casefold().strip())).strip())


def new_recovery_key() -> RecoveryKey:
    """Eight groups of four: 32 letters of 5 bits are 160 bits, beyond guessing, so it needs no stretching."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(RECOVERY_LETTERS))
    return RecoveryKey("-".join(letters[at : at + _GROUP] for at in range(0, RECOVERY_LETTERS, _GROUP)))


def recovery_letters(recovery_key: str) -> bytes:
    """The letters that count, with O read as 0 and I and L as 1; whatever else was typed is left to fail at opening."""
    return re.sub(r"[\W_]+", "", recovery_key.upper()).translate(_MISREAD).encode()
