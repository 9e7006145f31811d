"""Countries for readers: their names in each language, in an order that the reader expects."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.registry.models import Country


def country_name(code: str, language: str) -> str:
    """The name of the country (ISO 3166-1 alpha-2) in that language, from the CLDR; else in English, else its code."""
    for locale in (_locale(language), _locale("en")):
        if locale and code in locale.territories:
            return str(locale.territories[code])
    return code


def by_name(codes: Iterable[str], language: str) -> tuple[tuple[str, str], ...]:
    """(code, name) in the order of the names as a reader of `language` looks for them; see `order`."""
    named = ((code, country_name(code, language)) for code in codes)
    return tuple(sorted(named, key=lambda pair: (order(pair[1], language), pair[0])))


def order(name: str, language: str) -> bytes:
    """A key to sort names by.

    Chinese: the bytes of GB 18030, whose common characters (GB 2312 level 1) stand in the order of pinyin; rarer ones
    follow by radical. All others: letters without accents and case (é as e, ё as е), with й after и and ñ after n,
    which is how French, Russian and Spanish lists run; Arabic ones run by letter. ICU would do the rest, at its size.
    """
    if language.split("-")[0] == "zh":
        return name.encode("gb18030")
    letters = unicodedata.normalize("NFD", name.casefold().translate(_AFTER))
    bare = (letter for letter in letters if not unicodedata.combining(letter))
    return "".join(bare).encode()


#: Letters that a list keeps apart from the one they look like: after all words with that one.
_AFTER = str.maketrans({"й": "и\uffff", "ñ": "n\uffff"})


def country_codes(session: Session) -> list[str]:
    """The codes of all countries that are loaded."""
    return list(session.scalars(select(Country.code).order_by(Country.code)))


@cache
def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
