"""One answer as two sealed blobs that belong in one place only."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consultations.staff.keys import DoesNotOpen, Turn, canonical, open_under, opener, seal_to, seal_under

#: The version of what is written here; it is part of every seal. Since 2, records have a place for a receipt.
FORMAT = 2
ID_BYTES = 16
#: The smallest cold part; every longer one is twice the one before.
LEAST_COLD_BYTES = 256
_LENGTH_BYTES = 4
_EPOCH_INFO = "epoch key"


@dataclass(frozen=True, slots=True)
class Place:
    """Where answers of one epoch belong. Sealed into every blob, so a blob that was moved does not open."""

    consultation_id: int
    #: The questionnaire's version: a record read by another form's layout would be other answers.
    form_version: str
    epoch_id: bytes
    #: What all rows of the epoch share, written down once: half of the time of a large unlock went into it.
    shared: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shared = canonical(FORMAT, self.consultation_id, self.form_version, self.epoch_id)
        object.__setattr__(self, "shared", shared)

    def of(self, row_id: bytes, part: str) -> bytes:
        """The associated data of one part (`hot` or `cold`) of one row."""
        return self.shared + canonical(row_id, part)


def new_id() -> bytes:
    """16 random bytes: a number that counts would keep the order of arrival."""
    return secrets.token_bytes(ID_BYTES)


def seal_answer(cipher: AESGCM, place: Place, row_id: bytes, hot: bytes, cold: bytes) -> tuple[bytes, bytes]:
    """(hot, cold) sealed under an epoch's key with fresh random nonces.

    The hot part is 28 bytes longer than it was; the cold part has one of few lengths, so that a long text shows only
    as one of a class: 284, 540, 1,052 ... bytes.
    """
    return (
        seal_under(cipher, hot, place.of(row_id, "hot")),
        seal_under(cipher, padded(cold), place.of(row_id, "cold")),
    )


def open_answer(cipher: AESGCM, place: Place, row_id: bytes, hot: bytes, cold: bytes) -> tuple[bytes, bytes]:
    """(hot, cold) as they were before `seal_answer`; raises DoesNotOpen."""
    return (
        open_under(cipher, hot, place.of(row_id, "hot")),
        unpadded(open_under(cipher, cold, place.of(row_id, "cold"))),
    )


def padded(cold: bytes) -> bytes:
    """Its length in four bytes, itself, and zeros up to 256, 512, 1,024 ... bytes in all."""
    length = _LENGTH_BYTES + len(cold)
    size = LEAST_COLD_BYTES
    while size < length:
        size *= 2
    return (len(cold).to_bytes(_LENGTH_BYTES, "big") + cold).ljust(size, b"\0")


def unpadded(text: bytes) -> bytes:
    """What `padded` was given; raises DoesNotOpen where the length cannot be right."""
    length = int.from_bytes(text[:_LENGTH_BYTES], "big")
    if len(text) < _LENGTH_BYTES + length:
        raise DoesNotOpen
    return text[_LENGTH_BYTES : _LENGTH_BYTES + length]


def seal_epoch_key(public_key: bytes, key: bytes, consultation_id: int, epoch_id: bytes) -> bytes:
    """An epoch's key for the consultation's key holders, bound to that epoch."""
    return seal_to(public_key, key, _EPOCH_INFO, canonical(FORMAT, consultation_id, epoch_id))


def resealed_epoch_key(turn: Turn, sealed_key: bytes, consultation_id: int, epoch_id: bytes) -> bytes:
    """The same key for the new pair of the consultation; raises DoesNotOpen."""
    return turn.resealed(sealed_key, _EPOCH_INFO, canonical(FORMAT, consultation_id, epoch_id))


def open_epoch_key(private_key: bytes, sealed_key: bytes, consultation_id: int, epoch_id: bytes) -> bytes:
    """The key; raises DoesNotOpen."""
    return epoch_key_opener(private_key, consultation_id)(sealed_key, epoch_id)


def epoch_key_opener(private_key: bytes, consultation_id: int) -> Callable[[bytes, bytes], bytes]:
    """`open_epoch_key` for all epochs of a consultation: (sealed key, epoch's id) -> key."""
    open_one = opener(private_key)

    def open_it(sealed_key: bytes, epoch_id: bytes) -> bytes:
        return open_one(sealed_key, _EPOCH_INFO, canonical(FORMAT, consultation_id, epoch_id))

    return open_it
