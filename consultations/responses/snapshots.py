"""Many opened answers as sealed parts of a few megabytes, in columns as far as they have any."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consultations.staff.keys import DoesNotOpen, Turn, canonical, new_key, open_under, open_with, seal_to, seal_under

#: Since 2, records have a place for a receipt. Since 3, what was one block of bytes is parts.
FORMAT = 3
#: How the key is sealed has not changed since.
_KEY_FORMAT = 2
_ONE_BLOCK = 2
_INFO = "snapshot key"
_HOT, _TEXTS = "hot", "texts"
#: A million answers are a hundred megabytes: only so much of them is in memory twice.
PART_BYTES = 8 * 2**20


@dataclass(frozen=True, slots=True)
class SnapshotPlace:
    """What a snapshot belongs to; it opens nowhere else."""

    consultation_id: int
    form_version: str

    def canonical(self) -> bytes:
        """Of the key."""
        return canonical(_KEY_FORMAT, self.consultation_id, self.form_version)

    def of(self, kind: str, number: int) -> bytes:
        """Of one part: none can be left out, or stand where another stood."""
        return canonical(FORMAT, self.consultation_id, self.form_version, kind, number)


@dataclass(frozen=True, slots=True)
class Records:
    """Answers, opened: the same index in `hot` is the same answer as in `places`."""

    #: (answers, bytes of a record), uint8.
    hot: npt.NDArray[np.uint8] = field(repr=False)
    #: (answers with free text,) int64: which answer each of `texts` belongs to.
    places: npt.NDArray[np.int64] = field(repr=False)
    #: JSON objects, none of them empty.
    texts: list[bytes] = field(repr=False)

    def __len__(self) -> int:
        return len(self.hot)


def records_of(hot: bytes | bytearray, width: int, places: Iterable[int], texts: list[bytes]) -> Records:
    """Records of `width` bytes, end to end, and the free text of some."""
    rows = np.frombuffer(hot, np.uint8).reshape(-1, width) if width else np.zeros((0, 0), np.uint8)
    return Records(rows, np.fromiter(places, np.int64), texts)


def joined(several: Sequence[Records]) -> Records:
    """All of them, one after another; those without answers may be of another width."""
    filled = [records for records in several if len(records)]
    if len(filled) < 2:
        return filled[0] if filled else records_of(b"", 0, (), [])
    starts = np.cumsum([0, *(len(records) for records in filled[:-1])])
    return Records(
        np.concatenate([records.hot for records in filled]),
        np.concatenate([records.places + start for records, start in zip(filled, starts, strict=True)]),
        [text for records in filled for text in records.texts],
    )


def kept(records: Records, wanted: npt.NDArray[np.bool_]) -> Records:
    """The answers that are wanted, in their order."""
    moved = np.cumsum(wanted) - 1
    left = wanted[records.places]
    texts = [text for text, stays in zip(records.texts, left.tolist(), strict=True) if stays]
    return Records(records.hot[wanted], moved[records.places[left]], texts)


def shuffled(records: Records) -> Records:
    """The same answers in a drawn order: they are sorted by 64 random bits each, which a million takes 0.1 s for."""
    drawn = np.frombuffer(secrets.token_bytes(8 * len(records)), dtype=np.uint64)
    order = np.argsort(drawn, kind="stable")
    moved = np.empty(len(records), np.int64)
    moved[order] = np.arange(len(records))
    places = moved[records.places]
    in_order = np.argsort(places, kind="stable")
    hot = records.hot.take(order, axis=0)  # a quarter of what `hot[order]` takes
    return Records(hot, places[in_order], [records.texts[at] for at in in_order.tolist()])


def resealed_snapshot_key(turn: Turn, place: SnapshotPlace, sealed_key: bytes) -> bytes:
    """The same key for the new pair of the consultation; raises DoesNotOpen."""
    return turn.resealed(sealed_key, _INFO, place.canonical())


@dataclass(frozen=True, slots=True)
class Sealed:
    """A snapshot as it is stored; `parts` are sealed one by one while they are taken."""

    key: bytes
    head: bytes
    parts: Iterator[bytes]


def seal_snapshot(public_key: bytes, place: SnapshotPlace, records: Records) -> Sealed:
    """A fresh key sealed to the consultation, and everything under that key.

    The head is JSON: the number and the length of the hot records, and how many parts there are of each kind. A hot
    part is records end to end; a part of texts is a line `[index,{...}]` for each answer with free text, in the order
    of the records.
    """
    key = new_key()
    cipher, width = AESGCM(key), records.hot.shape[1]
    at_once = max(1, PART_BYTES // max(1, width))
    hot = [records.hot[start : start + at_once] for start in range(0, len(records), at_once)]
    texts = list(_of_one_part(records))
    shape = {"size": len(records), "width": width, _HOT: len(hot), _TEXTS: len(texts)}
    head = seal_under(cipher, json.dumps(shape).encode(), place.of("head", 0))
    return Sealed(seal_to(public_key, key, _INFO, place.canonical()), head, _parts(cipher, place, records, hot, texts))


def _parts(
    cipher: AESGCM, place: SnapshotPlace, records: Records, hot: list[npt.NDArray[np.uint8]], texts: list[slice]
) -> Iterator[bytes]:
    for number, rows in enumerate(hot):
        yield seal_under(cipher, rows.tobytes(), place.of(_HOT, number))
    for number, some in enumerate(texts):
        lines = zip(records.places[some].tolist(), records.texts[some], strict=True)
        yield seal_under(cipher, b"".join(b"[%d,%b]\n" % line for line in lines), place.of(_TEXTS, number))


def _of_one_part(records: Records) -> Iterator[slice]:
    start = size = 0
    for at, text in enumerate(records.texts):
        size += len(text)
        if size >= PART_BYTES:
            yield slice(start, at + 1)
            start, size = at + 1, 0
    if start < len(records.texts):
        yield slice(start, len(records.texts))


class Opened:
    """A snapshot that its key opened; records and texts are opened when they are asked for.

    `part` gives the n-th of `Sealed.parts`, hot ones first; what was sealed in one block before has none.
    """

    def __init__(self, cipher: AESGCM, place: SnapshotPlace, head: bytes, part: Callable[[int], bytes]) -> None:
        self._cipher, self._place, self._part, self._block = cipher, place, part, b""
        try:
            shape = json.loads(open_under(cipher, head, place.of("head", 0)))
        except DoesNotOpen:
            line, _, self._block = open_under(
                cipher, head, canonical(_ONE_BLOCK, place.consultation_id, place.form_version)
            ).partition(b"\n")
            shape = {**json.loads(line), _HOT: 0, _TEXTS: 0}
        self.size, self.width = int(shape["size"]), int(shape["width"])
        self._hot_parts, self._text_parts = int(shape[_HOT]), int(shape[_TEXTS])

    def hot(self) -> bytes:
        """Records end to end. Raises DoesNotOpen."""
        if self._block:
            return self._block[: self.size * self.width]
        parts = (open_under(self._cipher, self._part(n), self._place.of(_HOT, n)) for n in range(self._hot_parts))
        return b"".join(parts)

    def lines(self) -> Iterator[bytes]:
        """`[index,{...}]` of each answer with free text. Raises DoesNotOpen."""
        if self._block:
            yield from self._block[self.size * self.width :].split(b"\n")[:-1]
        for n in range(self._text_parts):
            part = open_under(self._cipher, self._part(self._hot_parts + n), self._place.of(_TEXTS, n))
            yield from part.split(b"\n")[:-1]

    def texts(self) -> dict[int, dict[str, str]]:
        """The free text of each answer that has some, by question."""
        return {at: text for at, text in map(json.loads, self.lines())}  # noqa: C416 - pairs are lists here

    def records(self) -> Records:
        """Everything, to be shuffled with more."""
        cut = [line[1:-1].partition(b",") for line in self.lines()]
        return records_of(self.hot(), self.width, (int(at) for at, _, _ in cut), [text for _, _, text in cut])


def open_snapshot_key(private_key: bytes, place: SnapshotPlace, sealed_key: bytes) -> AESGCM:
    """Raises DoesNotOpen."""
    return AESGCM(open_with(private_key, sealed_key, _INFO, place.canonical()))
