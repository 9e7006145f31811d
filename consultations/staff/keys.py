"""Key pairs and sealed boxes: the few ciphers that everything secret in the product is made with.

Boxes to a person or a consultation are HPKE (RFC 9180, base mode, X25519, HKDF-SHA256, AES-256-GCM); boxes under a key
that is already shared are AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce in front. Python cannot promise to
wipe a key from memory; it can only let go of it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from consultations.errors import N_, Problem

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class DoesNotOpen(Problem):
    """The key is not the one, or the place, or a bit was changed: authenticated ciphers do not say which."""

    status = 422
    message = N_("Something sealed could not be opened: the key does not fit, or the data were changed.")


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An X25519 key pair, 32 bytes each; the private half is kept out of `repr` and so out of logs."""

    public: bytes
    private: bytes = field(repr=False)


def new_key_pair() -> KeyPair:
    private = X25519PrivateKey.generate()
    return KeyPair(private.public_key().public_bytes_raw(), private.private_bytes_raw())


def public_key_of(private_key: bytes) -> bytes:
    """The public half that belongs to a private one; raises ValueError when it is not 32 bytes."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def canonical(*parts: bytes | str | int) -> bytes:
    """One way only to write down where a box belongs: each part as a type letter, its length in four bytes, its bytes.

    Joined without lengths, ("1", "23") and ("12", "3") would be the same place, and a box could be moved between them.
    """
    return b"".join(_canonical(part) for part in parts)


def seal_to(public_key: bytes, plaintext: bytes, info: str, place: bytes = b"") -> bytes:
    """Seal to whoever holds the private half; 48 bytes longer than `plaintext`.

    `info` says what kind of thing it is and `place` (see `canonical`) where it belongs; both must be given again to
    open. Both go into HPKE's `info`, which in single-shot use binds as its `aad` would (RFC 9180 section 8.1).
    """
    return _SUITE.encrypt(plaintext, X25519PublicKey.from_public_bytes(public_key), canonical(info, place))


def open_with(private_key: bytes, sealed: bytes, info: str, place: bytes = b"") -> bytes:
    """What `seal_to` sealed; raises DoesNotOpen."""
    return opener(private_key)(sealed, info, place)


def opener(private_key: bytes) -> Callable[[bytes, str, bytes], bytes]:
    """`open_with` under one key, for thousands of boxes: making the key ready takes longer than opening one.

    A key that is none opens nothing either.
    """
    try:
        ready = X25519PrivateKey.from_private_bytes(private_key)
    except ValueError:
        ready = None

    def open_one(sealed: bytes, info: str, place: bytes) -> bytes:
        if ready is None:
            raise DoesNotOpen
        try:
            return _SUITE.decrypt(sealed, ready, canonical(info, place))
        except (InvalidTag, ValueError):
            raise DoesNotOpen from None

    return open_one


@dataclass(frozen=True, slots=True)
class Turn:
    """A key pair that goes and the public half that comes in its place; kept out of `repr` as pairs are."""

    old_private: bytes = field(repr=False)
    new_public: bytes

    def resealed(self, sealed: bytes, info: str, place: bytes = b"") -> bytes:
        """What was sealed to the old pair, sealed to the new one in the same place; raises DoesNotOpen."""
        return seal_to(self.new_public, open_with(self.old_private, sealed, info, place), info, place)


def new_key() -> bytes:
    """A fresh AES-256 key."""
    return secrets.token_bytes(KEY_BYTES)


def seal_under(cipher: AESGCM, plaintext: bytes, place: bytes) -> bytes:
    """nonce || ciphertext || tag, 28 bytes longer than `plaintext`.

    Random nonces are good for 2^32 boxes under one key (SP 800-38D section 8.3); no key here makes a millionth of that.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plaintext, place)


def open_under(cipher: AESGCM, sealed: bytes, place: bytes) -> bytes:
    """What `seal_under` sealed; raises DoesNotOpen."""
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None


def derived(key: bytes, label: str, salt: bytes | None = None) -> bytes:
    """32 bytes for one purpose, by HKDF-SHA256 (RFC 5869): who learns one label's key learns nothing of another's."""
    return HKDF(SHA256(), KEY_BYTES, salt, label.encode()).derive(key)


def _canonical(part: bytes | str | int) -> bytes:
    if isinstance(part, bytes):
        letter, body = b"b", part
    elif isinstance(part, str):
        letter, body = b"s", part.encode()
    else:
        letter, body = b"i", str(part).encode()
    return letter + len(body).to_bytes(4, "big") + body
