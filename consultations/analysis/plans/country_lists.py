"""Which lists of choices are lists of countries, whatever they are called: by their labels, from the CLDR."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError

from consultations.analysis.axes import NEVER_PUBLISHED
from forms.questionnaire import UNNAMED, Choice, Question, Questionnaire

#: Fewer countries than this may stand in any list; so may a few among many other answers.
FEWEST, LEAST_SHARE = 3, 0.5


def is_by_another_name(questionnaire: Questionnaire, question: Question) -> bool:
    """Whether this question asks for countries and is not known by its name, so that tables would be made of it."""
    if NEVER_PUBLISHED & {question.name, question.list_name}:
        return False
    return is_of_countries(questionnaire.choices.get(question.list_name, ()))


def is_of_countries(choices: Iterable[Choice]) -> bool:
    """Whether at least three of the choices, and at least half of them, are named as countries are in any language.

    Names in English count as well (`united_kingdom`). Codes do not: es, fr and ru are languages as often as countries.
    """
    found = [_is_country(choice) for choice in choices]
    return sum(found) >= max(FEWEST, LEAST_SHARE * len(found))


def _is_country(choice: Choice) -> bool:
    named = {_plain(choice.name.replace("_", " ")): "en"}
    named |= {_plain(label): language for language, label in choice.label.by_language.items()}
    return any(name in _countries("en" if language == UNNAMED else language) for name, language in named.items())


@cache
def _countries(language: str) -> frozenset[str]:
    """Names of every ISO 3166-1 country; groups of them, such as Africa or the European Union, are none."""
    try:
        names = Locale.parse(language.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return frozenset()
    return frozenset(_plain(name) for code, name in names.items() if code in _codes())


@cache
def _codes() -> frozenset[str]:
    not_countries = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2) - not_countries


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
