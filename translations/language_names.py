"""The names that languages go by, in their own words and in others', and what each of them means as a code."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import get_global

#: Languages in whose words authors name other languages: Inglés, Anglais, Английский.
_SPOKEN = ("fr", "es", "pt", "ru", "ar", "zh")
#: The CLDR's names of languages in themselves, of all that our own table does not have. Two that share theirs are out.
_AUTONYMS = Path(__file__).with_name("language_names.csv")
#: Codes of ISO 639 that name no language, and the root of the CLDR.
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis", "root"})
#: The CLDR folds these into neighbours of theirs; a reader of theirs would not.
_LONG_CODES = {"tgl": "tl", "twi": "tw"}
#: As workbooks of humanitarian surveys have them.
_ALSO = {"kurmanji": "ku", "sorani": "ckb", "isixhosa": "xh", "chichewa": "ny", "sesotho": "st", "pidgin": "pcm"}


@cache
def known_names() -> dict[str, str]:
    """Casefolded codes, English names and autonyms -> BCP 47 code."""
    names = dict(_ALSO)
    for code, name in _autonyms():
        names[name.casefold()] = code
    for tag, name in Locale("en").languages.items():
        if tag not in _NO_LANGUAGE:
            code = tag.replace("_", "-")
            names |= {name.casefold(): code, code.casefold(): code}
    return names


def long_code(written: str) -> str | None:
    """The short code of a three-letter one of ISO 639-2 or 639-3 (`bos` -> `bs`); None where there is none."""
    short = _LONG_CODES.get(written) or (get_global("language_aliases").get(written) if len(written) == 3 else None)
    return short.replace("_", "-") if short else None


def name_elsewhere(written: str) -> str | None:
    """The code of a language named in another language, or without the accents of its name."""
    return _names_elsewhere().get(_plain(written.casefold()))


@cache
def _names_elsewhere() -> dict[str, str]:
    names: dict[str, str] = {}
    for speaker in _SPOKEN:
        for tag, name in Locale(speaker).languages.items():
            if tag not in _NO_LANGUAGE:
                names.setdefault(_plain(name.casefold()), tag.replace("_", "-"))
    for name, code in known_names().items():
        names.setdefault(_plain(name), code)
    return names


def _plain(name: str) -> str:
    """Letters without their accents, where that leaves only letters of the English alphabet; else as it is."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return letters if letters.isascii() else name


def _autonyms() -> Iterator[tuple[str, str]]:
    with _AUTONYMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["code"], row["autonym"]
