"""Many opened answers as one sealed block of bytes, in columns as far as they have any."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field

import numpy as np
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consultations.staff.keys import canonical, new_key, open_under, open_with, seal_to, seal_under

#: Since 2, records have a place for a receipt.
FORMAT = 2
_INFO = "snapshot key"
_NO_TEXT = b"{}"


@dataclass(frozen=True, slots=True)
class SnapshotPlace:
    """What a snapshot belongs to; it opens nowhere else."""

    consultation_id: int
    form_version: str

    def canonical(self) -> bytes:
        return canonical(FORMAT, self.consultation_id, self.form_version)


@dataclass(frozen=True, slots=True)
class Records:
    """Answers, opened: records of equal length, and each one's free text as JSON; the same index is the same answer."""

    hot: list[bytes] = field(repr=False)
    cold: list[bytes] = field(repr=False)


def shuffled(records: Records) -> Records:
    """The same answers in a drawn order: they are sorted by 64 random bits each, which a million takes 0.1 s for."""
    drawn = np.frombuffer(secrets.token_bytes(8 * len(records.hot)), dtype=np.uint64)
    order = np.argsort(drawn, kind="stable").tolist()
    return Records([records.hot[at] for at in order], [records.cold[at] for at in order])


def seal_snapshot(public_key: bytes, place: SnapshotPlace, records: Records) -> tuple[bytes, bytes]:
    """(sealed key, blob): a fresh key sealed to the consultation, and everything under that key.

    The plaintext is a line of JSON with the number and the length of the hot records, the hot records end to end, and a
    line `[index,{...}]` for each answer with free text, in the order of the records.
    """
    width = len(records.hot[0]) if records.hot else 0
    head = json.dumps({"size": len(records.hot), "width": width}).encode() + b"\n"
    texts = [b"[%d,%b]\n" % (at, cold) for at, cold in enumerate(records.cold) if cold != _NO_TEXT]
    key = new_key()
    blob = seal_under(AESGCM(key), b"".join((head, *records.hot, *texts)), place.canonical())
    return seal_to(public_key, key, _INFO, place.canonical()), blob


def open_columns(private_key: bytes, place: SnapshotPlace, sealed_key: bytes, blob: bytes) -> tuple[bytes, bytes]:
    """(hot records end to end, lines of free text); raises DoesNotOpen."""
    key = open_with(private_key, sealed_key, _INFO, place.canonical())
    head, _, body = open_under(AESGCM(key), blob, place.canonical()).partition(b"\n")
    shape = json.loads(head)
    hot_bytes = shape["size"] * shape["width"]
    return body[:hot_bytes], body[hot_bytes:]


def texts_by_index(lines: bytes, size: int) -> list[dict[str, str]]:
    """The free text of `size` answers by question; empty where somebody wrote none."""
    texts: list[dict[str, str]] = [{} for _ in range(size)]
    for line in lines.split(b"\n")[:-1]:
        at, text = json.loads(line)
        texts[at] = text
    return texts


def records_of(hot: bytes, lines: bytes, size: int) -> Records:
    """What `open_columns` gave, answer by answer again, to be shuffled with more."""
    width = len(hot) // size if size else 0
    cold = [_NO_TEXT] * size
    for line in lines.split(b"\n")[:-1]:
        at, _, text = line[1:-1].partition(b",")
        cold[int(at)] = text
    return Records([hot[at * width : (at + 1) * width] for at in range(size)], cold)
