"""Chart values are written as each language writes numbers."""

import pytest

from exports.numerals import written


@pytest.mark.parametrize(
    ("language", "share"),
    [("en", "42%"), ("fr", "42\u202f%"), ("ru", "42\u00a0%"), ("es", "42\u00a0%"), ("zh", "42%"), ("zh-Hans", "42%")],
)
def test_a_share_has_the_sign_of_its_language(language: str, share: str) -> None:
    assert written(42.4, "%", language).replace("\u202f", "\u00a0") == share.replace("\u202f", "\u00a0")


def test_a_count_is_grouped_and_has_two_decimals_at_most() -> None:
    assert written(12345, "", "en") == "12,345"
    assert written(12345, "", "es") == "12.345"
    assert written(1.005, "", "en") in {"1", "1.01"}


@pytest.mark.parametrize("language", ["qqq", "not a language", "x"])
def test_an_unknown_language_gets_english_numbers(language: str) -> None:
    assert written(1234, "", language) == "1,234"
