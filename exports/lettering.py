"""How wide a text will be, roughly, so that chart labels are wrapped before any font is known."""

from __future__ import annotations

import unicodedata
from functools import cache

#: Advance in em of a humanist sans; a little too wide on purpose, since a label may be drawn in another font.
_NARROW = dict.fromkeys("iljI.,:;'|!()[]", 0.3) | dict.fromkeys("tfr-/", 0.38)
_WIDE = dict.fromkeys("mwMWQ%@ЖМШЩЮФжмшщюфы", 0.82)
_KNOWN = {" ": 0.24, "\u00a0": 0.24, "\u202f": 0.15} | dict.fromkeys("0123456789", 0.5) | _NARROW | _WIDE
#: Characters that may not open a line in Chinese (GB/T 15834, 5.1).
_NEVER_FIRST = frozenset("，。、；：？！）》」』”’％…—")


def width(text: str, size: float) -> float:
    """Width of one line of `text` at font size `size`, in the unit of `size`."""
    return size * sum(_advance(character) for character in text)


def wrap(text: str, size: float, room: float) -> tuple[str, ...]:
    """`text` in lines no wider than `room`; words stay whole unless one alone is wider than that."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, size, room):
        if line and width((line + piece).rstrip(), size) > room:
            lines.append(line.strip())
            line = ""
        line += piece
    return (*lines, line.strip())


@cache
def _advance(character: str) -> float:
    if character in _KNOWN:
        return _KNOWN[character]
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    if _is_full_width(character):
        return 1.0
    return 0.66 if character.isupper() else 0.54


def _is_full_width(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _pieces(text: str, size: float, room: float) -> list[str]:
    """Runs that a line may end after: a word with its space, one Hanzi with the punctuation that follows it."""
    pieces: list[str] = []
    for character in text:
        if pieces and _continues(pieces[-1], character) and width(pieces[-1] + character, size) <= room:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _continues(piece: str, character: str) -> bool:
    if character in _NEVER_FIRST or character == " ":
        return True
    return not (piece[-1] == " " or _is_full_width(piece[-1]) or _is_full_width(character))
