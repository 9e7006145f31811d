"""What people type, by question type, made into XForm strings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

#: Characters of an open answer: about four printed pages.
MAX_CHARACTERS = 10_000
#: Digits of a number: what a 64-bit integer and a float both hold exactly.
MAX_DIGITS = 15
#: Ticks that are looked at in one select_multiple.
_MAX_TICKS = 2_000

# Thousands are set apart by spaces of every width, apostrophes (Switzerland) and the Arabic separator.
_SPACERS = re.compile(r"[\s\u00a0\u2009\u202f'’\u066c\u200e\u200f\u061c]")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_MINUSES = str.maketrans({"−": "-", "–": "-", "٫": ".", "،": ","})


class NotAnAnswer(ValueError):
    """Input that its question type cannot hold; `code` is a key of `answer_problems.MESSAGES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def canonical(kind: str, given: Sequence[str]) -> str:
    """The XForm string of what was typed or ticked for a question of that type; '' for nothing.

    `given` has one value, one for each tick of a select_multiple, or year, month and day of a date. Choices are not
    looked up here: which of them are offered depends on the other answers. Raises NotAnAnswer.
    """
    return _READERS.get(kind, _text)(given)


def _text(given: Sequence[str]) -> str:
    text = _first(given)
    # Four bytes more than enough for each: a hostile megabyte is turned away before anything walks through it.
    if len(text) > 2 * MAX_CHARACTERS:
        raise NotAnAnswer("too_long")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    text = unicodedata.normalize("NFC", kept).strip()
    if len(text) > MAX_CHARACTERS:
        raise NotAnAnswer("too_long")
    return text


def _integer(given: Sequence[str]) -> str:
    text = _number_text(given, "not_a_whole_number")
    if _GROUPED.fullmatch(text):
        text = re.sub("[.,]", "", text)
    number = _decimal_of(text, "not_a_whole_number")
    if number is None:
        return ""
    if number != number.to_integral_value():
        raise NotAnAnswer("not_a_whole_number")
    return str(int(number))


def _decimal(given: Sequence[str]) -> str:
    number = _decimal_of(_number_text(given, "not_a_number"), "not_a_number")
    if number is None:
        return ""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _number_text(given: Sequence[str], code: str) -> str:
    text = _first(given)
    if len(text) > 100:
        raise NotAnAnswer(code)
    return _ascii_digits(_SPACERS.sub("", text).translate(_MINUSES))


def _decimal_of(text: str, code: str) -> Decimal | None:
    if not text:
        return None
    # Of two marks the later one is the decimal mark: 1.234,5 and 1,234.5 are the same number.
    whole, mark, fraction = text.rpartition(max(",.", key=text.rfind))
    text = f"{re.sub('[.,]', '', whole)}{'.' if mark else ''}{fraction}"
    if not _PLAIN.fullmatch(text):
        raise NotAnAnswer(code)
    number = Decimal(text)
    if sum(character.isdigit() for character in text) > MAX_DIGITS:
        raise NotAnAnswer("too_many_digits")
    return number


def _date(given: Sequence[str]) -> str:
    parts = [_ascii_digits(part.strip()) for part in given if len(part) <= 100]
    if len(parts) != len(given):
        raise NotAnAnswer("not_a_date")
    if not any(parts):
        return ""
    if len(parts) == 1:
        found = _ISO_DATE.fullmatch(parts[0])
        parts = list(found.groups()) if found else []
    if len(parts) != 3 or not all(re.fullmatch("[0-9]+", part) for part in parts) or len(parts[0]) != 4:
        raise NotAnAnswer("not_a_date")
    try:
        return date(*map(int, parts)).isoformat()
    except (ValueError, OverflowError) as problem:
        raise NotAnAnswer("not_a_date") from problem


def _one(given: Sequence[str]) -> str:
    name = _first(given).strip()
    if len(name.split()) > 1:
        raise NotAnAnswer("not_an_option")
    return name


def _several(given: Sequence[str]) -> str:
    if len(given) > _MAX_TICKS or any(len(tick.split()) > 1 for tick in given):
        raise NotAnAnswer("not_an_option")
    return " ".join(dict.fromkeys(tick.strip() for tick in given if tick.strip()))


def _first(given: Sequence[str]) -> str:
    return given[0] if given else ""


def _ascii_digits(text: str) -> str:
    """Digits of any script (Arabic, Persian, Devanagari …) as 0 to 9, everything else as it was."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


_READERS: Mapping[str, Callable[[Sequence[str]], str]] = MappingProxyType(
    {
        "text": _text,
        "integer": _integer,
        "decimal": _decimal,
        "date": _date,
        "select_one": _one,
        "select_multiple": _several,
    }
)
