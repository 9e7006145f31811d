"""The values of expressions and how XPath turns each kind into the others."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import ROUND_FLOOR, Decimal

#: A tuple is a set of nodes, by their texts: what `instance('list')/root/item/name` finds.
Value = bool | float | str | date | datetime | tuple[str, ...]

#: No text that an expression makes grows beyond this many characters, whatever calculations feed on one another.
MAX_TEXT = 32_767


class Node(str):
    """The text of one node of the form. As any set of nodes that is not empty, it is true, whatever it says."""

    __slots__ = ()


_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)
_DATE = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*", re.ASCII)
_MOMENT = re.compile(r"\s*\d{4}-\d\d-\d\dT\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?\s*", re.ASCII)
# Beyond it, whole numbers are no longer exact: no digit is shown that the number does not have.
_LARGEST_EXACT = 2**53
_EPOCH = date(1970, 1, 1)


def to_text(value: Value) -> str:
    """XPath `string()`, with ODK's ISO 8601 for dates, no exponents for numbers, and nothing for what is no number."""
    if type(value) is str:
        return value
    if isinstance(value, str):
        return str(value)  # the text of a Node is no Node
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return _number_text(float(value))
    if isinstance(value, tuple):
        return value[0] if value else ""
    return value.isoformat(timespec="milliseconds") if isinstance(value, datetime) else value.isoformat()


def to_number(value: Value) -> float:
    """XPath `number()`; dates, and texts that are ISO dates, count as days since 1 January 1970."""
    if isinstance(value, float):
        return value
    if isinstance(value, tuple):
        value = to_text(value)
    if isinstance(value, str):
        if (value.isascii() and value.isdigit()) or _NUMBER.fullmatch(value):
            return float(value)
        moment = _read_moment(value) if len(value) > 7 else None
        return math.nan if moment is None else _days(moment)
    return float(value) if isinstance(value, int) else _days(value)


def to_boolean(value: Value) -> bool:
    """XPath `boolean()`: a number but 0 and NaN, a text but the empty one, any date, a set with a node in it.

    So the reference `${name}` is true even where nothing was answered: ODK Web Forms and Enketo read it like this.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return not isinstance(value, (str, tuple)) or isinstance(value, Node) or bool(value)


def flat(values: list[Value]) -> list[Value]:
    """The values with every set of nodes taken apart."""
    return [part for value in values for part in (value if isinstance(value, tuple) else (value,))]


def to_moment(value: Value) -> date | datetime | None:
    """A date, or a date with a time, from a value of any kind; None where it is none."""
    if isinstance(value, date):
        return value
    if isinstance(value, tuple):
        value = to_text(value)
    if isinstance(value, str):
        return _read_moment(value)
    return None if isinstance(value, bool) else _from_days(value)


def rounded(number: float, places: float = 0) -> float:
    """XPath 1.0 section 4.4: the nearest number with so many decimal places, the higher of two equally near."""
    if math.isnan(places) or not math.isfinite(number) or number == 0:
        return math.nan if math.isnan(places) else number
    digits = int(max(-400, min(400, places)))
    exact = Decimal(repr(number))
    if -int(exact.as_tuple().exponent) <= digits:
        return number
    step = Decimal(1).scaleb(-digits)
    return math.copysign((exact / step + Decimal("0.5")).to_integral_value(ROUND_FLOOR) * step, number)


def local(moment: date | datetime, zone: tzinfo | None) -> datetime:
    """The moment on the clocks of `zone`; a date alone is its midnight, a time without zone is taken as local."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(), zone)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(zone)
    except OverflowError:  # in the first or the last hours that Python's calendar knows
        return moment.replace(tzinfo=zone)


def _days(moment: date | datetime) -> float:
    # Wall-clock days, so that today() and now() of one evening never fall on different sides of a date.
    whole = float((date(moment.year, moment.month, moment.day) - _EPOCH).days)
    if not isinstance(moment, datetime):
        return whole
    seconds = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second).total_seconds()
    return whole + (seconds + moment.microsecond / 1_000_000) / 86_400


def _from_days(days: float) -> date | datetime | None:
    try:
        moment = datetime.combine(_EPOCH, time()) + timedelta(days=days)
    except (OverflowError, ValueError):
        return None
    return moment.date() if days == int(days) else moment


def _read_moment(text: str) -> date | datetime | None:
    try:
        if found := _DATE.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        return datetime.fromisoformat(text.strip()) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def _number_text(number: float) -> str:
    if math.isnan(number):
        return ""
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number) and abs(number) < _LARGEST_EXACT:
        return str(int(number))
    return format(Decimal(repr(number)), "f").removesuffix(".0")
