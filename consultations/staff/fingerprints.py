"""A public key's fingerprint: short enough to read aloud, long enough that no other key is made with the same one."""

from __future__ import annotations

from hashlib import sha256

from consultations.staff.keys import canonical

#: Whoever wants to put a key of theirs in the place of ours needs one with this very fingerprint: 2^127 tries on
#: average, more than all computers together can make. Half as many digits could be found with money; more would not be
#: compared.
BITS = 128
_GROUP = 4


def fingerprint(public_key: bytes) -> str:
    """The first 128 bits of SHA-256 over the key, as eight groups of four digits 0-9 a-f."""
    digits = sha256(canonical("fingerprint", public_key)).hexdigest()[: BITS // 4]
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))
