"""The codes of 24 digits that only a respondent has: to go on with saved answers, and to take a sent answer back.

A code has 22 digits that nobody can guess (10^22 of them, 73 bits) and two that show a typing error before anything is
looked up: ISO/IEC 7064 MOD 97-10, which finds every wrong digit and every two neighbours that changed places. Digits
alone, because every script has them and every phone has keys for them.

A code is never stored, and is never part of an address, a title or a log. Both kinds are computed from the random id
of the response and the server's secret, by HKDF with labels of their own. So the same response has the same codes in
every tab, on every device that it was continued on, and however often a button is pressed; and neither code says
anything about the other: whoever finds a receipt cannot open a draft of which an old backup was kept.
"""

from __future__ import annotations

import unicodedata

from consultations.errors import N_, Problem
from consultations.staff.keys import derived

DIGITS = 24
GROUP = 4
_CHECKED = DIGITS - 2
_MODULUS = 97
TAG_BYTES = 16
#: What is typed is read no further than this; a code with a space after every digit is not longer.
LONGEST_TYPED = 200


class CodeUnreadable(Problem):
    status = 422
    message = N_("A code has 24 digits, in six groups of four. Please compare what you typed with your code.")


class CodeMistyped(Problem):
    status = 422
    message = N_("One of the digits is not right. Please compare what you typed with your code, group by group.")


def draft_code(response_id: bytes, secret: bytes) -> str:
    """The 24 digits that the saved answers of this response are sealed to; `secret` is the server's."""
    return _code(response_id, "draft code", secret)


def receipt_code(response_id: bytes, secret: bytes) -> str:
    """The 24 digits that take this response back once it is sent; `secret` is the server's."""
    return _code(response_id, "receipt code", secret)


def receipt_tag(code: str, secret: bytes, consultation_id: int) -> bytes:
    """16 bytes that an answer carries inside its seal, and that only its receipt code leads to."""
    return derived(code.encode(), f"receipt tag {consultation_id}", secret)[:TAG_BYTES]


def in_groups(code: str) -> str:
    """`0123 4567 ...`: how a code is shown."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """The 24 digits that were meant, in digits of any script, whatever stands between them.

    Raises CodeUnreadable when there are letters or another number of digits, CodeMistyped when the check fails.
    """
    digits = []
    for sign in unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]):
        digit = unicodedata.decimal(sign, None)
        if digit is not None:
            digits.append(str(digit))
        elif sign.isalnum():
            raise CodeUnreadable
    code = "".join(digits)
    if len(code) != DIGITS:
        raise CodeUnreadable
    if int(code) % _MODULUS != 1:
        raise CodeMistyped
    return code


def _code(response_id: bytes, label: str, secret: bytes) -> str:
    # 256 bits modulo 10^22: no code is likelier than another by more than one part in 10^54.
    return _with_check(int.from_bytes(derived(response_id, label, secret), "big") % 10**_CHECKED)


def _with_check(number: int) -> str:
    """The number in 22 digits and its two check digits: the whole leaves 1 when it is divided by 97."""
    check = (_MODULUS + 1 - number * 100 % _MODULUS) % _MODULUS
    return f"{number:0{_CHECKED}d}{check:02d}"
