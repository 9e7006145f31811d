"""A page in pieces: what is alike for everybody, compressed once, and between it what is one respondent's own.

A gzip stream is a row of blocks (RFC 1951 section 2.3), so that blocks made at different times can stand in one.
Compressing a whole page takes longer than everything else about it together; in pieces it costs next to nothing.

In Brotli, blocks refer to a dictionary by how far they are from the beginning (RFC 7932 section 8), so that nothing
compressed can follow what differs in length. A page with one piece of somebody's own, near its end, is Brotli all the
same: compressed before it, and as it is from there. That is a fifth smaller than gzip.
"""

from __future__ import annotations

import secrets
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

#: No deflate stream, no magic beyond RFC 1952: no name, no time, an unknown system.
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_LONGEST_BLOCK = 0xFFFF
#: Levels of deflate, for what is compressed once and what is compressed each time.
_SMALLEST, _QUICKER = 9, 6
#: Of Brotli, for what is compressed once: 1 % larger than the slowest, and half as slow (some 10 ms a page).
_BROTLI_QUALITY = 10
#: A last and empty block (RFC 7932 section 9.2).
_BROTLI_END = b"\x03"
#: Longer ends than this would take more as they are than Brotli saves.
_LONGEST_END = 500


class Told(bytes):
    """What goes between the pieces and is worth compressing: words. Anything else is sealed, or short."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A page without what is anybody's own."""

    constant: tuple[bytes, ...]
    deflated: tuple[bytes, ...]
    #: The beginning, where nothing but one piece of somebody's own and a short end come after it.
    brotli: bytes

    @classmethod
    def between(cls, page: str, *marks: str) -> Pieces:
        """The page as it was drawn with these marks in it, each once and in this order. Raises ValueError."""
        texts, rest = [], page
        for mark in marks:
            before, found, rest = rest.partition(mark)
            if not found:
                raise ValueError("a mark is not in the page")
            texts.append(before.encode())
        last = rest.encode()
        deflated = (*(_deflated(text, _SMALLEST) for text in texts), _deflated(last, _SMALLEST, zlib.Z_FINISH))
        is_short = len(texts) == 1 and len(last) < _LONGEST_END
        return cls((*texts, last), deflated, _brotli_beginning(texts[0]) if is_short else b"")

    def plain(self, *own: bytes) -> bytes:
        """The page with what is somebody's own in the places of the marks."""
        return b"".join(part for pair in zip_longest(self.constant, own, fillvalue=b"") for part in pair)

    def encoded(self, accept_encoding: str, *own: bytes) -> tuple[str, bytes]:
        """`plain(*own)` for a browser that takes these encodings, and the `Content-Encoding`: '' for none."""
        taken = _taken(accept_encoding)
        if self.brotli and taken.quality("br") > 0:
            return "br", b"".join((self.brotli, *_verbatim(own[0] + self.constant[-1]), _BROTLI_END))
        return ("gzip", self._gzipped(own)) if taken.quality("gzip") > 0 else ("", self.plain(*own))

    def _gzipped(self, own: tuple[bytes, ...]) -> bytes:
        blocks = (_deflated(text, _QUICKER) if isinstance(text, Told) else _stored(text) for text in own)
        plain = self.plain(*own)
        end = struct.pack("<II", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)
        stream = (part for pair in zip_longest(self.deflated, blocks, fillvalue=b"") for part in pair)
        return b"".join((_GZIP_HEAD, *stream, end))


def new_mark() -> str:
    """What stands for somebody's own while a page is drawn for nobody; it occurs nowhere else."""
    return secrets.token_hex(16)


@lru_cache(maxsize=64)
def _taken(accept_encoding: str) -> Accept:
    """What a browser takes, as it says (RFC 9110 section 12.5.3); few say it in other words than all others."""
    return parse_accept_header(accept_encoding)


def _stored(content: bytes) -> bytes:
    """Blocks without compression (RFC 1951 section 3.2.4); sealed bytes have nothing to compress."""
    return b"".join(_stored_blocks(content))


def _stored_blocks(content: bytes) -> Iterator[bytes]:
    for first in range(0, len(content), _LONGEST_BLOCK):
        block = content[first : first + _LONGEST_BLOCK]
        yield struct.pack("<BHH", 0, len(block), len(block) ^ 0xFFFF) + block


def _verbatim(content: bytes) -> Iterator[bytes]:
    """Uncompressed blocks of Brotli (RFC 7932 section 9.2): not the last, four nibbles of length less one, a bit."""
    for first in range(0, len(content), _LONGEST_BLOCK):
        block = content[first : first + _LONGEST_BLOCK]
        yield ((len(block) - 1) << 3 | 1 << 19).to_bytes(3, "little") + block


def _brotli_beginning(content: bytes) -> bytes:
    """A stream that ends with a whole byte, and that other blocks can follow."""
    compressor = brotli.Compressor(quality=_BROTLI_QUALITY)
    beginning: bytes = compressor.process(content) + compressor.flush()
    return beginning


def _deflated(content: bytes, level: int, flush: int = zlib.Z_FULL_FLUSH) -> bytes:
    deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(content) + deflate.flush(flush)
