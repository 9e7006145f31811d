"""Tries every key that can be had from a seized server and its secret on everything that is sealed there."""

from __future__ import annotations

import ast
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

from consultations.settings import PROJECT
from consultations.staff.keys import KEY_BYTES, NONCE_BYTES, derived, public_key_of

#: How GCM counts its blocks: the first of the text is number two (NIST SP 800-38D section 7.1).
_FIRST_BLOCK = (2).to_bytes(4, "big")
_LOOK_BYTES = 64
_CONSULTATIONS = range(1, 4)


@dataclass(frozen=True, slots=True)
class Opened:
    """A blob that some key made sense of."""

    where: str
    plain: bytes


def labels() -> set[str]:
    """Every label that the product derives a key with, from its source."""
    found = set()
    for file in sorted((PROJECT / "consultations").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "derived":
                found |= {part.value for part in ast.walk(node) if _is_text(part)}
                if any(isinstance(part, ast.JoinedStr) for part in node.args):
                    found |= {f"receipt tag {number}" for number in _CONSULTATIONS}
    return found


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def keys_from(secret: bytes, materials: Iterable[bytes]) -> Iterator[bytes]:
    """Each material as a key where it has the length of one, and all that can be derived from it by our labels."""
    salts = (None, secret, *(number.to_bytes(8, "big") for number in _CONSULTATIONS))
    for material in {secret, hashlib.sha256(b"staff cookies" + secret).digest(), *materials}:
        if len(material) == KEY_BYTES:
            yield material
        for label in labels_once():
            for salt in salts:
                yield derived(material, label, salt)


def labels_once() -> tuple[str, ...]:
    if not _LABELS:
        _LABELS.extend(sorted(labels()))
    return tuple(_LABELS)


_LABELS: list[str] = []


def opened(keys: Iterable[bytes], blobs: Iterable[tuple[str, bytes]]) -> Iterator[Opened]:
    """What some key turns into words. Tags are not looked at, so no place has to be guessed: more than we promise."""
    sealed = [(where, blob) for where, blob in blobs if len(blob) > NONCE_BYTES + _LOOK_BYTES // 2]
    for key in keys:
        cipher = AES(key)
        for where, blob in sealed:
            counter = CTR(blob[:NONCE_BYTES] + _FIRST_BLOCK)
            start = Cipher(cipher, counter).decryptor().update(blob[NONCE_BYTES : NONCE_BYTES + _LOOK_BYTES])
            if makes_sense(start):
                yield Opened(where, Cipher(cipher, counter).decryptor().update(blob[NONCE_BYTES:]))


def makes_sense(start: bytes) -> bool:
    """Words, or what the product puts before words: a length of four bytes, then JSON or its compressed form."""
    if start[:2] == b"\0\0":
        return True
    try:
        words = start[: _LOOK_BYTES // 2].decode("utf-8", "strict")
    except UnicodeDecodeError as problem:
        if problem.start < _LOOK_BYTES // 2 - 4:
            return False
        words = start[: problem.start].decode()
    return words.isprintable()


def inflated(plain: bytes) -> bytes:
    """What compressed content behind a length holds; nothing where there is none."""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(plain[4:])
    except zlib.error:
        return b""


def private_keys(keys: Iterable[bytes], public: set[bytes]) -> list[bytes]:
    """Those keys that are the private half of some public key."""
    return [key for key in keys if public_key_of(key) in public]


def secret_of(instance: Path) -> bytes:
    """The server's secret, as whoever has the disk reads it."""
    return (instance / "secret").read_bytes()
