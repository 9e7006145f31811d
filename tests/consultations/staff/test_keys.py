"""Boxes open with their key, in their place, and not otherwise."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consultations.staff.keys import (
    DoesNotOpen,
    canonical,
    derived,
    new_key,
    new_key_pair,
    open_under,
    open_with,
    public_key_of,
    seal_to,
    seal_under,
)

PLACE = canonical("case study", 7)


def test_what_was_sealed_to_somebody_opens_with_their_private_key():
    pair = new_key_pair()
    sealed = seal_to(pair.public, b"words", "interview", PLACE)

    assert open_with(pair.private, sealed, "interview", PLACE) == b"words"
    assert len(sealed) == len(b"words") + 48


def test_nobody_else_opens_it():
    sealed = seal_to(new_key_pair().public, b"words", "interview", PLACE)
    with pytest.raises(DoesNotOpen):
        open_with(new_key_pair().private, sealed, "interview", PLACE)


@pytest.mark.parametrize(("info", "place"), [("summary", PLACE), ("interview", canonical("case study", 8))])
def test_a_box_that_was_moved_does_not_open(info, place):
    pair = new_key_pair()
    sealed = seal_to(pair.public, b"words", "interview", PLACE)
    with pytest.raises(DoesNotOpen):
        open_with(pair.private, sealed, info, place)


def test_no_byte_of_a_box_can_be_changed():
    pair = new_key_pair()
    sealed = seal_to(pair.public, b"words", "interview")
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(DoesNotOpen):
            open_with(pair.private, bytes(changed), "interview")


@pytest.mark.parametrize("length", [0, 1, 31, 47])
def test_a_box_cut_short_does_not_open(length):
    pair = new_key_pair()
    with pytest.raises(DoesNotOpen):
        open_with(pair.private, seal_to(pair.public, b"words", "interview")[:length], "interview")


@pytest.mark.parametrize("length", [0, 31, 33])
def test_bytes_that_are_no_key_open_nothing(length):
    sealed = seal_to(new_key_pair().public, b"words", "test")
    with pytest.raises(DoesNotOpen):
        open_with(bytes(length), sealed, "test")


def test_a_public_key_belongs_to_its_private_key():
    pair = new_key_pair()
    assert public_key_of(pair.private) == pair.public


def test_a_private_key_is_not_printed():
    pair = new_key_pair()
    assert repr(pair.private) not in repr(pair)


@pytest.mark.parametrize("length", [0, 11, 12, 20])
def test_a_symmetric_box_cut_short_does_not_open(length):
    cipher = AESGCM(new_key())
    with pytest.raises(DoesNotOpen):
        open_under(cipher, seal_under(cipher, b"words", PLACE)[:length], PLACE)


def test_a_symmetric_box_opens_in_its_place_only():
    cipher = AESGCM(new_key())
    sealed = seal_under(cipher, b"words", PLACE)

    assert open_under(cipher, sealed, PLACE) == b"words"
    with pytest.raises(DoesNotOpen):
        open_under(cipher, sealed, canonical("case study", 8))


def test_the_same_words_never_look_the_same_twice():
    cipher = AESGCM(new_key())
    assert seal_under(cipher, b"words", PLACE) != seal_under(cipher, b"words", PLACE)


@pytest.mark.parametrize(
    ("one", "other"),
    [(("1", "23"), ("12", "3")), (("1",), (1,)), (("1",), (b"1",)), ((), ("",)), (("a", ""), ("a",))],
)
def test_two_places_are_never_written_alike(one, other):
    assert canonical(*one) != canonical(*other)


def test_keys_for_two_purposes_differ():
    key = new_key()
    assert derived(key, "sign-in") == derived(key, "sign-in")
    assert len({derived(key, "sign-in"), derived(key, "wrap"), derived(key, "wrap", b"salt"), key}) == 4
