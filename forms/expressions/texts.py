"""The text functions of ODK expressions."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from forms.expressions.context import Context
from forms.expressions.patterns import matches
from forms.expressions.values import MAX_TEXT, Value, rounded, to_number, to_text

_DIGESTS = MappingProxyType(
    {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
)


def digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    """The checksum of a text in base64 or hex; '' for an algorithm that ODK does not have."""
    if algorithm not in _DIGESTS:
        return ""
    made = hashlib.new(_DIGESTS[algorithm], text.encode(errors="replace"), usedforsecurity=False)
    return made.hexdigest() if encoding == "hex" else base64.b64encode(made.digest()).decode()


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def _translated(text: str, old: str, new: str) -> str:
    """XPath 1.0 section 4.2: characters of `old` without a partner in `new` are dropped, the first partner counts."""
    partners: dict[str, str] = {}
    for index, character in enumerate(old):
        partners.setdefault(character, new[index : index + 1])
    return "".join(partners.get(character, character) for character in text)


def _index(value: Value) -> int:
    number = to_number(value)
    return 0 if math.isnan(number) else int(max(-MAX_TEXT, min(MAX_TEXT, number)))


def _cut(given: list[Value]) -> str:
    """`substr()`: from index 0, the end left out, negative ones from the end."""
    end = _index(given[2]) if len(given) == 3 else None
    return to_text(given[0])[_index(given[1]) : end]


def _substring(given: list[Value]) -> str:
    """XPath's own `substring()`, section 4.2 of XPath 1.0: from position 1, and a length; NaN takes nothing."""
    start = rounded(to_number(given[1]))
    end = start + rounded(to_number(given[2])) if len(given) == 3 else math.inf
    return "".join(character for place, character in enumerate(to_text(given[0]), 1) if start <= place < end)


def _parts(given: list[Value]) -> list[str]:
    return [to_text(part) for value in given for part in (value if isinstance(value, tuple) else (value,))]


def _selected_at(choices: list[str], index: Value) -> str:
    place = to_number(index)
    return choices[int(place)] if 0 <= place < len(choices) else ""


def _texts(work: Callable[..., Value], count: int, most: int = 0) -> tuple[int, int, Callable[[Context, Any], Value]]:
    """A function whose arguments are all texts."""
    return count, most or count, lambda _, given: work(*map(to_text, given))


#: Name -> fewest arguments, most (None: any number), work.
TEXT_FUNCTIONS: MappingProxyType[str, tuple[int, int | None, Callable[[Context, list[Value]], Value]]] = (
    MappingProxyType(
        {
            "string": _texts(lambda text: text, 1),
            "string-length": _texts(lambda text: float(len(text)), 1),
            "normalize-space": _texts(lambda text: " ".join(text.split()), 1),
            "contains": _texts(lambda text, part: part in text, 2),
            "starts-with": _texts(lambda text, part: text.startswith(part), 2),
            "ends-with": _texts(lambda text, part: text.endswith(part), 2),
            "substring-before": _texts(lambda text, part: text.partition(part)[0] if part and part in text else "", 2),
            "substring-after": _texts(lambda text, part: text.partition(part)[2] if part else text, 2),
            "translate": _texts(_translated, 3),
            "regex": _texts(matches, 2),
            "digest": _texts(digest, 2, 3),
            "base64-decode": _texts(_decoded, 1),
            "selected": _texts(lambda chosen, choice: choice.strip() in chosen.split(), 2),
            "count-selected": _texts(lambda chosen: float(len(chosen.split())), 1),
            "selected-at": (2, 2, lambda _, given: _selected_at(to_text(given[0]).split(), given[1])),
            "substr": (2, 3, lambda _, given: _cut(given)),
            "substring": (2, 3, lambda _, given: _substring(given)),
            "concat": (0, None, lambda _, given: "".join(_parts(given))[:MAX_TEXT]),
            "join": (1, None, lambda _, given: to_text(given[0]).join(_parts(given[1:]))[:MAX_TEXT]),
        }
    )
)
