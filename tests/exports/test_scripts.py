"""Quotes carry the marks and the direction of their own language."""

import pytest

from exports.scripts import direction, html_language, quoted


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "«\u202foui\u202f»"),
        ("fr-CA", "«\u202foui\u202f»"),
        ("ru", "«oui»"),
        ("es", "«oui»"),
        ("en", "“oui”"),
        ("zh", "“oui”"),
        ("zh-Hant-TW", "「oui」"),
        ("ar", "«oui»"),
        ("sw", "“oui”"),
    ],
)
def test_each_language_has_its_marks(language: str, expected: str) -> None:
    assert quoted(" oui\n", language) == expected


@pytest.mark.parametrize(("language", "expected"), [("ar", "rtl"), ("ur-PK", "rtl"), ("zh-Hans", "ltr"), ("en", "ltr")])
def test_direction_follows_the_base_language(language: str, expected: str) -> None:
    assert direction(language) == expected


def test_chinese_without_a_script_is_simplified() -> None:
    assert html_language("zh") == "zh-Hans"
    assert html_language("zh-Hant") == "zh-Hant"
