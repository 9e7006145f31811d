"""Codes of invitations as people read, copy and type them: three groups of four, the last sign a check on the others.

There are 31 signs: a prime, so that one wrong sign and two that changed places are always found (weights 1 to 12 modulo
31, as ISO/IEC 7064 does with other primes), and 31^11 codes, 54.5 random bits. With every look-alike left out it would
have been 30. So 0 stays and O is read as 0, V stays and U is read as V: whichever of the two a reader sees is right.
1, I and L are not there at all.
"""

from __future__ import annotations

import secrets
import unicodedata

from consultations.errors import N_, Problem

ALPHABET = "023456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4
#: Typed as long as this at most; nobody's patience is worth a longer one.
_LONGEST = 60

#: What is typed for a sign of ours: look-alikes, and letters of a Cyrillic keyboard that are drawn the same.
_READ_AS = str.maketrans("OUАВСЕНКМРТХУО", "0VABCEHKMPTXY0")


class CodeMistyped(Problem):
    status = 422
    message = N_("This code has a typing mistake. Please compare it with your card, sign by sign.")


class CodeIncomplete(Problem):
    status = 422
    message = N_("A code has 12 letters and digits. Please type all of them.")


def new_code() -> str:
    """A code drawn from the system's randomness, without spaces."""
    drawn = [secrets.randbelow(len(ALPHABET)) for _ in range(LENGTH - 1)]
    return "".join(ALPHABET[value] for value in (*drawn, _check(drawn)))


def grouped(code: str) -> str:
    """`7K2M-9QXA-P4ZD`: how a code is printed."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """The code that was meant, whatever its case, spaces, hyphens, digits or look-alikes.

    Raises CodeIncomplete when it has another length, CodeMistyped when a sign is not ours or the check does not fit.
    """
    code = "".join(_sign(letter) for letter in unicodedata.normalize("NFKC", typed[:_LONGEST]))
    code = code.upper().translate(_READ_AS)
    if len(code) != LENGTH:
        raise CodeIncomplete
    values = [ALPHABET.find(letter) for letter in code]
    if -1 in values or _check(values[:-1]) != values[-1]:
        raise CodeMistyped
    return code


def _sign(letter: str) -> str:
    """A letter as it is, a digit of any script as ours, nothing for what stands between them or is invisible."""
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    return letter if letter.isalpha() else ""


def _check(values: list[int]) -> int:
    """The last value: the sum of all, each times its place, comes to 0 modulo 31."""
    total = sum(place * value for place, value in enumerate(values, 1))
    return -total * pow(LENGTH, -1, len(ALPHABET)) % len(ALPHABET)
