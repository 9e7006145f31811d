"""Sealed files: a stream of bytes under a fresh key, for one recipient; what docs/portable-format.md describes.

The key is sealed to a person's public key (HPKE), or to a passphrase (Argon2id). Chunks are numbered and the last one
is marked (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015), so that a file that was cut,
reordered or joined from two does not open.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consultations.errors import N_, Problem
from consultations.staff.keys import (
    TAG_BYTES,
    DoesNotOpen,
    canonical,
    new_key,
    open_under,
    open_with,
    seal_to,
    seal_under,
)
from consultations.staff.passphrases import as_typed
from consultations.staff.stretching import new_salt, stretched

MAGIC = b"sealed-consultation 1\n"
CHUNK_BYTES = 2**20
_LENGTH_BYTES = 4
_MOST_HEADER_BYTES = 4096
_INFO = "export key"


class NotASealedFile(Problem):
    status = 422
    message = N_("This is not a sealed export of a consultation, or it is of a later version.")


class NotForThisKey(Problem):
    status = 422
    message = N_("This export does not open: it is for another key or passphrase, or it was changed.")


@dataclass(frozen=True, slots=True)
class ToPerson:
    """Somebody of another installation, by their public key (32 bytes)."""

    public_key: bytes


@dataclass(frozen=True, slots=True)
class ToPassphrase:
    """Whoever has six generated words."""

    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opener:
    """What the reader has: a private key, a passphrase, or both."""

    private_key: bytes = field(default=b"", repr=False)
    passphrase: str = field(default="", repr=False)


def write(file: BinaryIO, content: Iterable[bytes], to: ToPerson | ToPassphrase) -> None:
    """Seal everything that `content` gives, end to end."""
    key = new_key()
    header = json.dumps(_header(key, to), sort_keys=True).encode()
    file.write(MAGIC + len(header).to_bytes(_LENGTH_BYTES, "big") + header)
    cipher, bound = AESGCM(key), _bound(header)
    for number, (chunk, is_last) in enumerate(_chunks(content)):
        sealed = cipher.encrypt(_nonce(number, is_last), chunk, bound)
        file.write(len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed)


def read(file: BinaryIO, opener: Opener) -> Iterator[bytes]:
    """The content, chunk by chunk, each checked before it is given out; wait for the end before trusting it is whole.

    Raises NotASealedFile, NotForThisKey.
    """
    header = _read_header(file)
    cipher, bound = AESGCM(_key(header, opener)), _bound(header)
    number, sealed = 0, _read_chunk(file)
    while True:
        following = _read_chunk(file)
        try:
            yield cipher.decrypt(_nonce(number, not following), sealed, bound)
        except (InvalidTag, ValueError):
            raise NotForThisKey from None
        if not following:
            return
        number, sealed = number + 1, following


def is_for_passphrase(file: BinaryIO) -> bool:
    """Whether a passphrase opens it, and no person's key; leaves the file at its beginning. Raises NotASealedFile."""
    to: str = json.loads(_read_header(file))["to"]
    file.seek(0)
    return to == "passphrase"


def _header(key: bytes, to: ToPerson | ToPassphrase) -> dict[str, object]:
    if isinstance(to, ToPerson):
        return {"to": "person", "public_key": to.public_key.hex(), "key": seal_to(to.public_key, key, _INFO).hex()}
    salt = new_salt()
    wrapping = stretched(as_typed(to.passphrase), salt).wrapping_key
    return {"to": "passphrase", "salt": salt.hex(), "key": seal_under(AESGCM(wrapping), key, canonical(_INFO)).hex()}


def _key(header: bytes, opener: Opener) -> bytes:
    fields = json.loads(header)
    try:
        sealed = bytes.fromhex(fields["key"])
        if fields["to"] == "person":
            return open_with(opener.private_key, sealed, _INFO)
        wrapping = stretched(as_typed(opener.passphrase), bytes.fromhex(fields["salt"])).wrapping_key
        return open_under(AESGCM(wrapping), sealed, canonical(_INFO))
    except (DoesNotOpen, KeyError, TypeError, ValueError):
        raise NotForThisKey from None


def _read_header(file: BinaryIO) -> bytes:
    if file.read(len(MAGIC)) != MAGIC:
        raise NotASealedFile
    length = int.from_bytes(file.read(_LENGTH_BYTES), "big")
    header = file.read(length) if length <= _MOST_HEADER_BYTES else b""
    try:
        if json.loads(header)["to"] not in ("person", "passphrase"):
            raise NotASealedFile
    except (ValueError, KeyError, TypeError):
        raise NotASealedFile from None
    return header


def _read_chunk(file: BinaryIO) -> bytes:
    length = int.from_bytes(file.read(_LENGTH_BYTES), "big")
    if length > CHUNK_BYTES + TAG_BYTES:
        raise NotForThisKey
    return file.read(length)


def _chunks(content: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """(chunk, whether it is the last); one at least."""
    waiting = bytearray()
    for each in content:
        waiting += each
        while len(waiting) > CHUNK_BYTES:
            yield bytes(waiting[:CHUNK_BYTES]), False
            del waiting[:CHUNK_BYTES]
    yield bytes(waiting), True


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _bound(header: bytes) -> bytes:
    return hashlib.sha256(MAGIC + header).digest()
