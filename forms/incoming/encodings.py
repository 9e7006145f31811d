"""Bytes of a text file -> text, where nothing says in which encoding it was written."""

from __future__ import annotations

import codecs
import unicodedata

#: Where UTF-8 does not fit: Western Europe, old Macs, China, Russian and its neighbours, Arabic. First come, first
#: served where two fit equally.
CANDIDATES = ("cp1252", "mac_roman", "gb18030", "cp1251", "cp1256")
#: What may be chosen by hand.
ENCODINGS = ("utf-8", *CANDIDATES)
#: Signs beyond ASCII that are looked at: enough to tell.
_LOOKED_AT = 5_000
#: Beginnings of the names of letters (Unicode, `LATIN SMALL LETTER E WITH ACUTE`).
_SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "CJK")


def decoded(content: bytes, encoding: str = "") -> tuple[str, str]:
    """(text, the encoding that it was read in), found out where none is named; signs that do not fit become U+FFFD.

    Without a mark at its beginning a file is UTF-8 if it can be, which chance does not bring about (RFC 3629, 4.).
    Otherwise that encoding is taken in which most signs stand where such signs stand: accents beside plain letters,
    no capital in the middle of a word, Cyrillic among Cyrillic.
    """
    if encoding in ENCODINGS:
        return content.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace"), encoding
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        found = max(CANDIDATES, key=lambda name: _likeness(content, name))
        return content.decode(found, errors="replace"), found


def _likeness(content: bytes, encoding: str) -> float:
    """The share of signs beyond ASCII that look at home, 0 to 1; -1 where the bytes are none in that encoding."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    places = [at for at, sign in enumerate(text) if sign > "\x7f"][:_LOOKED_AT]
    around = f" {text} "
    return sum(_is_at_home(*around[at : at + 3]) for at in places) / max(1, len(places))


def _is_at_home(before: str, sign: str, after: str) -> bool:
    script = _script(sign)
    if not script:
        return unicodedata.category(sign)[0] in "ZP"
    if sign.isupper() and before.islower():
        return False
    beside = [other for other in (before, after) if other.isalpha()]
    if script == "LATIN":
        return not beside or any(other.isascii() for other in beside)
    # GB 2312 has the characters that people write; the many others of GB 18030 come up by chance.
    return all(_script(other) == script for other in beside) and (script != "CJK" or _is_common(sign))


def _script(sign: str) -> str:
    name = unicodedata.name(sign, "") if sign.isalpha() else ""
    return next((script for script in _SCRIPTS if name.startswith(script)), "")


def _is_common(sign: str) -> bool:
    try:
        return bool(sign.encode("gb2312"))
    except UnicodeEncodeError:
        return False
