"""An answer opens in the one place that it was sealed for."""

import dataclasses

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consultations.responses import sealing
from consultations.responses.sealing import (
    Place,
    new_id,
    open_answer,
    open_epoch_key,
    padded,
    seal_answer,
    seal_epoch_key,
    unpadded,
)
from consultations.staff.keys import DoesNotOpen, new_key, new_key_pair

PLACE = Place(consultation_id=3, form_version="c0ffee", epoch_id=bytes(16))
ROW = bytes([1] * 16)
CIPHER = AESGCM(bytes(32))


def sealed():
    return seal_answer(CIPHER, PLACE, ROW, b"coded", b'{"why":"because"}')


def test_an_answer_opens_where_it_was_sealed():
    assert open_answer(CIPHER, PLACE, ROW, *sealed()) == (b"coded", b'{"why":"because"}')


@pytest.mark.parametrize(
    ("place", "row"),
    [
        (dataclasses.replace(PLACE, consultation_id=4), ROW),
        (dataclasses.replace(PLACE, form_version="c0ffef"), ROW),
        (dataclasses.replace(PLACE, epoch_id=new_id()), ROW),
        (PLACE, bytes([2] * 16)),
    ],
    ids=["consultation", "form version", "epoch", "row"],
)
def test_an_answer_that_was_moved_does_not_open(place, row):
    with pytest.raises(DoesNotOpen):
        open_answer(CIPHER, place, row, *sealed())


def test_the_parts_cannot_change_places():
    hot, cold = sealed()
    with pytest.raises(DoesNotOpen):
        open_answer(CIPHER, PLACE, ROW, cold, hot)


@pytest.mark.parametrize("part", [0, 1], ids=["hot", "cold"])
def test_a_part_of_another_answer_does_not_fit(part):
    mine = list(sealed())
    mine[part] = seal_answer(CIPHER, PLACE, new_id(), b"coded", b"{}")[part]
    with pytest.raises(DoesNotOpen):
        open_answer(CIPHER, PLACE, ROW, *mine)


def test_a_later_format_is_not_taken_for_this_one(monkeypatch):
    before = sealed()
    monkeypatch.setattr(sealing, "FORMAT", sealing.FORMAT + 1)
    with pytest.raises(DoesNotOpen):
        open_answer(CIPHER, dataclasses.replace(PLACE), ROW, *before)


def test_another_epoch_s_key_opens_nothing():
    with pytest.raises(DoesNotOpen):
        open_answer(AESGCM(new_key()), PLACE, ROW, *sealed())


@pytest.mark.parametrize("part", [0, 1], ids=["hot", "cold"])
def test_no_byte_of_a_part_can_be_changed(part):
    parts = sealed()
    for at in range(len(parts[part])):
        changed = [bytearray(parts[0]), bytearray(parts[1])]
        changed[part][at] ^= 0x80
        with pytest.raises(DoesNotOpen):
            open_answer(CIPHER, PLACE, ROW, bytes(changed[0]), bytes(changed[1]))


@pytest.mark.parametrize(("length", "size"), [(0, 256), (252, 256), (253, 512), (1020, 1024), (20_000, 32_768)])
def test_free_text_has_one_of_few_lengths(length, size):
    assert len(padded(b"x" * length)) == size
    assert unpadded(padded(b"x" * length)) == b"x" * length


@pytest.mark.parametrize("text", [b"", b"\0\0\0\1", b"\xff\xff\xff\xffabc"])
def test_padding_that_cannot_be_right_is_refused(text):
    with pytest.raises(DoesNotOpen):
        unpadded(text)


def test_a_long_and_a_short_text_of_one_class_look_alike():
    short, long = (seal_answer(CIPHER, PLACE, ROW, b"coded", text)[1] for text in (b"", b"x" * 250))
    assert len(short) == len(long) == 284


def test_an_epoch_key_opens_for_its_consultation_and_epoch_only():
    pair, key = new_key_pair(), new_key()
    box = seal_epoch_key(pair.public, key, 3, ROW)

    assert open_epoch_key(pair.private, box, 3, ROW) == key
    for consultation, epoch in ((4, ROW), (3, new_id())):
        with pytest.raises(DoesNotOpen):
            open_epoch_key(pair.private, box, consultation, epoch)
