"""Texts with words in another language than their reader's: HTML says which they are, plain text keeps them apart.

A `Phrase` is a `str`, the plain text, so that files, logs and letters need to know nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from translations.languages import direction, html_lang

#: The language of a text of which nobody said it (BCP 47: undetermined), and of figures and signs alone (no language).
UNNAMED, FIGURES = "und", "zxx"

#: https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
_ISOLATES = {"ltr": "\N{LEFT-TO-RIGHT ISOLATE}", "rtl": "\N{RIGHT-TO-LEFT ISOLATE}"}
_FIRST_STRONG, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
_APART = Markup("<bdi{}>{}</bdi>")


class Part(NamedTuple):
    """Some words of a phrase, and their language; '' for the reader's own."""

    text: str
    language: str


class Phrase(str):
    """Words for one reader, of which `parts` say the languages; what `str` makes of it is an ordinary `str` again."""

    __slots__ = ("parts",)

    parts: tuple[Part, ...]


def foreign(text: str, language: str, reader: str) -> str:
    """`text`, which is in `language`, for a reader of `reader`: a Phrase unless that is the same.

    Figures and signs without a language need it only among words that run from right to left.
    """
    if language == reader or not text or isinstance(text, Phrase):
        return text
    if language == UNNAMED and not any(map(str.isalpha, text)):
        return text if direction(reader) == "ltr" else phrase([Part(text, FIGURES)])
    return phrase([Part(text, language)])


def filled(message: str, values: Mapping[str, object]) -> str:
    """`message % values`, where a Phrase among the values keeps its languages."""
    if not any(isinstance(value, Phrase) for value in values.values()):
        return message % values
    pieces = enumerate(_PLACEHOLDER.split(message))
    return joined("", (str_of(values[piece]) if place % 2 else piece.replace("%%", "%") for place, piece in pieces))


def str_of(value: object) -> str:
    """As `str`, but a Phrase stays one."""
    return value if isinstance(value, str) else str(value)


def joined(separator: str, texts: Iterable[str]) -> str:
    """`separator.join(texts)`, where Phrases keep their languages."""
    texts = tuple(texts)
    if not any(isinstance(text, Phrase) for text in texts):
        return separator.join(texts)
    parts: list[Part] = []
    for place, text in enumerate(texts):
        parts += [Part(separator, "")] * bool(place and separator)
        parts += parts_of(text)
    return phrase(parts)


def parts_of(text: str) -> tuple[Part, ...]:
    return text.parts if isinstance(text, Phrase) else (Part(text, ""),)


def cut(text: str, start: int, end: int) -> str:
    """`text[start:end]`, where a Phrase keeps its languages."""
    if not isinstance(text, Phrase):
        return text[start:end]
    parts, at = [], 0
    for part in text.parts:
        piece = part.text[max(start - at, 0) : max(end - at, 0)]
        parts += [Part(piece, part.language)] * bool(piece)
        at += len(part.text)
    return phrase(parts)


def in_lines(text: str, lines: Iterable[str]) -> tuple[str, ...]:
    """`lines`, which are what `text` was wrapped into, where those of a Phrase keep its languages."""
    if not isinstance(text, Phrase):
        return tuple(lines)
    found, at = [], 0
    for line in lines:
        start = text.index(line, at)
        at = start + len(line)
        found.append(cut(text, start, at))
    return tuple(found)


def stripped(text: str) -> str:
    """`text.strip()`, where a Phrase keeps its languages."""
    return cut(text, len(text) - len(text.lstrip()), len(text.rstrip()))


def marked_up(text: str) -> Markup:
    """As HTML; words in another language stand in an element that says which, with its direction."""
    if not isinstance(text, Phrase):
        return escape(text)
    return Markup("").join(
        _APART.format(language_attributes(part.language), part.text) if part.language else escape(part.text)
        for part in text.parts
    )


def attributes_of(text: str) -> Markup:
    """For an element that holds nothing but `text`; '' where that is in the reader's language, or in several."""
    return language_attributes(only_language(text))


def only_language(text: str) -> str:
    """The language that all of `text` is in; '' where that is the reader's own, or several."""
    languages = {part.language for part in parts_of(text)}
    return languages.pop() if len(languages) == 1 else ""


def isolated(text: str, around: str) -> str:
    """For places without elements, such as an `<option>` or a title: what runs the other way keeps its order.

    `around` is the direction of the words around, `ltr` or `rtl`.
    """
    return "".join(isolated_part(part, around) for part in text.parts) if isinstance(text, Phrase) else text


def isolated_part(part: Part, around: str) -> str:
    """Its words, between signs where they run another way than `around`."""
    if not part.language:
        return part.text
    own = "" if part.language == UNNAMED else direction(part.language)
    return part.text if own == around else f"{_ISOLATES.get(own, _FIRST_STRONG)}{part.text}{_END}"


@lru_cache(maxsize=1024)
def language_attributes(language: str, page_language: str = "") -> Markup:
    """` lang="ar" dir="rtl"`, or '' for the page's own language; an unnamed language is left to the browser's eyes."""
    if language == page_language:
        return Markup("")
    if language == UNNAMED:
        return Markup(' lang="" dir="auto"')
    if language == FIGURES:
        return Markup(' dir="ltr"')
    return Markup(' lang="{}" dir="{}"').format(html_lang(language), direction(language))


def phrase(parts: Iterable[Part]) -> Phrase:
    parts = tuple(part for part in parts if part.text)
    made = Phrase("".join(part.text for part in parts))
    made.parts = parts
    return made
