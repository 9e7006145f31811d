"""Dates and times of day as people type them, in our languages and in digits of any script, made into XForm strings.

ODK Collect adds the phone's time zone to a time (`09:30:00.000+03:00`), and ODK Web Forms takes one without. Ours has
none: an hour is an hour where the respondent lives, and a zone would say where that is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from forms.questionnaire import Question
from forms.running.answer_problems import NotAnAnswer

_LONGEST = 100
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_ZONE = r"(?:z|[+-][0-9]{2}:?[0-9]{2})?"
#: An XForm time or, with a date before it, an XForm dateTime.
_XFORM_TIME = re.compile(rf"([0-9]{{2}}):([0-9]{{2}})(?::([0-9]{{2}})(\.[0-9]{{1,9}})?)?{_ZONE}")

_MORNING, _AFTERNOON, _NIGHT, _HALF, _UNIT = "morning", "afternoon", "night", "half", "unit"
#: What stands between and around the figures; letters alone, without accents, full stops and spaces.
_WORDS = {
    word: meaning
    for meaning, words in {
        _UNIT: "h hr hrs hs hora horas heure heures ч час часа часов min mn мин минут 点 點 时 時 分 分钟 分鐘 oclock"
        " a las du de la",
        _HALF: "点半 點半 时半 時半",
        _MORNING: "am 上午 早上 凌晨 ص صباحا утра дп matin manana",
        _AFTERNOON: "pm 下午 中午 م مساء дня пп apresmidi lapresmidi tarde",
        _NIGHT: "晚上 夜里 夜裡 вечера ночи soir noche",
    }.items()
    for word in words.split()
}


def parts_of(question: Question) -> tuple[str, ...]:
    """The controls that a date or a date with a time is typed in, each after the question's name: `born-year`.

    The appearances `year` and `month-year` ask for no more than that; ODK stores the first day of it.
    """
    if question.type == "datetime":
        return ("year", "month", "day", "time")
    appearances = question.appearance.split()
    if question.type != "date":
        return ()
    if "year" in appearances:
        return ("year",)
    return ("year", "month") if "month-year" in appearances else ("year", "month", "day")


def typed_date(given: Sequence[str]) -> str:
    """`2026-03-05` of year, month and day, or of the date itself; '' for nothing."""
    parts = _parts(given, "not_a_date")
    if not any(parts):
        return ""
    if len(parts) == 1:
        found = _DATE.fullmatch(parts[0])
        parts = list(found.groups()) if found else []
    if len(parts) != 3 or not all(re.fullmatch("[0-9]+", part) for part in parts) or len(parts[0]) != 4:
        raise NotAnAnswer("not_a_date")
    try:
        return date(*map(int, parts)).isoformat()
    except (ValueError, OverflowError) as problem:
        raise NotAnAnswer("not_a_date") from problem


def typed_time(given: Sequence[str]) -> str:
    """`09:30:00.000` of `9:30`, `9h30`, `9.30 am`, `上午9点半`, `٩:٣٠ ص`; '' for nothing."""
    (text,) = _parts(given[:1] or [""], "not_a_time")
    return _time(text) if text else ""


def typed_moment(given: Sequence[str]) -> str:
    """`2026-03-05T21:30:00.000` of year, month, day and time, or of the XForm string itself; '' for nothing."""
    parts = _parts(given, "not_a_moment")
    if not any(parts):
        return ""
    if len(parts) == 1:
        whole, _, clock = parts[0].upper().partition("T")
        parts = [*whole.split("-", 2), clock]
    if len(parts) != 4 or not all(parts):
        raise NotAnAnswer("not_a_moment")
    try:
        return f"{typed_date(parts[:3])}T{_time(parts[3])}"
    except NotAnAnswer as problem:
        raise NotAnAnswer("not_a_moment") from problem


def _parts(given: Sequence[str], code: str) -> list[str]:
    if any(len(part) > _LONGEST for part in given):
        raise NotAnAnswer(code)
    return [_plain(part) for part in given]


def _plain(text: str) -> str:
    """Full-width and other forms as ordinary ones, digits of any script as 0 to 9, without the marks of direction."""
    wide = unicodedata.normalize("NFKC", text)
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in wide if unicodedata.category(c) != "Cf")
    return "".join(digits).strip()


def _time(text: str) -> str:
    if found := _XFORM_TIME.fullmatch(text.casefold()):
        hour, minute, second, fraction = (int(found[1]), int(found[2]), int(found[3] or 0), found[4] or "")
        return _written(hour, minute, second, fraction)
    pieces = re.split("([0-9]+)", text)
    figures, words = _figures(pieces[1::2]), _meanings(pieces[::2])
    if len(figures) > 3 or (_HALF in words and len(figures) != 1):
        raise NotAnAnswer("not_a_time")
    hour, minute, second = (*figures, 30 if _HALF in words else 0, 0)[:3]
    return _written(_of_day(hour, words - {_HALF, _UNIT}), minute, second)


def _figures(digits: Sequence[str]) -> list[int]:
    """Hour, minutes and seconds; 930 and 0930 are an hour and minutes."""
    if len(digits) == 1 and len(digits[0]) in {3, 4}:
        digits = [digits[0][:-2], digits[0][-2:]]
    if not digits or any(len(figure) > 2 for figure in digits):
        raise NotAnAnswer("not_a_time")
    return [int(figure) for figure in digits]


def _meanings(pieces: Iterable[str]) -> set[str]:
    found = set()
    for piece in pieces:
        whole = _letters(piece)
        for word in (whole,) if whole in _WORDS else map(_letters, piece.split()):
            if word and word not in _WORDS:
                raise NotAnAnswer("not_a_time")
            found |= {_WORDS[word]} if word else set()
    return found


def _letters(piece: str) -> str:
    """Without accents, points and spaces: `p. m.` -> `pm`, `mañana` -> `manana`, a colon -> nothing."""
    split = unicodedata.normalize("NFKD", piece.casefold())
    return "".join(c for c in split if c not in ".,:'’-–—/_" and not c.isspace() and not unicodedata.combining(c))


def _of_day(hour: int, periods: set[str]) -> int:
    """The hour of 24; half past twelve in the morning and twelve at night are nought."""
    if len(periods) > 1 or (_MORNING in periods and hour > 12):
        raise NotAnAnswer("not_a_time")
    if hour > 12 or not periods:
        return hour
    if _NIGHT in periods:
        return hour + 12 if 5 <= hour < 12 else hour % 12
    return hour % 12 + (12 if _AFTERNOON in periods else 0)


def _written(hour: int, minute: int, second: int, fraction: str = "") -> str:
    if hour > 23 or minute > 59 or second > 59:
        raise NotAnAnswer("not_a_time")
    return f"{hour:02}:{minute:02}:{second:02}.{fraction[1:4]:0<3}"
