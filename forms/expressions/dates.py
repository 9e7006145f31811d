"""The date functions of ODK expressions."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

from forms.expressions.context import Context
from forms.expressions.values import MAX_TEXT, Value, local, to_moment, to_text

#: Months from 1 and days of the week from Monday, 0.
Names = tuple[MappingProxyType[int, str], MappingProxyType[int, str]]

#: https://docs.getodk.org/form-operators-functions/#format-date
_DIRECTIVES: MappingProxyType[str, Callable[[datetime, Names], str]] = MappingProxyType(
    {
        "%": lambda m, names: "%",
        "Y": lambda m, names: f"{m.year:04}",
        "y": lambda m, names: f"{m.year % 100:02}",
        "m": lambda m, names: f"{m.month:02}",
        "n": lambda m, names: str(m.month),
        "b": lambda m, names: names[0][m.month],
        "d": lambda m, names: f"{m.day:02}",
        "e": lambda m, names: str(m.day),
        "H": lambda m, names: f"{m.hour:02}",
        "h": lambda m, names: str(m.hour),
        "M": lambda m, names: f"{m.minute:02}",
        "S": lambda m, names: f"{m.second:02}",
        "3": lambda m, names: f"{m.microsecond // 1000:03}",
        "a": lambda m, names: names[1][m.weekday()],
        "W": lambda m, names: str(m.isocalendar().week),
        "u": lambda m, names: str(m.isoweekday()),
    }
)
_DIRECTIVE = re.compile("%(.)", re.DOTALL)
_TIME = re.compile(r"\d\d:", re.ASCII)


def written_date(value: Value, pattern: str, zone: tzinfo | None, language: str = "en") -> str:
    """`format-date()` and `format-date-time()`: '' for what is no date; unknown directives stay as they are.

    The short names of months and days are in `language` (BCP 47), as ODK Collect has them.
    """
    moment = to_moment(value)
    if moment is None:
        return ""
    here, names = local(moment, zone), _names(language)

    def written(found: re.Match[str]) -> str:
        directive = _DIRECTIVES.get(found[1])
        return directive(here, names) if directive else found[0]

    return _DIRECTIVE.sub(written, pattern)[:MAX_TEXT]


@lru_cache(maxsize=64)
def _names(language: str) -> Names:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        locale = Locale("en")
    months, days = locale.months["format"]["abbreviated"], locale.days["format"]["abbreviated"]
    return MappingProxyType(dict(months)), MappingProxyType(dict(days))


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
    if isinstance(value, float):
        return value
    moment = to_moment(value)
    if moment is None:
        return math.nan
    return (local(moment, zone or UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() / 86_400


def decimal_time(value: Value, zone: tzinfo | None) -> float:
    """`decimal-time()`: the time of day as a fraction of a day, noon being 0.5, on the clocks of `zone`."""
    if isinstance(value, float):
        return value - math.floor(value) if math.isfinite(value) else math.nan
    text = to_text(value).strip()
    moment = to_moment(f"1970-01-01T{text}" if _TIME.match(text) else value)
    if not isinstance(moment, datetime):
        return math.nan
    here = local(moment, zone or UTC)
    return (here.hour * 3600 + here.minute * 60 + here.second + here.microsecond / 1_000_000) / 86_400


def _written(context: Context, given: list[Value]) -> Value:
    return written_date(given[0], to_text(given[1]), context.now.tzinfo, context.language)


#: Name -> work.
DATE_FUNCTIONS: MappingProxyType[str, Callable[[Context, list[Value]], Value]] = MappingProxyType(
    {
        "today": lambda context, given: context.today,
        "now": lambda context, given: context.now,
        "date": lambda context, given: as_date(given[0], context.now.tzinfo),
        "date-time": lambda context, given: as_moment(given[0], context.now.tzinfo),
        "decimal-date-time": lambda context, given: decimal_days(given[0], context.now.tzinfo),
        "decimal-time": lambda context, given: decimal_time(given[0], context.now.tzinfo),
        "format-date": _written,
        "format-date-time": _written,
    }
)
