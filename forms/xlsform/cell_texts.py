"""A cell as any library gives it -> the text that its author means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

_ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})


def written(value: object) -> str:
    """A cell as an author means it: 3 and not 3.0, TRUE and FALSE, ISO 8601 dates and times to the second."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
    for kind, as_text in _MOMENTS.items():
        if isinstance(value, kind):
            return as_text(value)
    text = str(value)
    return "" if text in _ERRORS else text


def _moment(value: dt.datetime) -> str:
    whole = _to_the_second(value)
    return whole.date().isoformat() if whole.time() == dt.time() else whole.isoformat()


def _time(value: dt.time) -> str:
    return _to_the_second(dt.datetime.combine(dt.date(1900, 1, 1), value)).time().isoformat()


def _duration(value: dt.timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def _to_the_second(value: dt.datetime) -> dt.datetime:
    """The nearest one: a spreadsheet keeps 09:05 as a fraction of a day, which is a hair more or less."""
    return (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)


#: A datetime is a date too: in this order.
_MOMENTS: dict[type, Callable[[Any], str]] = {
    dt.datetime: _moment,
    dt.date: dt.date.isoformat,
    dt.time: _time,
    dt.timedelta: _duration,
}
