"""JSON under a seal, padded, so that a length on the disk does not tell one interview from another."""

from __future__ import annotations

import json
from typing import Any

from consultations.staff.keys import open_with, seal_to

#: Lengths are rounded up to whole blocks; JSON allows spaces at its end.
BLOCK_BYTES = 4096


def padded_json(value: Any) -> bytes:
    """`value` as JSON of whole blocks; `json.loads` reads it as it is."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return plain.ljust(-(-len(plain) // BLOCK_BYTES) * BLOCK_BYTES)


def sealed_json(public_key: bytes, value: Any, info: str, place: bytes) -> bytes:
    """`value` as JSON, sealed to a keyring; `info` and `place` as in `staff.keys.seal_to`."""
    return seal_to(public_key, padded_json(value), info, place)


def opened_json(private_key: bytes, sealed: bytes, info: str, place: bytes) -> Any:
    """What `sealed_json` sealed; raises DoesNotOpen."""
    return json.loads(open_with(private_key, sealed, info, place))
