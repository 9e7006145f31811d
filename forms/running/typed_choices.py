"""What somebody wrote in place of choosing from a long list, and the choices that it can mean.

Only what the list itself says counts as the same: `tanzania` is “Tanzania, United Republic of” where no other choice
has that word, and `south sudan` is never “Sudan”. Whatever is less certain is asked about, and not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from forms.labels import plain
from forms.questionnaire import Choice

__all__ = ["closest", "folded", "meant", "typed_control"]

#: Characters of a choice that is written; labels are shorter.
LONGEST = 200
#: Choices that are offered at most where what was written is not clear.
MOST_CLOSE = 8
#: How alike two names must be to be offered, from 0 to 1: “Kenia” and “Kenya” are 0.67, England and Thailand 0.35.
_ALIKE = 0.4
#: A label counts as named by some of its words from so many characters on: “of” names nothing.
_SHORTEST_PART = 3
#: Writing without spaces: Thai to Lao, Burmese, Khmer, Japanese and Chinese.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_ARTICLES = frozenset({"the", "la", "le", "les", "l", "el", "los", "las"})
_NOT_IN_WORDS = re.compile(r"[\W_]+")
#: Letters that Unicode does not take apart, and that phones write in more ways than one (alef maqsura, ta marbuta).
_SAME = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ى": "ي", "ة": "ه", "ـ": None})


def typed_control(name: str) -> str:
    """The `name` of the field that a choice is written in; a colon stands in no XForm name."""
    return f"{name}:typed"


def meant(text: str, choices: Sequence[Choice], language: str) -> tuple[Choice, ...]:
    """The choices that `text` names: one when it is clear, several when it is not, () for none.

    A whole label comes before a part of one, and the reader's language before the others and the choice's own name.
    Case, accents, width, punctuation and articles make no difference.
    """
    wanted = folded(text[:LONGEST])
    if not wanted:
        return ()
    exact = tuple(choice for choice in choices if _label(choice.label.in_language(language)) == wanted)
    if exact:
        return exact
    whole = tuple(choice for choice in choices if wanted in _names(choice))
    return whole or tuple(choice for choice in choices if any(_is_part(wanted, name) for name in _names(choice)))


def closest(text: str, choices: Sequence[Choice], language: str) -> tuple[Choice, ...]:
    """The choices to ask about where `text` names none, or several: the likeliest first, MOST_CLOSE at most."""
    wanted = folded(text[:LONGEST])
    if not wanted:
        return ()
    named = meant(text, choices, language)
    likeness = {} if named else {id(choice): max(_alike(wanted, name) for name in _names(choice)) for choice in choices}
    likely = [choice for choice in choices if likeness.get(id(choice), 0) >= _ALIKE]
    return (named or tuple(sorted(likely, key=lambda choice: -likeness[id(choice)])))[:MOST_CLOSE]


@lru_cache(maxsize=32_768)
def folded(text: str) -> str:
    """Words without case, accents, punctuation and articles: `L'Éthiopie` -> `ethiopie`, `السودان` -> `سودان`."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = "".join(letter for letter in apart if unicodedata.category(letter) not in {"Mn", "Cf"})
    words = [_without_article(word) for word in _NOT_IN_WORDS.sub(" ", letters.translate(_SAME)).split()]
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in _ARTICLES:
        words = words[:-1]
    return " ".join(words)


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _names(choice: Choice) -> Iterator[str]:
    """All that a choice is called, folded: in every language, and by its own name."""
    yield from map(_label, choice.label.by_language.values())
    yield folded(choice.name)


@lru_cache(maxsize=32_768)
def _label(text: str) -> str:
    return folded(plain(text, lambda _: ""))


def _is_part(wanted: str, name: str) -> bool:
    if _UNSPACED.search(wanted):
        return len(wanted) > 1 and wanted in name
    return len(wanted) >= _SHORTEST_PART and f" {wanted} " in f" {name} "


def _alike(wanted: str, name: str) -> float:
    """1 where one begins with the other or holds it, else the share of neighbouring letters in common (Dice, 1945).

    A long name is as like as its likest word: `conga` may be “Congo, Democratic Republic of the”.
    """
    if name and (name.startswith(wanted) or f" {name} " in f" {wanted} "):
        return 1.0
    ours = _pairs(wanted)
    return max(2 * len(ours & theirs) / (len(ours) + len(theirs)) for theirs in map(_pairs, {name, *name.split()}))


@lru_cache(maxsize=32_768)
def _pairs(text: str) -> frozenset[str]:
    marked = f" {text} "
    return frozenset(marked[at : at + 2] for at in range(len(marked) - 1))
