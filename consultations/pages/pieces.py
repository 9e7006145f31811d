"""A page in pieces: what is alike for everybody, compressed once, and between it what is one respondent's own.

A gzip stream is a row of blocks (RFC 1951 section 2.3), so that blocks made at different times can stand in one.
Compressing a whole page with Brotli takes longer than everything else about it together; in pieces it is some 200
bytes larger and costs next to nothing.
"""

from __future__ import annotations

import secrets
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

#: No deflate stream, no magic beyond RFC 1952: no name, no time, an unknown system.
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_LONGEST_BLOCK = 0xFFFF
#: Levels of deflate, for what is compressed once and what is compressed each time.
_SMALLEST, _QUICKER = 9, 6


class Told(bytes):
    """What goes between the pieces and is worth compressing: words. Anything else is sealed, or short."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A page without what is anybody's own."""

    constant: tuple[bytes, ...]
    deflated: tuple[bytes, ...]

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
        return cls((*texts, last), deflated)

    def plain(self, *own: bytes) -> bytes:
        """The page with what is somebody's own in the places of the marks."""
        return b"".join(part for pair in zip_longest(self.constant, own, fillvalue=b"") for part in pair)

    def gzipped(self, *own: bytes) -> bytes:
        """`plain(*own)` as gzip (RFC 1952)."""
        blocks = (_deflated(text, _QUICKER) if isinstance(text, Told) else _stored(text) for text in own)
        plain = self.plain(*own)
        end = struct.pack("<II", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)
        stream = (part for pair in zip_longest(self.deflated, blocks, fillvalue=b"") for part in pair)
        return b"".join((_GZIP_HEAD, *stream, end))


def new_mark() -> str:
    """What stands for somebody's own while a page is drawn for nobody; it occurs nowhere else."""
    return secrets.token_hex(16)


def takes_gzip(accept_encoding: str) -> bool:
    """Whether a browser takes gzip: every one since 1999 does, and says so without a quality value."""
    return "gzip" in accept_encoding and "gzip;q=0" not in accept_encoding.replace(" ", "")


def _stored(content: bytes) -> bytes:
    """Blocks without compression (RFC 1951 section 3.2.4); sealed bytes have nothing to compress."""
    return b"".join(_stored_blocks(content))


def _stored_blocks(content: bytes) -> Iterator[bytes]:
    for first in range(0, len(content), _LONGEST_BLOCK):
        block = content[first : first + _LONGEST_BLOCK]
        yield struct.pack("<BHH", 0, len(block), len(block) ^ 0xFFFF) + block


def _deflated(content: bytes, level: int, flush: int = zlib.Z_FULL_FLUSH) -> bytes:
    deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(content) + deflate.flush(flush)
