"""Made-up answers to estimate from: skewed as answers usually are, drawn with a seed, and nobody's.

What is assumed, and said wherever an estimate is shown: members answer from the regions as their organisations are
spread over them; every other answer follows a law like Zipf's, the first of a list being given twice as often as the
second and three times as often as the third; a question with a condition is asked of half of all; one in ten leaves out
what is not required; one answer says nothing of another. Real answers depend on each other and differ from this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from consultations.analysis.axes import Records
from forms.bands import bands_of
from forms.packing import LANGUAGE, MISSING_DATE, MISSING_INTEGER, MISSING_TIME, RECORD_KEY, Coded, Layout
from forms.questionnaire import Group, Question, Questionnaire
from forms.running.anonymising import is_never_stored

#: The question whose answers follow the registry, where it asks for the network's regions.
REGION = "region"
#: How many are asked a question with a condition, and how many answer one that is not required.
ASKED, ANSWERED = 0.5, 0.9
#: How many answers of a select_multiple are chosen, on average.
CHOSEN = 2
#: The likeliest answer of a select_multiple is not chosen by everybody.
MOST_CHOSEN = 0.9
#: Dates lie in so many years or months, most of them in the last; from no clock, as estimates shall be reproducible.
UNITS, LAST_DAY, DAYS_A_YEAR, DAYS_A_MONTH = 12, 740_000, 365, 30
_DAY_MS, _HOUR_MS, _UNIX_EPOCH = 86_400_000, 3_600_000, 719_163

Drawn = npt.NDArray[Any]
Chance = np.random.Generator


def zipf(categories: int) -> npt.NDArray[np.float64]:
    """The share of each of so many categories, (categories,), the first one the largest; they sum to 1."""
    weights = 1 / np.arange(1, categories + 1)
    return np.asarray(weights / weights.sum(), np.float64)


def region_shares(names: tuple[str, ...], organisations: Mapping[str, int]) -> npt.NDArray[np.float64]:
    """The share of each region by its organisations; one more for each, as a region without any may still answer.

    As `zipf` where the registry is empty or knows other regions than the form.
    """
    known = np.array([organisations.get(name, 0) for name in names], np.float64)
    if not known.sum():
        return zipf(len(names))
    return np.asarray((known + 1) / (known + 1).sum(), np.float64)


def answers(
    layout: Layout, questionnaire: Questionnaire, size: int, organisations: Mapping[str, int], seed: int
) -> Records:
    """`size` made-up answers as records of that layout; the same ones for the same seed."""
    chance = np.random.default_rng(seed)
    made = np.zeros(size, layout.dtype)
    made[RECORD_KEY] = chance.integers(0, 2**32, size)
    made[LANGUAGE] = chance.choice(len(questionnaire.languages), size, p=zipf(len(questionnaire.languages)))
    for groups, question in questionnaire.walk():
        place = layout.coded.get(question.name)
        if place is None:
            continue
        shares = region_shares(place.choices, organisations) if question.name == REGION else zipf(len(place.choices))
        drawn, missing = _DRAWN[place.stored_as](question, place, shares, size, chance)
        left_out = chance.random(size) >= answered(groups, question)
        drawn[left_out] = missing
        made[place.column] = drawn
    return made


def answered(groups: tuple[Group, ...], question: Question) -> float:
    """The share of people that are assumed to answer it; nobody does where nothing is stored."""
    if is_never_stored(question):
        return 0
    conditional = question.relevant or any(group.relevant for group in groups)
    return (ASKED if conditional else 1) * (1 if question.required else ANSWERED)


_Column = tuple[Drawn, float]


def _code(question: Question, place: Coded, shares: Drawn, size: int, chance: Chance) -> _Column:
    return 1 + chance.choice(len(shares), size, p=shares), 0


def _bits(question: Question, place: Coded, shares: Drawn, size: int, chance: Chance) -> _Column:
    chosen = chance.random((size, len(shares))) < np.minimum(CHOSEN * shares, MOST_CHOSEN)
    asked = np.concatenate([np.ones((size, 1), np.bool_), chosen], axis=1)
    packed = np.packbits(asked, axis=1, bitorder="little")
    return np.pad(packed, ((0, 0), (0, place.width - packed.shape[1]))), 0


def _order(question: Question, place: Coded, shares: Drawn, size: int, chance: Chance) -> _Column:
    # The largest of log share + Gumbel noise come first: a draw without replacement (Vieira 2014, "Gumbel-max trick").
    return 1 + np.argsort(-(np.log(shares) + chance.gumbel(size=(size, len(shares)))), axis=1), 0


def _number(question: Question, place: Coded, shares: Drawn, size: int, chance: Chance) -> _Column:
    bands = bands_of(question)
    lowest = np.array([float(bands.edge_below(edge)) for edge in bands.edges])
    drawn = lowest[chance.choice(len(lowest), size, p=zipf(len(lowest)))]
    return (drawn.astype(np.int64), MISSING_INTEGER) if place.stored_as == "integer" else (drawn, np.nan)


def _date(question: Question, place: Coded, shares: Drawn, size: int, chance: Chance) -> _Column:
    unit = DAYS_A_MONTH if "month-year" in question.appearance.split() else DAYS_A_YEAR
    return LAST_DAY - unit * chance.choice(UNITS, size, p=zipf(UNITS)), MISSING_DATE


def _moment(question: Question, place: Coded, shares: Drawn, size: int, chance: Chance) -> _Column:
    days, _ = _date(question, place, shares, size, chance)
    return (days - _UNIX_EPOCH) * _DAY_MS, MISSING_INTEGER


def _time(question: Question, place: Coded, shares: Drawn, size: int, chance: Chance) -> _Column:
    return chance.choice(24, size, p=zipf(24)) * _HOUR_MS, MISSING_TIME


def _flag(question: Question, place: Coded, shares: Drawn, size: int, chance: Chance) -> _Column:
    return np.ones(size, np.uint8), 0


#: By how the question is stored: (drawn, what stands for no answer).
_DRAWN: Mapping[str, Callable[[Question, Coded, Drawn, int, Chance], _Column]] = MappingProxyType(
    {
        "code": _code,
        "bits": _bits,
        "order": _order,
        "integer": _number,
        "decimal": _number,
        "date": _date,
        "time": _time,
        "moment": _moment,
        "flag": _flag,
    }
)
