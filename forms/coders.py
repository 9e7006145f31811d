"""How one closed answer becomes a field of a record and comes back: one row for each way of storing."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

MISSING_INTEGER = -(2**63)
MISSING_DATE = 0
MISSING_TIME = -1
NOT_ANSWERED = 0  # of a select_one, whose n-th choice is n, and of an open place in a rank
ASKED_BIT = 0  # of a select_multiple; its n-th choice is bit n, the least significant bit of the first byte being bit 0
#: What XForms store for something that was acknowledged (ODK's trigger).
ACKNOWLEDGED = "OK"

_DAY_MS = 86_400_000
_EPOCH = datetime(1970, 1, 1)
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,9}))?)?")
_ZONE = re.compile(r"(?:Z|[+-][0-9]{2}:?[0-9]{2})$")


@dataclass(frozen=True, slots=True)
class Coded:
    """One question's place in the record."""

    #: The numpy field; the question's name, with a colon after it where that is a name of ours.
    column: str
    #: A key of `CODERS`.
    stored_as: str
    #: Choice names in list order, each once; choice n stands at n - 1.
    choices: tuple[str, ...]
    code_of: Mapping[str, int]
    #: Bytes of a select_multiple's mask.
    width: int


@dataclass(frozen=True, slots=True)
class Coder:
    """`pack` raises ValueError, KeyError or OverflowError for what does not fit; `unpack` gives None for no answer."""

    format: Callable[[Coded], tuple[str, tuple[Any, ...]]]  # for struct; for numpy after the field's name
    pack: Callable[[str, Coded], Any]
    unpack: Callable[[Any, Coded], str | None]
    missing: Callable[[Coded], Any]


def _mask(answer: str, place: Coded) -> bytes:
    bits = 1 << ASKED_BIT
    for name in answer.split():
        bits |= 1 << place.code_of[name]
    return bits.to_bytes(place.width, "little")


def _names(mask: bytes, place: Coded) -> str | None:
    bits = int.from_bytes(mask, "little")
    return " ".join(name for name, code in place.code_of.items() if bits >> code & 1) or None


def _order(answer: str, place: Coded) -> bytes:
    codes = list(dict.fromkeys(place.code_of[name] for name in answer.split()))
    codes += [NOT_ANSWERED] * (len(place.choices) - len(codes))
    return struct.pack(f"<{len(codes)}H", *codes)


def _ordered(codes: bytes, place: Coded) -> str | None:
    found = struct.unpack(f"<{len(place.choices)}H", codes)
    return " ".join(place.choices[code - 1] for code in found if code) or None


def _integer(answer: str, _: Coded) -> int:
    number = int(answer)
    if not MISSING_INTEGER < number < 2**63:
        raise OverflowError
    return number


def _decimal(answer: str, _: Coded) -> float:
    number = float(answer)
    if not math.isfinite(number):
        raise OverflowError
    return number


def _written(number: float) -> str:
    """As XPath writes a number: no exponent, no `.0`."""
    text = format(Decimal(repr(number)), "f")
    return text.removesuffix(".0")


def _milliseconds(clock: str) -> int:
    """Of the day; a zone, which only a form's own calculation brings, is left out: it would say where somebody is."""
    found = _TIME.fullmatch(_ZONE.sub("", clock))
    if not found:
        raise ValueError
    hours, minutes, seconds, fraction = found.groups(default="0")
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction[:3].ljust(3, "0"))


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _moment(answer: str, _: Coded) -> int:
    day, _mark, clock = answer.partition("T")
    days = date.fromisoformat(day).toordinal() - _EPOCH.toordinal()
    return days * _DAY_MS + (_milliseconds(clock) if clock else 0)


def _written_moment(milliseconds: int) -> str:
    days, of_day = divmod(milliseconds, _DAY_MS)
    return f"{(_EPOCH + timedelta(days=days)).date().isoformat()}T{_clock(of_day)}"


def _flag(answer: str, _: Coded) -> int:
    if answer != ACKNOWLEDGED:
        raise ValueError
    return 1


CODERS: Mapping[str, Coder] = MappingProxyType(
    {
        "code": Coder(
            format=lambda place: ("H", ("<u2",)),
            pack=lambda answer, place: place.code_of[answer],
            unpack=lambda code, place: place.choices[code - 1] if code else None,
            missing=lambda place: NOT_ANSWERED,
        ),
        "bits": Coder(
            format=lambda place: (f"{place.width}s", ("u1", (place.width,))),
            pack=_mask,
            unpack=_names,
            missing=lambda place: bytes(place.width),
        ),
        "order": Coder(
            format=lambda place: (f"{2 * len(place.choices)}s", ("<u2", (len(place.choices),))),
            pack=_order,
            unpack=_ordered,
            missing=lambda place: bytes(2 * len(place.choices)),
        ),
        "integer": Coder(
            format=lambda place: ("q", ("<i8",)),
            pack=_integer,
            unpack=lambda number, place: None if number == MISSING_INTEGER else str(number),
            missing=lambda place: MISSING_INTEGER,
        ),
        "decimal": Coder(
            format=lambda place: ("d", ("<f8",)),
            pack=_decimal,
            unpack=lambda number, place: None if math.isnan(number) else _written(number),
            missing=lambda place: math.nan,
        ),
        "date": Coder(
            format=lambda place: ("i", ("<i4",)),
            pack=lambda answer, place: date.fromisoformat(answer).toordinal(),
            unpack=lambda ordinal, place: None if ordinal == MISSING_DATE else date.fromordinal(ordinal).isoformat(),
            missing=lambda place: MISSING_DATE,
        ),
        "time": Coder(
            format=lambda place: ("i", ("<i4",)),
            pack=lambda answer, place: _milliseconds(answer),
            unpack=lambda milliseconds, place: None if milliseconds == MISSING_TIME else _clock(milliseconds),
            missing=lambda place: MISSING_TIME,
        ),
        "moment": Coder(
            format=lambda place: ("q", ("<i8",)),
            pack=_moment,
            unpack=lambda found, place: None if found == MISSING_INTEGER else _written_moment(found),
            missing=lambda place: MISSING_INTEGER,
        ),
        "flag": Coder(
            format=lambda place: ("B", ("u1",)),
            pack=_flag,
            unpack=lambda flag, place: ACKNOWLEDGED if flag else None,
            missing=lambda place: 0,
        ),
    }
)
