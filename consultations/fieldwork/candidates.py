"""What in a transcript may tell who somebody is: offered to a person who decides, since rules of thumb miss things."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from consultations.errors import N_
from consultations.fieldwork.common_words import CALENDAR, STARTERS
from consultations.fieldwork.honorifics import INTRODUCED, NAME, TITLE
from consultations.fieldwork.sentences import sentences
from consultations.fieldwork.transcripts import NOT_AFTER_WORD, counted

#: What a candidate is called on a page.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "name": N_("Name of a person or place"),
        "form": N_("Another form of a name"),
        "email": N_("E-mail address"),
        "handle": N_("Name on a social network"),
        "phone": N_("Telephone number"),
        "document": N_("Number of a document"),
        "date": N_("Full date"),
    }
)

_LEAST_DIGITS, _MOST_DIGITS = 7, 15  # ITU-T E.164 allows fifteen; local numbers have seven
_LEAST_TIMES_AT_START = 2
_SHARED_LETTERS, _ENDING_LETTERS = 3, 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may identify, how often they stand in the text, and for a form, the name that it seems to be of."""

    text: str
    kind: str
    times: int
    form_of: str = ""


# Looked for at the beginning of a run only: a text without spaces took time that grew with the square of its length.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w@.])@\w[\w.]*\w")
_DATE = re.compile(r"(?<!\d)(?:\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{1,2}[-./]\d{1,2}[-./]\d{4})(?!\d)")
#: Letters and six to nine digits (most passports), ten as 4+6 (Russian passports), eighteen (Chinese identity cards).
_DOCUMENT = re.compile(
    rf"{NOT_AFTER_WORD}(?:[A-ZА-Я]{{1,3}}[ №-]{{0,2}}\d{{6,9}}|\d\d ?\d\d \d{{6}}|\d{{17}}[\dXx])(?!\d)"
)
_PHONE = re.compile(rf"{NOT_AFTER_WORD}[+(]{{0,2}}\d[\d\s()./-]{{5,}}\d(?!\d)")
#: Before a word that begins what somebody says: a quotation mark or a colon.
_SPEECH = re.compile(r"[«“‘„\"¿¡:]\s*$")
_WITHOUT_CAPITALS = re.compile(r"[\u0590-\u08ff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def candidates(text: str) -> tuple[Candidate, ...]:
    """Everything in `text` that may identify somebody, most frequent first within each kind; nothing is replaced yet.

    Heuristics, with these limits. Names are capital letters inside a sentence, words after a title, and words that
    begin several sentences but are never written small; so a single name that only ever begins one sentence is not
    found, nor is a name in a script without capitals (Chinese, Arabic, Hindi …) unless a title or a phrase such as
    `my name is` stands beside it. Numbers are told apart by their shape alone. The page has a field for names by hand.
    """
    taken: dict[str, tuple[str, str]] = {}
    for kind, found in _FINDERS.items():
        for words in filter(None, found(text)):
            taken.setdefault(words.casefold(), (words, kind))
    names = tuple(words for words, kind in taken.values() if kind == "name")
    others = forms(text, names)
    form_of = {word.casefold(): name for word, name in others.items()}
    taken.update({word.casefold(): (word, "form") for word in reversed(others)})  # the capital letter wins
    times = counted(text, [words for words, _ in taken.values()])
    seen = [Candidate(words, kind, times[words], form_of.get(key, "")) for key, (words, kind) in taken.items()]
    order = tuple(KINDS)
    return tuple(sorted(seen, key=lambda each: (order.index(each.kind), -each.times, each.text)))


def forms(text: str, names: tuple[str, ...]) -> dict[str, str]:
    """Words of `text` that look like a form of one of `names` -> that name.

    Three rules. A Cyrillic word with a capital letter that shares all but an ending of up to three letters (Анна,
    Анной). One word of a longer name, on its own (Anna of Anna Ivanova). A longer word of a Semitic script that ends in
    the whole name, as Arabic writes `and` and `to` (وفاطمة of فاطمة).
    """
    by_length = sorted(names, key=lambda name: (-len(name), name))
    known = {name.casefold(): at for at, name in enumerate(by_length)}
    likely: dict[str, list[int]] = {}
    for at, name in enumerate(by_length):
        for key in _keys_of_name(name):
            likely.setdefault(key, []).append(at)
    found: dict[str, str] = {}
    for word in sorted(set(_WORD.findall(text))):
        # A name may be a form of one that is longer, or as long and before it in the list: never each of the other.
        above = known.get(word.casefold(), len(by_length))
        near = sorted({at for key in _keys_of_word(word) for at in likely.get(key, ()) if at < above})
        whole = next((by_length[at] for at in near if _is_form(word, by_length[at])), None)
        if whole is not None:
            found[word] = whole
    return found


def _keys_of_name(name: str) -> Iterator[str]:
    """What a word shares with a name that it can be a form of: to compare all with all took minutes for a long text."""
    for part in name.split():
        yield part.casefold()
        yield part.casefold()[:_SHARED_LETTERS]
    yield name


def _keys_of_word(word: str) -> Iterator[str]:
    yield word.casefold()
    yield word.casefold()[:_SHARED_LETTERS]
    yield from (word[start:] for start in range(1, len(word))) if _WITHOUT_CAPITALS.match(word[-1]) else ()


def _is_form(word: str, name: str) -> bool:
    return any(rule(word, name) for rule in (_is_inflected, _is_part, _has_prefix))


def _is_inflected(word: str, name: str) -> bool:
    if not ("\u0400" <= word[0] <= "\u052f" and word[0].isupper()):
        return False
    return any(_share_all_but_an_ending(word.casefold(), part.casefold()) for part in name.split())


def _share_all_but_an_ending(word: str, part: str) -> bool:
    shared = _shared_letters(word, part)
    return word != part and shared >= _SHARED_LETTERS and max(len(word), len(part)) - shared <= _ENDING_LETTERS


def _is_part(word: str, name: str) -> bool:
    parts = name.split()
    return len(parts) > 1 and word.casefold() in {part.casefold() for part in parts if part[0].isupper()}


def _has_prefix(word: str, name: str) -> bool:
    return bool(_WITHOUT_CAPITALS.match(name)) and word != name and word.endswith(name)


def _shared_letters(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _names(text: str) -> Iterator[str]:
    for pattern in INTRODUCED:
        yield from (match["name"] for match in pattern.finditer(text))
    small = {word for word in re.findall(r"\w+", text) if word.islower()} | STARTERS
    at_start: Counter[str] = Counter()
    for sentence in sentences(text):
        for match in NAME.finditer(text, sentence.start, sentence.end):
            before, run = text[sentence.start : match.start()], TITLE.sub("", match[0], count=1)
            if not run or run in CALENDAR:
                continue
            inside = any(letter.isalnum() for letter in before) and not _SPEECH.search(before)
            name = run if inside else _without_starter(run, small)
            if inside or " " in name or name != run:
                yield name
            else:
                at_start[name] += 1
    for name, times in at_start.items():
        if times >= _LEAST_TIMES_AT_START:
            yield name


def _without_starter(run: str, small: Collection[str]) -> str:
    """The capitalised words that begin a sentence, without the first where it begins sentences itself: `When Maria`."""
    first, _, rest = run.partition(" ")
    return rest if first.casefold().replace("’", "'") in small else run


def _phones(text: str) -> Iterator[str]:
    for match in _PHONE.finditer(text):
        if _LEAST_DIGITS <= sum(letter.isdigit() for letter in match[0]) <= _MOST_DIGITS:
            yield match[0]


#: In order of certainty: what one row has taken, the rows below it do not take again.
_FINDERS: Mapping[str, Callable[[str], Iterator[str]]] = MappingProxyType(
    {
        "email": lambda text: (match[0] for match in _EMAIL.finditer(text)),
        "handle": lambda text: (match[0] for match in _HANDLE.finditer(text)),
        "date": lambda text: (match[0] for match in _DATE.finditer(text)),
        "document": lambda text: (match[0] for match in _DOCUMENT.finditer(text)),
        "phone": _phones,
        "name": _names,
    }
)
