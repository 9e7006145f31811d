"""Every word of the interface is written in every language, with its placeholders and its plural forms."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from babel.messages.catalog import Message

from translations import catalogues

PERCENT = re.compile(r"%\((\w+)\)[sd]")
FOUND = catalogues.extracted()


def placeholders(text: str) -> set[str]:
    braces = set() if "%(" in text else {name for _, name, _, _ in Formatter().parse(text) if name}
    return set(PERCENT.findall(text)) | braces


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple | list) else (message.string,)


def test_the_template_holds_the_words_of_the_sources() -> None:
    stored = catalogues.TEMPLATE.read_bytes()
    assert catalogues.as_template(FOUND) == stored, "run `make catalogues` and translate what is new"


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_nothing_is_left_in_english(language: str) -> None:
    catalog = catalogues.read(language)
    missing = [
        message.id
        for message in FOUND
        if message.id
        and (
            (stored := catalog.get(message.id, message.context)) is None
            or stored.fuzzy
            or not all(text.strip() for text in forms(stored))
            or len(forms(stored)) != (catalog.num_plurals if message.pluralizable else 1)
        )
    ]
    assert missing == []


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_placeholders_are_those_of_the_source(language: str) -> None:
    wrong = []
    for message in catalogues.read(language):
        sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
        known = set().union(*map(placeholders, sources))
        least = set.intersection(*map(placeholders, sources)) - {"num"}
        wrong += [text for text in forms(message) if message.id and not least <= placeholders(text) <= known]
    assert wrong == []
