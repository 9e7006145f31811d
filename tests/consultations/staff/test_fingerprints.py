"""A fingerprint can be read aloud, and another key has another."""

from consultations.staff.fingerprints import fingerprint
from consultations.staff.keys import new_key_pair


def test_a_fingerprint_is_eight_groups_of_four():
    assert fingerprint(bytes(32)) == fingerprint(bytes(32))
    assert [len(group) for group in fingerprint(bytes(32)).split(" ")] == [4] * 8


def test_a_bit_more_is_another_fingerprint():
    key = bytearray(new_key_pair().public)
    before = fingerprint(bytes(key))
    key[31] ^= 1
    assert fingerprint(bytes(key)) != before
