"""A snapshot gives back every answer, in another order."""

import json

import pytest

from consultations.responses.snapshots import (
    Records,
    SnapshotPlace,
    open_columns,
    records_of,
    seal_snapshot,
    shuffled,
    texts_by_index,
)
from consultations.staff.keys import DoesNotOpen, new_key_pair

PLACE = SnapshotPlace(3, "c0ffee")
RECORDS = Records([b"one", b"two", b"six"], [b'{"why":"\\n,"}', b"{}", '{"why":"因为"}'.encode()])


def test_columns_and_texts_keep_their_index():
    pair = new_key_pair()
    hot, lines = open_columns(pair.private, PLACE, *seal_snapshot(pair.public, PLACE, RECORDS))

    assert hot == b"onetwosix"
    assert texts_by_index(lines, 3) == [{"why": "\n,"}, {}, {"why": "因为"}]
    assert records_of(hot, lines, 3) == RECORDS


def test_no_answers_make_an_empty_snapshot():
    pair = new_key_pair()
    hot, lines = open_columns(pair.private, PLACE, *seal_snapshot(pair.public, PLACE, Records([], [])))
    assert (hot, texts_by_index(lines, 0), records_of(hot, lines, 0)) == (b"", [], Records([], []))


@pytest.mark.parametrize("place", [SnapshotPlace(4, "c0ffee"), SnapshotPlace(3, "c0ffef")])
def test_a_snapshot_of_another_consultation_or_form_does_not_open(place):
    pair = new_key_pair()
    with pytest.raises(DoesNotOpen):
        open_columns(pair.private, place, *seal_snapshot(pair.public, PLACE, RECORDS))


def test_shuffling_keeps_both_parts_of_an_answer_together():
    many = Records([b"%04d" % n for n in range(500)], [json.dumps({"n": n}).encode() for n in range(500)])
    mixed = shuffled(many)
    assert mixed.hot != many.hot
    assert sorted(mixed.hot) == many.hot
    assert all(int(hot) == json.loads(cold)["n"] for hot, cold in zip(mixed.hot, mixed.cold, strict=True))
