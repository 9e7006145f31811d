"""What people type, by question type, made into XForm strings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from forms.coders import ACKNOWLEDGED
from forms.number_lines import number_line, written
from forms.question_types import SELECTS
from forms.questionnaire import Question
from forms.running.answer_problems import NotAnAnswer
from forms.running.typed_times import parts_of, typed_date, typed_moment, typed_time

__all__ = ["MAX_CHARACTERS", "NotAnAnswer", "Raw", "answer_from", "canonical", "has_fields", "placed"]

#: Characters of an open answer: about eight printed pages.
MAX_CHARACTERS = 20_000
#: Digits of a number: what a 64-bit integer and a float both hold exactly.
MAX_DIGITS = 15
#: Ticks that are looked at in one select_multiple.
_MAX_TICKS = 2_000

# Thousands are set apart by spaces of every width, apostrophes (Switzerland) and the Arabic separator.
_SPACERS = re.compile(r"[\s\u00a0\u2009\u202f'’\u066c\u200e\u200f\u061c]")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
#: `2:health`: the place that a rank's answer is given, '' where it has none yet, before the choice's name.
_PLACED = re.compile(r"([^:]*):(\S+)")

#: What is said of a date that is not asked for in full.
_UNREADABLE_DATES = {("year",): "not_a_year", ("year", "month"): "not_a_month"}

Raw = Mapping[str, Sequence[str]]

_MINUSES = str.maketrans({"−": "-", "–": "-", "٫": ".", "،": ","})


def answer_from(question: Question, raw: Raw, key: str = "") -> str:
    """What the fields of a page say for that question, as an XForm string; '' for nothing.

    `raw` has every value of every field. `key` is what the fields are named after where that is not the question's
    name: `age[2]` within a repeat. Raises NotAnAnswer.
    """
    name = key or question.name
    parts = [next(iter(raw.get(f"{name}-{part}", ())), "") for part in parts_of(question)]
    if any(parts) and question.type == "date":
        parts = [*parts, "1", "1"][:3]
    # 1,000 is a thousand where only whole numbers are asked for, and one to a thousandth where others are.
    whole = question.type == "range" and number_line(question).is_whole
    given = placed(raw, name) if question.type == "rank" and name not in raw else raw.get(name, ())
    try:
        answer = canonical("integer" if whole else question.type, parts if any(parts) else given)
    except NotAnAnswer as problem:
        raise NotAnAnswer(_UNREADABLE_DATES.get(parts_of(question), problem.code)) from problem
    if question.type == "range" and answer:
        _check_range(question, Decimal(answer))
    return answer


def has_fields(question: Question, raw: Raw, key: str = "") -> bool:
    """Whether the page as it was sent had that question on it."""
    name = key or question.name
    if name in raw or any(f"{name}-{part}" in raw for part in parts_of(question)):
        return True
    return question.type in SELECTS and any(field.startswith(f"{name}:") for field in raw)


def placed(raw: Raw, name: str) -> tuple[str, ...]:
    """`2:health` of the field `needs:health` that has a 2 in it, one for each choice of a rank."""
    start = f"{name}:"
    return tuple(f"{_first(given)}:{field[len(start) :]}" for field, given in raw.items() if field.startswith(start))


def canonical(kind: str, given: Sequence[str]) -> str:
    """The XForm string of what was typed or ticked for a question of that type; '' for nothing.

    `given` has one value; one for each tick of a select_multiple; for a rank `2:health` for each choice, or the choices
    in their order; the parts of a date. Choices are not looked up here: which of them are offered depends on the other
    answers. Raises NotAnAnswer.
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
    return written(number) if number else "0"


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


def _one(given: Sequence[str]) -> str:
    name = _first(given).strip()
    if len(name.split()) > 1:
        raise NotAnAnswer("not_an_option")
    return name


def _several(given: Sequence[str]) -> str:
    if len(given) > _MAX_TICKS or any(len(tick.split()) > 1 for tick in given):
        raise NotAnAnswer("not_an_option")
    return " ".join(dict.fromkeys(tick.strip() for tick in given if tick.strip()))


def _ordered(given: Sequence[str]) -> str:
    """The choices from first to last: all or none, as in ODK, so that the last one open takes the last place open."""
    matches = [_PLACED.fullmatch(choice.strip()) for choice in given]
    pairs = [(match[1], match[2]) for match in matches if match]
    if len(pairs) < len(given) or len(given) > _MAX_TICKS:
        return _several([name for choice in given for name in choice.split()])
    found = [(_place(text, len(pairs)), name) for text, name in pairs]
    names = {place: name for place, name in found if place}
    missing = [name for place, name in found if not place]
    if not names:
        return ""
    if len(names) + len(missing) < len(found):
        raise NotAnAnswer("place_given_twice")
    if len(missing) == 1:
        names[next(place for place in range(1, len(found) + 1) if place not in names)] = missing[0]
    if sorted(names) != list(range(1, len(found) + 1)):
        raise NotAnAnswer("place_missing")
    return " ".join(names[place] for place in sorted(names))


def _place(text: str, count: int) -> int:
    """The place that is written, with or without a full stop or the like after it; 0 for none."""
    digits = _ascii_digits(_SPACERS.sub("", text[:100]).rstrip(".,)°ºª、。"))
    if not digits:
        return 0
    if not re.fullmatch("[0-9]{1,5}", digits) or not 1 <= int(digits) <= count:
        raise NotAnAnswer("not_a_place", {"count": str(count)})
    return int(digits)


def _acknowledged(given: Sequence[str]) -> str:
    return ACKNOWLEDGED if _first(given).strip() else ""


def _check_range(question: Question, number: Decimal) -> None:
    offered = number_line(question)
    values = {"start": written(offered.low), "end": written(offered.high), "step": written(offered.step)}
    if not offered.holds(number):
        raise NotAnAnswer("out_of_range", values)
    if not offered.is_on_step(number):
        raise NotAnAnswer("between_steps", values)


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
        "range": _decimal,
        "date": typed_date,
        "time": typed_time,
        "datetime": typed_moment,
        "rank": _ordered,
        "acknowledge": _acknowledged,
        "select_one": _one,
        "select_multiple": _several,
    }
)
