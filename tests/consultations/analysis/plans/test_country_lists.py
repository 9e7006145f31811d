"""Lists of countries are known by their labels in any language; languages, regions and places are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from consultations.analysis.plans.country_lists import is_by_another_name, is_of_countries
from forms.questionnaire import Choice, Text


def choices(language: str, labels: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{n}", Text({language: label})) for n, label in enumerate(labels))


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ["Kenya", "Uganda", "Tanzania", "another country"]),
        ("fr", ["Allemagne", "Espagne", " cote d’ivoire", "Sénégal"]),
        ("zh", ["中国", "泰国", "越南"]),
        ("ar", ["مصر", "المغرب", "تونس"]),
        ("und", ["Peru", "Chile", "Bolivia"]),
    ],
)
def test_countries_are_known_in_any_language(language: str, labels: list[str]) -> None:
    assert is_of_countries(choices(language, labels))


def test_names_in_english_say_it_where_labels_do_not() -> None:
    assert is_of_countries(Choice(name, Text({"sw": "?"})) for name in ("kenya", "united_kingdom", "south_africa"))


@pytest.mark.parametrize(
    "labels",
    [
        ["Africa", "Asia", "Europe", "Latin America"],
        ["Spanish", "French", "Russian"],
        ["Kenya", "Uganda"],
        ["Kenya", "Uganda", "Peru", "a hotel", "a street", "a flat", "a club"],
        [],
    ],
)
def test_other_lists_are_not_taken_for_countries(labels: list[str]) -> None:
    assert not is_of_countries(choices("en", labels))


def test_codes_of_languages_are_not_taken_for_countries_nor_is_a_language_that_nobody_knows() -> None:
    assert not is_of_countries(Choice(code, Text({"qqq": code, "x!": code})) for code in ("es", "fr", "ru", "ar"))


def test_a_country_by_its_own_name_is_known_already(form: Any) -> None:
    lists = dict(form.choices) | {"setting": choices("en", ["Kenya", "Uganda", "Tanzania"])}
    changed = replace(form, choices=lists)
    assert is_by_another_name(changed, changed.question("setting"))
    assert not is_by_another_name(changed, replace(changed.question("setting"), name="country"))
    assert not is_by_another_name(changed, changed.question("days"))
