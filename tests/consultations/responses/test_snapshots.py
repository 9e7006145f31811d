"""A snapshot gives back every answer, in another order."""

import json

import numpy as np
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consultations.responses import snapshots
from consultations.responses.snapshots import (
    Opened,
    SnapshotPlace,
    joined,
    kept,
    open_snapshot_key,
    records_of,
    seal_snapshot,
    shuffled,
)
from consultations.staff.keys import DoesNotOpen, canonical, new_key_pair, seal_under

PLACE = SnapshotPlace(3, "c0ffee")
HOT, TEXTS = b"onetwosix", [b'{"why":"\\n,"}', '{"why":"因为"}'.encode()]
RECORDS = records_of(HOT, 3, [0, 2], TEXTS)
PAIR = new_key_pair()


def plain(records):
    return records.hot.tobytes(), records.places.tolist(), records.texts


def reopened(records, place=PLACE, change=lambda parts: parts):
    sealed = seal_snapshot(PAIR.public, PLACE, records)
    parts = change(list(sealed.parts))
    return Opened(open_snapshot_key(PAIR.private, place, sealed.key), place, sealed.head, parts.__getitem__)


def test_columns_and_texts_keep_their_index():
    opened = reopened(RECORDS)
    assert opened.hot() == HOT
    assert opened.texts() == {0: {"why": "\n,"}, 2: {"why": "因为"}}
    assert plain(opened.records()) == (HOT, [0, 2], TEXTS)


def test_no_answers_make_an_empty_snapshot():
    opened = reopened(records_of(b"", 0, (), []))
    assert (opened.size, opened.hot(), opened.texts(), len(opened.records())) == (0, b"", {}, 0)


@pytest.mark.parametrize("most", [1, 5, 20])
def test_many_answers_are_in_several_parts(monkeypatch, most):
    monkeypatch.setattr(snapshots, "PART_BYTES", most)
    assert plain(reopened(RECORDS).records()) == (HOT, [0, 2], TEXTS)


def test_parts_cannot_change_places(monkeypatch):
    monkeypatch.setattr(snapshots, "PART_BYTES", 3)
    with pytest.raises(DoesNotOpen):
        reopened(RECORDS, change=lambda parts: [parts[1], parts[0], *parts[2:]]).hot()


def test_what_was_sealed_in_one_block_opens():
    key = bytes(32)
    text = b'{"size": 3, "width": 3}\n' + HOT + b"[0,%b]\n[2,%b]\n" % (TEXTS[0], TEXTS[1])
    block = seal_under(AESGCM(key), text, canonical(2, 3, "c0ffee"))
    assert plain(Opened(AESGCM(key), PLACE, block, [].__getitem__).records()) == (HOT, [0, 2], TEXTS)


@pytest.mark.parametrize("place", [SnapshotPlace(4, "c0ffee"), SnapshotPlace(3, "c0ffef")])
def test_a_snapshot_of_another_consultation_or_form_does_not_open(place):
    with pytest.raises(DoesNotOpen):
        reopened(RECORDS, place)


def test_shuffling_keeps_both_parts_of_an_answer_together():
    texts = [json.dumps({"n": n}).encode() for n in range(0, 500, 2)]
    many = records_of(b"".join(b"%04d" % n for n in range(500)), 4, range(0, 500, 2), texts)
    mixed = shuffled(many)
    found = [int(row.tobytes()) for row in mixed.hot]
    assert found != list(range(500)) == sorted(found)
    assert {found[at]: json.loads(text)["n"] for at, text in zip(mixed.places, mixed.texts, strict=True)} == {
        n: n for n in range(0, 500, 2)
    }
    assert mixed.places.tolist() == sorted(mixed.places)


def test_answers_are_joined_and_left_out_with_their_texts():
    three = joined((RECORDS, records_of(b"", 0, (), []), records_of(b"ten", 3, [0], [b"{1}"])))
    assert plain(three) == (HOT + b"ten", [0, 2, 3], [*TEXTS, b"{1}"])
    assert plain(kept(three, np.array([False, True, True, True]))) == (b"twosixten", [1, 2], [TEXTS[1], b"{1}"])
