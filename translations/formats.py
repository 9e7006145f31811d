"""Dates, numbers and shares as a reader of a language writes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from translations import phrases
from translations.languages import direction

#: English as the network writes it, whose office is in Edinburgh: 2 November 2026, not November 2, 2026.
_LOCALES = {"en": "en_GB", "zh": "zh_Hans"}


def locale_of(language: str) -> str:
    """The CLDR locale whose habits a language's texts follow."""
    return _LOCALES.get(language, language.replace("-", "_"))


def written_date(date: datetime.date, language: str) -> str:
    """`2 November 2026`, `2026年11月2日`."""
    written = format_date(date, "long", locale=locale_of(language))
    # CLDR ends Russian dates with an abbreviation, whose full stop meets that of the sentence: “2026 г..”.
    if written.endswith("г."):
        return written.removesuffix("г.") + "года"
    # French counts the first of a month as an ordinal; CLDR leaves that to who uses it.
    return f"1er{written[1:]}" if language.startswith("fr") and date.day == 1 else written


def written_month(date: datetime.date, language: str) -> str:
    """`November 2026`, `2026年11月`."""
    written = format_skeleton("yMMMM", date, locale=locale_of(language))
    return written.removesuffix("г.") + "года" if written.endswith("г.") else written


def written_time(time: datetime.time, language: str) -> str:
    """`21:30`, or `9:30 م` where the hours of a day are counted twice over."""
    return format_time(time, "short", locale=locale_of(language))


def written_moment(moment: datetime.datetime, language: str) -> str:
    """`2 November 2026, 21:30`."""
    pattern = str(get_datetime_format("medium", locale=locale_of(language))).replace("'", "")
    return pattern.format(written_time(moment.time(), language), written_date(moment.date(), language))


def written_number(number: float | Decimal, language: str) -> str:
    """`12,345`, `12 345`."""
    return format_decimal(number, locale=locale_of(language))


def written_rounded(number: float, language: str) -> str:
    """An estimate, as exactly as it is worth: `3.0`, `24,5`, `1,240`."""
    pattern = "#,##0.0" if abs(number) < 99.95 else "#,##0"
    return format_decimal(number, pattern, locale=locale_of(language))


def written_share(percent: float, language: str) -> str:
    """Per cent of a hundred: `32%`, `32 %`."""
    return format_percent(percent / 100, locale=locale_of(language))


def signed(written: str, language: str) -> str:
    """`<5`, `≥ 40` with the sign before the figure: among words from right to left it would be shown behind it."""
    return f"\N{LEFT-TO-RIGHT MARK}{written}" if direction(language) == "rtl" else written


def joined(sentences: Iterable[str], language: str) -> str:
    """Whole sentences one after another; Chinese and Japanese put no space between them."""
    return phrases.joined("" if language.split("-")[0] in {"zh", "ja"} else " ", sentences)


def listed(items: Iterable[str], language: str) -> str:
    """`a, b and c`, `a、b和c`."""
    named = {str(place): item for place, item in enumerate(items)}
    return phrases.filled(format_list([f"%({place})s" for place in named], locale=locale_of(language)), named)


#: Between items that may hold commas of their own.
_SEMICOLONS = {"zh": "；", "ja": "；", "ar": "؛ ", "fa": "؛ ", "fr": "\u202f; "}


def separated(items: Iterable[str], language: str) -> str:
    """`Africa; Europe, with Central Asia`."""
    return phrases.joined(_SEMICOLONS.get(language.split("-")[0], "; "), items)
