"""Raw counts of questions by breakdowns, with the summed record keys that protection is computed from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from consultations.analysis.axes import Axis
from consultations.analysis.crossing import Crossing

#: Responses counted at once: their records fit a processor's cache, so that every question reads them from there. And
#: 2^16 keys of 32 bits sum to less than 2^53, the last whole number that a float64 holds exactly; numpy sums in those.
CHUNK = 2**16
#: Which bits each byte has, (256, 8), least significant first.
_BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").astype(np.uint64)
_PATTERNS = 256

Counts = npt.NDArray[np.uint64]
Codes = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what it is to be counted by."""

    question: Axis
    #: Its answers are counted by each of these; only the people who answered it by `people`.
    by: tuple[Crossing, ...]
    people: Crossing


@dataclass(frozen=True, slots=True)
class Tally:
    """One question counted in every cell of one crossing.

    Counts and key sums are additive: those of parts of the responses add up to those of all of them.
    """

    question: Axis
    by: Crossing
    #: (cells, layers, columns): one layer, or for a ranking one for each place.
    counts: Counts
    #: Sums of the record keys of the same people, modulo nothing: reduce them where they are used.
    keys: Counts
    #: (cells,) people who answered the question.
    bases: Counts
    base_keys: Counts


@dataclass(frozen=True, slots=True)
class Counted:
    """A question with all its tallies, in the order in which they were asked for."""

    question: Axis
    by: tuple[Tally, ...]
    #: Of people alone: it has no columns.
    people: Tally


def tallied(asked: Sequence[Asked], record_keys: npt.NDArray[np.uint32]) -> tuple[Counted, ...]:
    """Every question counted by each of its crossings."""
    work = [[*(_Counting(each.question, by) for by in each.by), *_people(each)] for each in asked]
    for start in range(0, len(record_keys), CHUNK):
        part = slice(start, start + CHUNK)
        keys = record_keys[part].astype(np.float64)
        for each, countings in zip(asked, work, strict=True):
            codes = np.ascontiguousarray(each.question.codes[part])
            for counting in countings:
                counting.add(codes, counting.by.cells[part], keys)
    found = [tuple(counting.tally() for counting in countings) for countings in work]
    return tuple(
        Counted(each.question, tallies[: len(each.by)], next(one for one in tallies if one.by is each.people))
        for each, tallies in zip(asked, found, strict=True)
    )


def _people(asked: Asked) -> list[_Counting]:
    """Nothing where the people are counted by that crossing with their answers."""
    return [] if any(by is asked.people for by in asked.by) else [_Counting(asked.question, asked.people, "people")]


class _Counting:
    """Sums of one question by one crossing, as the responses come in."""

    def __init__(self, question: Axis, by: Crossing, kind: str = "") -> None:
        self.question, self.by = question, by
        self._layers, self._read = _KINDS.get(kind or question.kind, (_one, _read))
        layers, self._width = self._layers(question, question.codes[:0])
        self._sums = np.zeros((2, len(layers), len(by.answers) * self._width), np.uint64)

    def add(self, codes: Codes, cells: npt.NDArray[np.int32], keys: npt.NDArray[np.float64]) -> None:
        layers, width = self._layers(self.question, codes)
        first, size = np.multiply(cells, width, dtype=np.intp), self._sums.shape[2]
        for number, layer in enumerate(layers):
            place = first + layer
            self._sums[0, number] += np.bincount(place, minlength=size).astype(np.uint64)
            self._sums[1, number] += np.bincount(place, keys, minlength=size).astype(np.uint64)

    def tally(self) -> Tally:
        sums = self._sums.reshape(*self._sums.shape[:2], len(self.by.answers), self._width)
        columns, (bases, base_keys) = self._read(self.question, sums)
        counts, keys = np.ascontiguousarray(columns.transpose(0, 2, 1, 3))
        return Tally(self.question, self.by, counts, keys, bases, base_keys)


def _one(question: Axis, codes: Codes) -> tuple[Sequence[Codes], int]:
    """What is counted, one array (responses,) for each layer, and how many different values it has."""
    return (codes,), 1 + len(question.categories)


def _bytes(question: Axis, masks: Codes) -> tuple[Sequence[Codes], int]:
    # Byte by byte, because the patterns of one byte are 256 and those of a long list are beyond counting. People are a
    # layer of their own: who chose in one byte may have chosen in another.
    return (*masks.T, _has_answer(question, masks)), _PATTERNS


def _places(question: Axis, orders: Codes) -> tuple[Sequence[Codes], int]:
    return tuple(orders.T), 1 + len(question.categories)


def _answered(question: Axis, codes: Codes) -> tuple[Sequence[Codes], int]:
    return (_has_answer(question, codes),), 2


def _has_answer(question: Axis, codes: Codes) -> Codes:
    """(responses,) whether there is an answer: of a ranking its first place, of a multiple one choice."""
    if question.kind != "multiple":
        return np.asarray((codes if codes.ndim == 1 else codes[:, 0]) > 0)
    chosen = codes[:, 0] > 1  # bit 0 says that it was asked; an answer has some other bit
    for byte in range(1, codes.shape[1]):
        chosen = chosen | (codes[:, byte] > 0)
    return np.asarray(chosen)


def _read(question: Axis, sums: Counts) -> tuple[Counts, Counts]:
    """Sums (2, layers, cells, values) -> those of the columns, (2, layers, cells, columns), and bases (2, cells)."""
    columns = sums[..., 1:]
    return columns, columns[:, 0].sum(axis=-1)


def _read_bytes(question: Axis, sums: Counts) -> tuple[Counts, Counts]:
    bits = np.concatenate([sums[:, byte] @ _BITS for byte in range(sums.shape[1] - 1)], axis=-1)
    return bits[:, np.newaxis, :, 1 : 1 + len(question.categories)], sums[:, -1, :, 1]


_Layers = Callable[[Axis, Codes], tuple[Sequence[Codes], int]]
_Read = Callable[[Axis, Counts], tuple[Counts, Counts]]
#: The kind of a question -> what is counted, and how columns come of it; a code is its own column otherwise.
_KINDS: Mapping[str, tuple[_Layers, _Read]] = MappingProxyType(
    {"multiple": (_bytes, _read_bytes), "ranking": (_places, _read), "people": (_answered, _read)}
)
