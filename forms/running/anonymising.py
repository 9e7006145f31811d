"""Answers made less telling before they are stored, where the questionnaire says so in its column `anonymise`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from forms.bands import bands_of
from forms.number_lines import written
from forms.questionnaire import Question, Questionnaire

#: Of a month only its first day is kept, of an hour its first minute, of a day its midnight.
_MONTH, _HOUR, _DAY = "-01", ":00:00.000", "T00:00:00.000"


def anonymised(questionnaire: Questionnaire, answers: Mapping[str, str]) -> Mapping[str, str]:
    """The answers as they may be stored; keys are question names, within repeats those of one time (`age[2]`).

    `drop` leaves an answer out. `band` keeps the lower end of the band of a number (the very bands that its table has),
    the month of a date, the hour of a time, the day of a moment. Chosen answers are categories already and stay. Words
    cannot be made coarser, nor can what is no number or date: they are left out rather than stored as they are.
    """
    asked = {question.name: question for question in questionnaire.questions() if question.anonymise in _RULES}
    if not asked:
        return answers
    kept: dict[str, str] = {}
    for key, answer in answers.items():
        question = asked.get(key.partition("[")[0])
        left = answer if question is None or not answer else _RULES[question.anonymise](question, answer)
        if left is not None:
            kept[key] = left
    return MappingProxyType(kept)


def is_never_stored(question: Question) -> bool:
    """Whether no answer to it is ever kept."""
    return question.anonymise == "drop" or (question.anonymise == "band" and question.type not in _BANDS)


def is_stored_coarser(question: Question) -> bool:
    """Whether its answers are kept less exactly than they are given."""
    return question.anonymise == "band" and _BANDS.get(question.type, _as_it_is) is not _as_it_is


def _dropped(question: Question, answer: str) -> None:
    return None


def _banded(question: Question, answer: str) -> str | None:
    try:
        return _BANDS[question.type](question, answer)
    except (KeyError, ValueError, ArithmeticError):
        return None


def _edge(question: Question, answer: str) -> str:
    return written(Decimal(repr(bands_of(question).edge_below(float(answer)))))


def _month(question: Question, answer: str) -> str:
    return date.fromisoformat(answer).isoformat()[:-3] + _MONTH


def _hour(question: Question, answer: str) -> str:
    return f"{int(answer[:2]):02}{_HOUR}"


def _day(question: Question, answer: str) -> str:
    return date.fromisoformat(answer[:10]).isoformat() + _DAY


def _as_it_is(question: Question, answer: str) -> str:
    return answer


_RULES: Mapping[str, Callable[[Question, str], str | None]] = MappingProxyType({"drop": _dropped, "band": _banded})
_BANDS: Mapping[str, Callable[[Question, str], str]] = MappingProxyType(
    {
        "integer": _edge,
        "decimal": _edge,
        "range": _edge,
        "date": _month,
        "time": _hour,
        "datetime": _day,
        "select_one": _as_it_is,
        "select_multiple": _as_it_is,
        "rank": _as_it_is,
        "acknowledge": _as_it_is,
    }
)
