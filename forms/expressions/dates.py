"""The date functions of ODK expressions."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, time, tzinfo
from types import MappingProxyType

from forms.expressions.values import MAX_TEXT, Value, local, to_moment, to_text

# ODK writes these in English whatever the form's language.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

#: https://docs.getodk.org/form-operators-functions/#format-date
_DIRECTIVES: MappingProxyType[str, Callable[[datetime], str]] = MappingProxyType(
    {
        "%": lambda _: "%",
        "Y": lambda m: f"{m.year:04}",
        "y": lambda m: f"{m.year % 100:02}",
        "m": lambda m: f"{m.month:02}",
        "n": lambda m: str(m.month),
        "b": lambda m: _MONTHS[m.month - 1],
        "d": lambda m: f"{m.day:02}",
        "e": lambda m: str(m.day),
        "H": lambda m: f"{m.hour:02}",
        "h": lambda m: str(m.hour),
        "M": lambda m: f"{m.minute:02}",
        "S": lambda m: f"{m.second:02}",
        "3": lambda m: f"{m.microsecond // 1000:03}",
        "a": lambda m: _DAYS[m.weekday()],
        "W": lambda m: str(m.isocalendar().week),
        "u": lambda m: str(m.isoweekday()),
    }
)
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)


def written_date(value: Value, pattern: str, zone: tzinfo | None) -> str:
    """`format-date()` and `format-date-time()`: '' for what is no date; unknown directives stay as they are."""
    moment = to_moment(value)
    if moment is None:
        return ""
    here = local(moment, zone)

    def written(found: re.Match[str]) -> str:
        directive = _DIRECTIVES.get(found[1])
        return directive(here) if directive else found[0]

    return re.sub(r"%(.)", written, pattern)[:MAX_TEXT]


def as_date(value: Value, zone: tzinfo | None) -> Value:
    """`date()`: the day of a date, a moment or a number of days; '' for anything else."""
    moment = to_moment(value)
    return "" if moment is None else local(moment, zone).date()


def as_moment(value: Value, zone: tzinfo | None) -> Value:
    """`date-time()`: a day and a time on the clocks of `zone`; '' for anything else."""
    moment = to_moment(value)
    return "" if moment is None else local(moment, zone)


def decimal_days(value: Value, zone: tzinfo | None) -> float:
    """`decimal-date-time()`: days since the start of 1970 in UTC, with a fraction for the time."""
    moment = to_moment(value)
    if moment is None:
        return math.nan
    return (local(moment, zone or UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() / 86_400


def decimal_time(value: Value) -> float:
    """`decimal-time()`: the time of day as a fraction of a day, noon being 0.5."""
    found = _TIME.fullmatch(to_text(value).strip())
    if found is None:
        return math.nan
    clock = time(int(found[1]), int(found[2]), int(found[3] or 0))
    return (clock.hour * 3600 + clock.minute * 60 + clock.second + float(found[4] or 0)) / 86_400
