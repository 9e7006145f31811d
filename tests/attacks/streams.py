"""Compressed streams, wherever in some bytes they begin."""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import brotli
import numpy as np

#: More of one stream is not read.
MOST_BYTES = 8 * 2**20
#: Streams without any mark at their beginning are tried at each place of bytes as short as this ...
SHORT_BYTES = 256
#: ... and elsewhere near the beginning: after a nonce and a length is where the product would put such a stream.
BEGINNING_BYTES = 48
_LEAST_BYTES = 6
_STEP = 64


def _inflated(bits: int) -> Callable[[bytes], bytes]:
    def opened(data: bytes) -> bytes:
        return zlib.decompressobj(bits).decompress(data, MOST_BYTES)

    return opened


def _unbrotlied(data: bytes) -> bytes:
    """A few bytes at a time: what follows the stream would otherwise make an error of it all."""
    reader, content = brotli.Decompressor(), bytearray()
    for start in range(0, len(data), _STEP):
        try:
            content += reader.process(data[start : start + _STEP])
        except brotli.error:
            return bytes(content + _last_of(data[:start], data[start : start + _STEP]))
    return bytes(content)


def _last_of(before: bytes, last: bytes) -> bytes:
    """What the bytes in `last` add to the stream that ends among them."""
    reader, content = brotli.Decompressor(), bytearray()
    reader.process(before)
    for place in range(len(last)):
        try:
            content += reader.process(last[place : place + 1])
        except brotli.error:
            break
    return bytes(content)


def _entry_of_zip(data: bytes) -> bytes:
    name, extra = int.from_bytes(data[26:28], "little"), int.from_bytes(data[28:30], "little")
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data[30 + name + extra :], MOST_BYTES)


def _body_in_cache(data: bytes) -> bytes:
    return _unbrotlied(data[24 + int.from_bytes(data[12:16], "little") :])


#: What begins with bytes that give it away.
MARKED: Mapping[str, tuple[bytes, Callable[[bytes], bytes]]] = MappingProxyType(
    {
        # Chromium's cache: 24 bytes with the length of the address, the address, the body as it came.
        "cached brotli": (rb"\x30\x5c\x72\xa7\x1b\x6d\xfb\xfc", _body_in_cache),
        "gzip": (rb"\x1f\x8b\x08", _inflated(zlib.MAX_WBITS | 16)),
        "zip": (rb"PK\x03\x04", _entry_of_zip),
        "bzip2": (rb"BZh[1-9]", lambda data: bz2.BZ2Decompressor().decompress(data, MOST_BYTES)),
        "xz": (rb"\xfd7zXZ\x00", lambda data: lzma.LZMADecompressor().decompress(data, MOST_BYTES)),
    }
)
UNMARKED: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {"raw deflate": _inflated(-zlib.MAX_WBITS), "brotli": _unbrotlied}
)
_FAILURES = (zlib.error, brotli.error, OSError, EOFError, lzma.LZMAError)


def streams_in(data: bytes) -> Iterator[tuple[str, bytes]]:
    """(kind and place, what it holds) of everything that opens as a stream; much of it by luck."""
    for kind, (mark, opened) in MARKED.items():
        for found in re.finditer(mark, data):
            yield from _tried(kind, opened, data, found.start())
    for place in _zlib_heads(data):
        yield from _tried("zlib", _inflated(zlib.MAX_WBITS), data, place)
    places = range(len(data) if len(data) <= SHORT_BYTES else BEGINNING_BYTES)
    for kind, opened in UNMARKED.items():
        for place in places:
            yield from _tried(kind, opened, data, place)


def _zlib_heads(data: bytes) -> list[int]:
    """RFC 1950: method 8 in the first byte, both bytes together a multiple of 31, no dictionary."""
    signs = np.frombuffer(data, np.uint8)
    if len(signs) < 2:
        return []
    first, second = signs[:-1], signs[1:]
    # Method and window first: of random bytes one in thirty-two is left for what takes longer.
    places = np.flatnonzero(((first & 0x0F) == 8) & (first <= 0x78))
    pairs = first[places].astype(np.uint16) * 256 + second[places]
    found: list[int] = places[(pairs % 31 == 0) & (second[places] & 0x20 == 0)].tolist()
    return found


def _tried(kind: str, opened: Callable[[bytes], bytes], data: bytes, place: int) -> Iterator[tuple[str, bytes]]:
    # A look at the beginning: copying the rest of a large file for each place would take hours.
    try:
        if len(opened(data[place : place + 512])) < _LEAST_BYTES:
            return
    except _FAILURES:
        return
    for size in (2**16, MOST_BYTES):
        try:
            content = opened(data[place : place + size])
        except _FAILURES:
            return
        if len(content) < 4 * size or len(data) - place <= size:
            break
    yield f"{kind} at {place}", content
