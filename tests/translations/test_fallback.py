"""Another language stands in for one that is not there, in a fixed order."""

import pytest

from translations.fallback import best_match, fallback_chain


def test_a_language_is_shortened_from_the_right():
    assert fallback_chain("zh-Hant-TW") == ("zh-Hant-TW", "zh-Hant", "zh")


@pytest.mark.parametrize(
    ("language", "available", "shown"),
    [
        ("fr", ("en", "fr"), "fr"),
        ("fr-CA", ("en", "fr"), "fr"),
        ("pt", ("en", "pt-BR"), "pt-BR"),
        ("ar", ("fr", "en"), "en"),
        ("ar", ("ru", "fr"), "ru"),
        ("ar", (), None),
    ],
)
def test_a_reader_is_shown_the_nearest_language_there_is(language, available, shown):
    assert best_match(language, available) == shown
