"""How wide a text will be, roughly, so that chart labels are wrapped before any font is known."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from math import inf

from translations.phrases import in_lines

#: Advance in em of Noto Sans, the widest face that a label may be drawn in; Source Sans 3 is a tenth narrower.
_NARROW = dict.fromkeys("iljI.,:;'!()[]", 0.32) | dict.fromkeys("tf-/", 0.38) | {"r": 0.42}
_SLIM = dict.fromkeys("cksvxyzсткузхгэJ", 0.53) | dict.fromkeys("“”«»–", 0.51)
_BROAD = dict.fromkeys("DGHNOUДИЙЛНОПЦQжм", 0.78) | dict.fromkeys("wыфЖФ", 0.85)
_WIDE = dict.fromkeys("mMW@шщюМ", 0.94) | dict.fromkeys("ШЩЮ", 1.05)
#: As wide as those of Noto Sans SC: nobody should find a figure cut off.
_FIGURES = dict.fromkeys("0123456789", 0.58) | {"%": 0.93}
_KNOWN = {" ": 0.26, "\u00a0": 0.26, "\u202f": 0.15} | _FIGURES | _NARROW | _SLIM | _BROAD | _WIDE
#: How much wider semi-bold letters are.
BOLDER = 1.08
#: Characters that may not open a line in Chinese (GB/T 15834, 5.1).
_NEVER_FIRST = frozenset("，。、；：？！）》」』”’％…—")


@lru_cache(maxsize=4096)
def width(text: str, size: float) -> float:
    """Width of one line of `text` at font size `size`, in the unit of `size`."""
    return size * sum(map(_advance, text))


def wrap(text: str, size: float, room: float) -> tuple[str, ...]:
    """`text` in lines no wider than `room`; words stay whole unless one alone is wider than that."""
    return in_lines(text, _lines(text, size, room))


@lru_cache(maxsize=1024)
def _lines(text: str, size: float, room: float) -> tuple[str, ...]:
    lines: list[str] = []
    line, used = "", 0.0
    for piece, needed in _pieces(text, room / size):
        bare = needed - _advance(" ") if piece.endswith(" ") else needed
        if line and used + bare > room / size:
            lines.append(line.strip())
            line, used = "", 0.0
        line, used = line + piece, used + needed
    return (*lines, line.strip())


def longest_word(text: str, size: float) -> float:
    """Width of the longest run in `text` that no line should end in."""
    return size * max(needed for _, needed in _pieces(text, inf))


@cache
def _advance(character: str) -> float:
    if character in _KNOWN:
        return _KNOWN[character]
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    if _is_full_width(character):
        return 1.0
    if "\u0600" <= character <= "\u06ff":
        return 0.54
    return 0.68 if character.isupper() else 0.61


@cache
def _is_full_width(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _pieces(text: str, room: float) -> list[tuple[str, float]]:
    """Runs that a line may end after, with their width in em, at most `room`.

    A word with its space; one Hanzi with the punctuation that follows it.
    """
    pieces: list[tuple[str, float]] = []
    piece, used = "", 0.0
    for character in text:
        needed = _advance(character)
        if piece and not (_continues(piece[-1], character) and used + needed <= room):
            pieces.append((piece, used))
            piece, used = "", 0.0
        piece, used = piece + character, used + needed
    return [*pieces, (piece, used)]


def _continues(last: str, character: str) -> bool:
    if character in _NEVER_FIRST or character == " ":
        return True
    return not (last == " " or _is_full_width(last) or _is_full_width(character))
