"""The functions of ODK expressions that answer with a text."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import uuid
from collections.abc import Callable, Iterable
from types import MappingProxyType

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from forms.expressions.context import Context
from forms.expressions.values import MAX_TEXT, Value, flat, rounded, to_number, to_text

_DIGESTS = MappingProxyType(
    {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
)
_SIGNATURE_BYTES = 64
# XML's four: no-break spaces and the like are letters of the text.
_SPACES = " \t\r\n"


def digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    """The checksum of a text in base64 or hex; '' for an algorithm or an encoding that ODK does not have."""
    if algorithm not in _DIGESTS or encoding not in {"base64", "hex"}:
        return ""
    made = hashlib.new(_DIGESTS[algorithm], text.encode(errors="replace"), usedforsecurity=False)
    return made.hexdigest() if encoding == "hex" else base64.b64encode(made.digest()).decode()


def _bytes(text: str) -> bytes:
    """Base64 with or without its closing signs; raises ValueError."""
    tight = "".join(text.split()).rstrip("=")
    return base64.b64decode(tight + "=" * (-len(tight) % 4), validate=True)


def _decoded(text: str) -> str:
    try:
        return _bytes(text).decode(errors="replace")
    except (binascii.Error, ValueError):
        return ""


def _signed(text: str, key: str) -> str:
    """`extract-signed()`: what stands behind an Ed25519 signature that the key approves; '' where it does not."""
    try:
        signed = _bytes(text)
        Ed25519PublicKey.from_public_bytes(_bytes(key)).verify(signed[:_SIGNATURE_BYTES], signed[_SIGNATURE_BYTES:])
        return signed[_SIGNATURE_BYTES:].decode()
    except (InvalidSignature, ValueError):
        return ""


def _translated(text: str, old: str, new: str) -> str:
    """XPath 1.0 section 4.2: characters of `old` without a partner in `new` are dropped, the first partner counts."""
    partners: dict[str, str] = {}
    for index, character in enumerate(old):
        partners.setdefault(character, new[index : index + 1])
    return "".join(partners.get(character, character) for character in text)


def _cut(given: list[Value]) -> str:
    """`substr()`: from index 0, the end left out, negative ones from the end; NaN takes nothing."""
    places = [to_number(value) for value in given[1:]]
    if any(map(math.isnan, places)):
        return ""
    start, *end = (int(max(-MAX_TEXT - 1, min(MAX_TEXT + 1, place))) for place in places)
    return to_text(given[0])[start : end[0] if end else None]


def _substring(given: list[Value]) -> str:
    """XPath's own `substring()`, section 4.2 of XPath 1.0: from position 1, and a length; NaN takes nothing."""
    start = rounded(to_number(given[1]))
    end = start + rounded(to_number(given[2])) if len(given) == 3 else math.inf
    return "".join(character for place, character in enumerate(to_text(given[0]), 1) if start <= place < end)


def _normal(text: str) -> str:
    """XPath 1.0 section 4.2."""
    return " ".join(part for part in text.translate(_TO_SPACE).split(" ") if part)


def _uuid(context: Context, given: list[Value]) -> Value:
    """A random UUID of version 4; with a length, random hexadecimal digits and hyphens of that length."""
    wanted = to_number(given[0]) if given else 36.0
    length = int(max(0, min(MAX_TEXT, wanted))) if not math.isnan(wanted) else 0
    return "".join(_one_uuid(context) for _ in range(-(-length // 36)))[:length]


def _one_uuid(context: Context) -> str:
    number = 0
    for _ in range(4):
        number = number << 32 | int(context.random() * 2**32)
    return str(uuid.UUID(int=number, version=4))


def _texts(work: Callable[..., str]) -> Callable[[Context, list[Value]], Value]:
    """A function whose arguments are all texts."""
    return lambda _, given: work(*map(to_text, given))


def _joined(separator: str, parts: Iterable[str]) -> str:
    """The texts in one, which stops growing: a long separator and a long list would fill the memory otherwise."""
    kept: list[str] = []
    length = -len(separator)
    for part in parts:
        kept.append(part)
        length += len(separator) + len(part)
        if length > MAX_TEXT:
            break
    return separator.join(kept)[:MAX_TEXT]


_TO_SPACE = str.maketrans(dict.fromkeys(_SPACES, " "))

#: Name -> work.
TEXT_FUNCTIONS: MappingProxyType[str, Callable[[Context, list[Value]], Value]] = MappingProxyType(
    {
        "string": lambda context, given: to_text(given[0]) if given else context.current,
        "normalize-space": lambda context, given: _normal(to_text(given[0]) if given else context.current),
        "substring-before": _texts(lambda text, part: text.partition(part)[0] if part and part in text else ""),
        "substring-after": _texts(lambda text, part: text.partition(part)[2] if part else text),
        "translate": _texts(_translated),
        "digest": _texts(digest),
        "base64-encode": _texts(lambda text: base64.b64encode(text.encode(errors="replace")).decode()[:MAX_TEXT]),
        "base64-decode": _texts(_decoded),
        "extract-signed": _texts(_signed),
        "substr": lambda _, given: _cut(given),
        "substring": lambda _, given: _substring(given),
        "concat": lambda _, given: _joined("", map(to_text, flat(given))),
        "join": lambda _, given: _joined(to_text(given[0]), map(to_text, flat(given[1:]))),
        "uuid": _uuid,
    }
)
