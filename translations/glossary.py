"""Words that the network does not use, found in a text in any of its languages, with what to say instead."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("glossary.csv")

#: Signs for short vowels, which most writers leave out.
_VOWEL_SIGNS = "[\u064b-\u0652]*"
#: And, so, the, to, by, like: Arabic writes them as one with the word that follows.
_CLITICS = "(?:[وف]?(?:[بك]?ال|لل|[بكل])?)?"
#: What may stand for a character of the table in a text. A `*` ends a stem: any letters may follow.
_STANDS_FOR = {" ": r"[\s\-‑]+", "-": r"[\s\-‑]+", "/": r"\s*/\s*", "’": "['’]", "е": "[её]", "ё": "[её]", "*": r"\w*"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One discouraged word in a text: where it stands, counted in characters, and what to say instead."""

    found: str
    start: int
    #: Several ways of saying it are parted by `;`.
    prefer: str
    #: Why, or when the word may stay, in the language of the text; often ''.
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Term:
    pattern: re.Pattern[str]
    prefer: str
    note: str


def findings(text: str, language: str) -> tuple[Finding, ...]:
    """Every discouraged word in a text of `language` (a BCP 47 code), in reading order.

    Whole words and the stems marked with `*` in alphabetic scripts, any place in Chinese. Where two terms overlap, the
    one that begins first counts, then the longer one. A language without a list has no findings.
    """
    matches = sorted(_matches(text, language.split("-")[0]), key=lambda pair: (pair[0].start(), -pair[0].end()))
    kept: list[Finding] = []
    end = 0
    for match, term in matches:
        if match.start() >= end:
            kept.append(Finding(match[0], match.start(), term.prefer, term.note))
            end = match.end()
    return tuple(kept)


def _matches(text: str, base: str) -> Iterator[tuple[re.Match[str], _Term]]:
    for term in _terms().get(base, ()):
        for match in term.pattern.finditer(text):
            yield match, term


@cache
def _terms() -> dict[str, list[_Term]]:
    terms: dict[str, list[_Term]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            term = _Term(_pattern(row["avoid"], row["lang"]), row["prefer"], row["note"])
            terms.setdefault(row["lang"], []).append(term)
    return terms


def _pattern(avoid: str, base: str) -> re.Pattern[str]:
    if base == "zh":
        return re.compile(re.escape(avoid))
    clitics, vowels = (_CLITICS, _VOWEL_SIGNS) if base == "ar" else ("", "")
    written = "".join(_STANDS_FOR.get(character) or re.escape(character) + vowels for character in avoid)
    return re.compile(rf"(?<!\w){clitics}{written}(?!\w)", re.IGNORECASE)
