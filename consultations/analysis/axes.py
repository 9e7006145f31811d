"""What a table is laid out along: a question, its categories, and every response's place among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from consultations.analysis import bands, scales
from forms.bands import bands_of
from forms.packing import (
    LANGUAGE,
    MISSING_DATE,
    MISSING_INTEGER,
    MISSING_TIME,
    OTHER_LANGUAGE,
    Coded,
    Layout,
)
from forms.question_types import QUESTION_TYPES, is_asked
from forms.questionnaire import Question, Questionnaire

#: Questions that are never tabulated, whatever the plan says: a country, a month and a job are enough to name somebody.
NEVER_PUBLISHED = frozenset({"country", "countries"})
#: Says what may be done with words, not what people live through.
NOT_A_FINDING = frozenset({"quote_permission"})
#: The table of languages stands under this name, as if it were a question.
LANGUAGE_PROFILE = "_language"

Records = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Category:
    """One answer, or one band of numbers or dates; a band has `ends` and can be joined with its neighbour."""

    name: str
    #: By language; a band is written in figures, under `UNNAMED`.
    label: Mapping[str, str]
    ends: tuple[str, str] | None = None
    #: Kept apart from an ordered scale: don't know, prefer not to say.
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """A question as rows or columns, with a code for each response.

    `codes` is (responses,) with 0 for no answer and n for the n-th category; for `multiple` it is (responses, width)
    uint8, a mask in which the n-th category is bit n, as `forms.packing` stores it; for `ranking` (responses, places),
    the category in each place. It may be a view of the records, which are wide: read it in pieces.
    """

    question: str
    label: Mapping[str, str]
    #: categories, scale, multiple, ranking, number, date, time.
    kind: str
    categories: tuple[Category, ...]
    codes: npt.NDArray[Any]

    @property
    def banded(self) -> bool:
        return self.kind in ("number", "date", "time")


def is_tabulated(question: Question, layout: Layout) -> bool:
    """Whether this closed question may stand in a released table at all.

    What a repeat asks never does: there it has as many answers as people gave, so that one person could fill a row of
    ten, and no rule on numbers of people would hold. Nor has it a place in the record (`forms.packing.layout`).
    """
    if question.name in NEVER_PUBLISHED | NOT_A_FINDING or question.list_name in NEVER_PUBLISHED:
        return False
    return question.name in layout.coded and is_asked(question) and QUESTION_TYPES[question.type].summary in _AXES


def axis(questionnaire: Questionnaire, layout: Layout, records: Records, name: str) -> Axis:
    """That question of these records as an axis; raises KeyError when there is no such closed question."""
    place = layout.coded[name]
    question = questionnaire.question(name)
    summary = QUESTION_TYPES[question.type].summary
    kind, categories, codes = _AXES[summary](questionnaire, question, place, records[place.column])
    return Axis(name, question.label.by_language or bands.plain(name), kind, categories, codes)


def languages(layout: Layout, records: Records) -> Axis:
    """The languages that people answered in, as the categories of a question that nobody is asked."""
    code_of = np.zeros(1 + OTHER_LANGUAGE, np.uint16)
    code_of[: len(layout.languages)] = np.arange(1, 1 + len(layout.languages))
    categories = tuple(Category(code, bands.plain(code)) for code in layout.languages)
    return Axis(LANGUAGE_PROFILE, {}, "categories", categories, code_of[records[LANGUAGE]])


def places(ranking: Axis) -> tuple[Category, ...]:
    """The places of a ranking as columns."""
    written = (str(place) for place in range(1, 1 + len(ranking.categories)))
    return tuple(Category(place, bands.plain(place), (place, place)) for place in written)


_Found = tuple[str, tuple[Category, ...], npt.NDArray[Any]]


def _categories(questionnaire: Questionnaire, question: Question, place: Coded, values: npt.NDArray[Any]) -> _Found:
    scale = scales.is_scale(question, place.choices)
    return "scale" if scale else "categories", _choices(questionnaire, question, place), values


def _multiple(questionnaire: Questionnaire, question: Question, place: Coded, values: npt.NDArray[Any]) -> _Found:
    return "multiple", _choices(questionnaire, question, place), values.reshape(-1, place.width)


def _number(questionnaire: Questionnaire, question: Question, place: Coded, values: npt.NDArray[Any]) -> _Found:
    missing = values == MISSING_INTEGER if place.stored_as == "integer" else np.isnan(values)
    found = bands_of(question)
    codes = np.clip(np.searchsorted(np.asarray(found.edges), values, side="right"), 1, len(found.edges))
    return "number", _bands(bands.number_ends(found)), np.where(missing, 0, codes).astype(np.uint16)


def _date(questionnaire: Questionnaire, question: Question, place: Coded, values: npt.NDArray[Any]) -> _Found:
    by_month = "month-year" in question.appearance.split()
    codes, ends = bands.dates(values, MISSING_DATE, by_month)
    return "date", _bands(ends), codes


def _moment(questionnaire: Questionnaire, question: Question, place: Coded, values: npt.NDArray[Any]) -> _Found:
    codes, ends = bands.dates(bands.days(values, MISSING_INTEGER), MISSING_DATE, by_month=False)
    return "date", _bands(ends), codes


def _time(questionnaire: Questionnaire, question: Question, place: Coded, values: npt.NDArray[Any]) -> _Found:
    codes, ends = bands.hours(values, MISSING_TIME)
    return "time", _bands(ends), codes


def _ranking(questionnaire: Questionnaire, question: Question, place: Coded, values: npt.NDArray[Any]) -> _Found:
    """Who stands in which place, which is a counting table like any other.

    A mean of places is not: one person moves it by an amount that depends on all others, and no noise of a count hides
    that.
    """
    return "ranking", _choices(questionnaire, question, place), values.reshape(-1, len(place.choices))


_AXES: Mapping[str, Callable[[Questionnaire, Question, Coded, npt.NDArray[Any]], _Found]] = MappingProxyType(
    {
        "categories": _categories,
        "multiple": _multiple,
        "ranking": _ranking,
        "number": _number,
        "date": _date,
        "moment": _moment,
        "time": _time,
    }
)


def _choices(questionnaire: Questionnaire, question: Question, place: Coded) -> tuple[Category, ...]:
    labels = {choice.name: choice.label.by_language for choice in reversed(questionnaire.choices[question.list_name])}
    return tuple(
        Category(name, labels[name] or bands.plain(name), apart=scales.is_apart(name)) for name in place.choices
    )


def _bands(ends: tuple[tuple[str, str], ...]) -> tuple[Category, ...]:
    return tuple(Category(bands.written(pair), bands.plain(bands.written(pair)), pair) for pair in ends)


def joined(categories: tuple[Category, ...]) -> Category:
    """Neighbouring bands as one."""
    first, last = categories[0].ends, categories[-1].ends
    if len(categories) == 1 or first is None or last is None:
        return categories[0]
    ends = (first[0], last[1])
    return Category(bands.written(ends), bands.plain(bands.written(ends)), ends)
