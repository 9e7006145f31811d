"""What a question of each type can hold: values that are computed, or that come from outside, as XForms keep them.

As ODK Web Forms 0.22 does it: a whole number loses its fraction, what fits no type is no answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from forms.expressions.values import MAX_TEXT, Value, to_text
from forms.number_lines import number_line, written
from forms.questionnaire import Question

_LARGEST_INTEGER = 2**31
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
_TIMES = re.compile(_TIME, re.ASCII)
_MOMENTS = re.compile(rf"(\d{{4}}-\d\d-\d\d)T{_TIME}", re.ASCII)
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d:\d\d(?:\.\d+)?)?", re.ASCII)
#: A time that is too long to be one: nobody's clock has so many digits.
_LONGEST = 400


def stored(value: Value, question: Question) -> str:
    """The XForm string of a computed value; '' for what is no number."""
    return accepted(to_text(value)[:MAX_TEXT], question)


def accepted(text: str, question: Question) -> str:
    """A text as that question can hold it; '' where it cannot. Choices are not looked up here."""
    read = _READERS.get(question.type)
    return read(text, question) if read and text else text


def _integer(text: str, question: Question) -> str:
    number = _number(text)
    if number is None or not -_LARGEST_INTEGER <= number < _LARGEST_INTEGER:
        return ""
    return str(int(number))


def _decimal(text: str, question: Question) -> str:
    number = _number(text)
    if number is None or not math.isfinite(float(number)):
        return ""
    plain = written(Decimal(repr(float(number))))
    return plain if "." in plain else f"{plain}.0"


def _range(text: str, question: Question) -> str:
    line, number = number_line(question), _number(text)
    if number is None or not line.holds(number):
        return ""
    return _integer(text, question) if line.is_whole else _decimal(text, question)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip()) if len(text) <= _LONGEST and text.isascii() and "_" not in text else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _date(text: str, question: Question) -> str:
    found = _DAYS.fullmatch(text)
    return found[1] if found and _is_day(found[1]) else ""


def _time(text: str, question: Question) -> str:
    return text if len(text) <= _LONGEST and _TIMES.fullmatch(text) else ""


def _moment(text: str, question: Question) -> str:
    found = _MOMENTS.fullmatch(text) if len(text) <= _LONGEST else None
    return text if found and _is_day(found[1]) else ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_READERS: Mapping[str, Callable[[str, Question], str]] = MappingProxyType(
    {
        "integer": _integer,
        "decimal": _decimal,
        "range": _range,
        "date": _date,
        "time": _time,
        "datetime": _moment,
        "acknowledge": lambda text, _: "OK" if text.casefold() == "ok" else "",
    }
)
