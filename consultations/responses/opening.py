"""Opens sealed rows by the hundred thousand: what `sealing.open_answer` does, with everything taken out of the loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consultations.responses.sealing import ID_BYTES, Place, unpadded
from consultations.staff.keys import NONCE_BYTES, DoesNotOpen, canonical

#: (id, epoch, hot, cold) as the database has them.
Row = tuple[bytes, bytes, bytes, bytes]
#: By epoch: what decrypts (nonce, ciphertext, associated data), and how the associated data of its rows begins.
Ciphers = Mapping[bytes, tuple[Callable[[bytes, bytes, bytes], bytes], bytes]]
#: Cold parts without text begin so once they are opened: their length, and an empty JSON object.
_NO_TEXT = len(b"{}").to_bytes(4, "big") + b"{}"
#: What stands between an epoch's place and a row's id, and after it; an id of another length is nobody's.
_BEFORE_ID = canonical(bytes(ID_BYTES))[:-ID_BYTES]
_AFTER_ID_HOT, _AFTER_ID_COLD = canonical("hot"), canonical("cold")


@dataclass(slots=True)
class OpenedRows:
    """What opened, in the order of the rows, and what did not."""

    #: Records of one length, end to end.
    hot: bytearray = field(default_factory=bytearray, repr=False)
    #: Which record each of `texts` belongs to.
    places: list[int] = field(default_factory=list, repr=False)
    texts: list[bytes] = field(default_factory=list, repr=False)
    #: Ids of rows that did not open, by epoch.
    damaged: dict[bytes, list[bytes]] = field(default_factory=dict)
    #: How many rows were looked at.
    read: int = 0


def ciphers_of(keys: Mapping[bytes, bytes | None], consultation_id: int, form_version: str) -> Ciphers:
    """What opens the rows of each epoch; nothing does where its key is None, having not opened itself."""
    ciphers = {}
    for epoch, key in keys.items():
        shared = Place(consultation_id, form_version, epoch).shared + _BEFORE_ID
        ciphers[epoch] = (AESGCM(key).decrypt if key else _opens_nothing), shared
    return ciphers


def open_rows(rows: Iterable[Row], ciphers: Ciphers, width: int) -> OpenedRows:
    """Open the rows of the epochs in `ciphers`; others are passed over.

    A record of another length than `width` would shift
    every one after it, and text that is no JSON object, or holds a line's end, would spoil the lines of a snapshot:
    such rows count as damaged.
    """
    opened = OpenedRows()
    hot, places, texts = opened.hot, opened.places, opened.texts
    done = 0
    for opened.read, (row_id, epoch, sealed_hot, sealed_cold) in enumerate(rows, 1):
        if epoch not in ciphers:
            continue
        decrypt, shared = ciphers[epoch]
        belongs = shared + row_id
        try:
            record = decrypt(sealed_hot[:NONCE_BYTES], sealed_hot[NONCE_BYTES:], belongs + _AFTER_ID_HOT)
            cold = decrypt(sealed_cold[:NONCE_BYTES], sealed_cold[NONCE_BYTES:], belongs + _AFTER_ID_COLD)
            if len(record) != width:
                raise DoesNotOpen
            if not cold.startswith(_NO_TEXT):
                texts.append(_object(unpadded(cold)))
                places.append(done)
        except (InvalidTag, ValueError, DoesNotOpen):
            opened.damaged.setdefault(epoch, []).append(row_id)
            continue
        hot += record
        done += 1
    return opened


def _opens_nothing(nonce: bytes, sealed: bytes, place: bytes) -> bytes:
    raise DoesNotOpen


def _object(text: bytes) -> bytes:
    if not (text[:1] == b"{" and text[-1:] == b"}") or b"\n" in text:
        raise DoesNotOpen
    return text
