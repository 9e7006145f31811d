"""Where sentences begin and end, in the punctuation of the languages that people are interviewed in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open: characters `start` up to, and without, `end`; counted in Unicode code points from 0."""

    start: int
    end: int


#: Chinese and Japanese write no space after a full stop; Arabic, Hindi, Armenian and Amharic have marks of their own.
_FULL_WIDTH = "。！？｡"
_STOPS = ".!?…؟۔।։።"
_CLOSERS = "»”’\"')\\]）」』】›"
#: What may stand before the first letter of a sentence: quotation marks, ¿, ¡, brackets and the dash of a dialogue.
_OPENERS = "«“‘\"'(\\[（「『【‹¿¡—–-"

_END = re.compile(
    rf"[{_FULL_WIDTH}]+[{_CLOSERS}]*"
    # French puts a space before », as it does before the stop itself.
    rf"|[{_STOPS}]+(?:[{_CLOSERS}]|[ \u00a0\u202f]»)*(?=\s|$)"
    r"|\n+"
)
_NEXT_LETTER = re.compile(rf"[\s{_OPENERS}]*(\S)")
_LAST_WORD = re.compile(r"(?:\w|(?<=\w)[.-](?=\w))+$")

#: Words that are written with a full stop and do not end a sentence; compared casefolded, without the stop.
ABBREVIATIONS = frozenset(
    word
    for words in (
        "mr mrs ms dr prof vs approx etc e.g i.e",
        "mme mlle me cf p.ex env",
        "sr sra srta d dña lic ing ud uds p.ej",
        "т.е т.к т.д т.п г гг ул д кв обл р руб тыс млн им см др пр тел г-н г-жа",
    )
    for word in words.split()
)


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text` in order, without the white space around them; together they hold all other characters.

    A rule of thumb, not a parser: a line break ends a sentence; a stop does unless the next letter is small, or the
    word before it is one letter (an initial) or a known abbreviation.
    """
    return tuple(span for span in (_stripped(text, piece) for piece in _pieces(text)) if span.start < span.end)


def _pieces(text: str) -> Iterator[Span]:
    start = 0
    for end in _END.finditer(text):
        if _really_ends(text, start, end):
            yield Span(start, end.end())
            start = end.end()
    yield Span(start, len(text))


def _really_ends(text: str, start: int, end: re.Match[str]) -> bool:
    if end[0][0] in _FULL_WIDTH or end[0][0] == "\n":
        return True
    following = _NEXT_LETTER.match(text, end.end())
    if following and following[1].islower() and "\n" not in text[end.end() : following.start(1)]:
        return False
    return end[0] != "." or not _is_abbreviation(text[start : end.start()])


def _is_abbreviation(before: str) -> bool:
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    is_initial = len(word[0]) == 1 and word[0].isupper()
    return is_initial or word[0].casefold() in ABBREVIATIONS


def _stripped(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.end - (len(piece) - len(piece.rstrip()))))
