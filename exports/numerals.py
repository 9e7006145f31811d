"""Values of a chart as its reader's language writes them."""

from __future__ import annotations

from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, format_percent

from translations.fallback import fallback_chain


@lru_cache(maxsize=2048)
def written(value: float, unit: str, language: str) -> str:
    """`42 %` for 42.0 with unit `%`, `1,200` for a count; a share has no decimals, a count has two at most."""
    if unit == "%":
        return format_percent(value / 100, format=None, locale=_locale(language))
    return format_decimal(round(value, 2), locale=_locale(language))


@cache
def _locale(language: str) -> Locale:
    for code in fallback_chain(language):
        try:
            return Locale.parse(code, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
