"""Searches files, and values of databases, for texts in every form that they may have there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.attacks.needles import forms_of, forms_of_bytes, forms_of_number
from tests.attacks.streams import streams_in

_PIECE_BYTES = 4 * 2**20
_HEAD = 4
_HASH, _BITS = np.uint32(2654435761), 24
#: A stream in a stream in a stream: a gzipped page in a cache in a backup.
_DEPTH = 3


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A text that was found: which, in what form, and where."""

    where: str
    what: str
    encoding: str


@dataclass(slots=True)
class Found:
    """What a search came to."""

    hits: set[Hit] = field(default_factory=set)
    files: int = 0
    values: int = 0
    bytes: int = 0
    streams: int = 0

    def __str__(self) -> str:
        what = f"{self.files} files and {self.values} database values, {self.bytes / 1e6:.1f} MB"
        return f"{what}, {self.streams} compressed streams: {len(self.hits)} hits"


_FORMS: Mapping[type, Callable[..., dict[bytes, str]]] = {
    str: forms_of,
    int: forms_of_number,
    bytes: forms_of_bytes,
}


class Search:
    """Looks for texts by name. Thousands of forms at once: four bytes of each, in a table, say where to look closer."""

    def __init__(self, texts: Mapping[str, str | int | bytes]) -> None:
        self.found = Found()
        #: Four bytes of a form -> where in it they stand, itself, whose it is, and what it is.
        self._forms: dict[bytes, list[tuple[int, bytes, str, str]]] = defaultdict(list)
        self._table: npt.NDArray[np.bool_] = np.zeros(2**_BITS, np.bool_)
        self.size = 0
        for name, text in texts.items():
            for form, encoding in _FORMS[type(text)](text).items():
                at = _telling(form)
                self._forms[form[at : at + _HEAD]].append((at, form, name, encoding))
                self.size += 1
        heads = np.frombuffer(b"".join(self._forms), "<u4") if self._forms else np.zeros(0, "<u4")
        self._table[_hashed(heads)] = True

    def files(self, paths: Iterable[Path]) -> Found:
        """Search files, and what is compressed in them; folders with all that is in them. Names count as content."""
        for path in paths:
            if path.is_dir():
                self.files(sorted(path.iterdir()))
            elif path.is_file():
                self.found.files += 1
                self.bytes(path.read_bytes(), str(path))
            self._look(str(path.name).encode("utf-8", "surrogateescape"), f"the name of {path}")
        return self.found

    def value(self, value: object, where: str) -> None:
        """Search one value of a database, as bytes or as text."""
        self.found.values += 1
        if isinstance(value, bytes | memoryview | bytearray):
            self.bytes(bytes(value), where)
        elif value is not None:
            self.bytes(str(value).encode("utf-8", "surrogatepass"), where)

    def bytes(self, data: bytes, where: str, depth: int = _DEPTH) -> None:
        """Search some bytes, and whatever is compressed in them."""
        self.found.bytes += len(data)
        self._look(data, where)
        if depth:
            for kind, content in streams_in(data):
                self.found.streams += 1
                self._look(content, f"{where}, {kind}")
                if len(content) >= 20 and kind.split()[0] not in ("raw", "brotli"):
                    self.bytes(content, f"{where}, {kind}", depth - 1)

    def _look(self, data: bytes, where: str) -> None:
        for start in range(0, len(data), _PIECE_BYTES):
            piece = data[start : start + _PIECE_BYTES + _HEAD]
            for place in self._places(piece):
                self._closer(data, start + place, where)

    def _places(self, piece: bytes) -> list[int]:
        if len(piece) < _HEAD:
            return []
        signs = np.frombuffer(piece, np.uint8).astype(np.uint32)
        heads = signs[:-3] | signs[1:-2] << 8 | signs[2:-1] << 16 | signs[3:] << 24
        found: list[int] = np.flatnonzero(self._table[_hashed(heads)]).tolist()
        return found

    def _closer(self, data: bytes, place: int, where: str) -> None:
        for at, form, name, encoding in self._forms.get(data[place : place + _HEAD], ()):
            if place >= at and data.startswith(form, place - at):
                self.found.hits.add(Hit(where, name, encoding))


def _telling(form: bytes) -> int:
    """Where the four bytes begin that are least like others: a number may start with as many zeros as a page has."""
    return max(range(len(form) - _HEAD + 1), key=lambda at: len(set(form[at : at + _HEAD]) - {0}))


def _hashed(heads: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    return (heads * _HASH) >> np.uint32(32 - _BITS)
