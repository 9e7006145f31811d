"""Names out, pseudonyms in: replacement that can be taken back until the interview is finished."""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from consultations.errors import N_, Problem
from consultations.fieldwork.sentences import Span

#: Scripts that put no space between words, so that a name can have no word boundary: Thai, Lao, Burmese, Khmer, Chinese
#: and Japanese.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
#: Combining marks, which `\w` leaves out: accents on their own, Hebrew and Arabic points, Indic vowels.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd"
)
#: No word goes on here: the start or end of the text, a space, a sign, or a letter of a script without spaces.
NOT_AFTER_WORD = rf"(?<![^\W{UNSPACED}])(?<![{_MARKS}])"
NOT_BEFORE_WORD = rf"(?![^\W{UNSPACED}]|[{_MARKS}])"

#: A word for `person` that says nothing of gender; the letter after it is the same in every language.
PERSON: Mapping[str, str] = MappingProxyType(
    {"en": "Person", "fr": "Personne", "es": "Persona", "ru": "Персона", "zh": "人物", "ar": "شخص"}
)
#: For telephone numbers, addresses and document numbers, in every language.
LEFT_OUT = "[…]"


class EditedSince(Problem):
    status = 409
    message = N_("The text was edited after the names were replaced, so this step cannot be undone.")


@dataclass(frozen=True, slots=True)
class Replacement:
    """One place that was changed: where the pseudonym stands in the *new* text, and what stood there before."""

    span: Span
    original: str
    pseudonym: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text after replacement, and the places in reading order."""

    text: str
    replacements: tuple[Replacement, ...]


def replace(text: str, pseudonyms: Mapping[str, str]) -> Replaced:
    """`text` with every name replaced as a whole word, longest name first, in one pass: no pseudonym is replaced again.

    A name matches whatever is equal to it by Unicode casefold (MARIA, maria; Straße, STRASSE), with any white space
    between its words. In scripts without spaces it matches anywhere. Other grammatical forms are other names: see
    `candidates.forms`. Names that are empty are passed over.
    """
    by_name = {_folded_name(name): pseudonym for name, pseudonym in pseudonyms.items() if name.strip()}
    if not by_name:
        return Replaced(text, ())
    pieces: list[str] = []
    replacements: list[Replacement] = []
    read = written = 0
    for found, name in _occurrences(text, by_name):
        before = text[read : found.start]
        start = written + len(before)
        written = start + len(by_name[name])
        pieces += before, by_name[name]
        replacements.append(Replacement(Span(start, written), text[found.start : found.end], by_name[name]))
        read = found.end
    return Replaced("".join((*pieces, text[read:])), tuple(replacements))


def counted(text: str, names: Collection[str]) -> dict[str, int]:
    """How often `replace` would find each name, taken alone."""
    folded, _ = _folded(text)
    return {name: _count(folded, _folded_name(name)) for name in names}


def restored(text: str, replacements: tuple[Replacement, ...]) -> str:
    """The text before the replacements were made; raises EditedSince unless every pseudonym stands where it was put."""
    for made in reversed(replacements):
        if text[made.span.start : made.span.end] != made.pseudonym:
            raise EditedSince
        text = text[: made.span.start] + made.original + text[made.span.end :]
    return text


def suggested(language: str, taken: Collection[str] = ()) -> Iterator[str]:
    """Pseudonyms that are not taken: Person A … Person Z, Person AA …; in `language` where we have its word."""
    base = language.split("-")[0]
    word, gap = PERSON.get(base, PERSON["en"]), "" if base == "zh" else " "
    series = (itertools.product(string.ascii_uppercase, repeat=length) for length in itertools.count(1))
    pseudonyms = (f"{word}{gap}{''.join(letters)}" for letters in itertools.chain.from_iterable(series))
    return (pseudonym for pseudonym in pseudonyms if pseudonym not in taken)


def _occurrences(text: str, names: Collection[str]) -> Iterator[tuple[Span, str]]:
    folded, origins = _folded(text)
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    # What bounds a word is written once for all neighbours in the list: to compile it takes longer than to search.
    pattern = re.compile(
        "|".join(
            f"{before}(?:{'|'.join(map(_words, bounded))}){after}"
            for (before, after), bounded in itertools.groupby(longest_first, _bounds)
        )
    )
    for match in pattern.finditer(folded):
        yield Span(origins[match.start()], origins[match.end() - 1] + 1), _folded_name(match[0])


def _folded(text: str) -> tuple[str, list[int]]:
    """The casefolded text, and for each of its characters the position that it came from: ß becomes two."""
    letters = [(letter, position) for position, original in enumerate(text) for letter in original.casefold()]
    return "".join(letter for letter, _ in letters), [position for _, position in letters]


def _folded_name(name: str) -> str:
    return " ".join(name.casefold().split())


def _count(folded: str, name: str) -> int:
    before, after = map(re.compile, _bounds(name))
    pattern, count, at = re.compile(_words(name)), 0, 0
    while found := pattern.search(folded, at):
        is_whole = before.match(folded, found.start()) and after.match(folded, found.end())
        count, at = (count + 1, found.end()) if is_whole else (count, found.start() + 1)
    return count


def _words(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))


def _bounds(name: str) -> tuple[str, str]:
    """What has to stand before and after a name."""
    before = "" if re.match(f"[{UNSPACED}]", name) else NOT_AFTER_WORD
    after = "" if re.search(f"[{UNSPACED}]$", name) else NOT_BEFORE_WORD
    return before, after
