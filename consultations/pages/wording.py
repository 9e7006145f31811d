"""Authors' texts on staff pages: in the reader's language or, with elements that say so, in the nearest there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from flask_babel import get_locale
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice

from translations.fallback import best_match
from translations.languages import direction
from translations.phrases import (
    FIGURES,
    UNNAMED,
    Phrase,
    foreign,
    isolated,
    language_attributes,
    marked_up,
    parts_of,
)

_TEXT = Markup("<bdi{}>{}</bdi>")


def nearest(texts: Mapping[str, str]) -> str | None:
    """The language of `texts` that the reader is shown: theirs, else the nearest there is."""
    return best_match(_reader(), tuple(code for code, text in texts.items() if text))


def told(texts: Mapping[str, str], name: str = "") -> str:
    """The text that the reader is shown, which remembers its language; `name` where there is none."""
    found = nearest(texts)
    return foreign(texts[found], found, _reader()) if found else foreign(name, UNNAMED, _reader())


def text(texts: Mapping[str, str], name: str = "") -> Markup:
    """As `told`, in an element of its own; '' where there is nothing."""
    found = nearest(texts)
    words, language = (texts[found], found) if found else (name, UNNAMED)
    if not words or isinstance(words, Phrase):
        return marked_up(words)
    return _TEXT.format(language_attributes(language, _reader()), words)


def plain(words: str) -> str:
    """For an attribute, an `<option>` or a `<title>`: no element fits there."""
    return isolated(words, direction(_reader()))


def option(value: str, words: str) -> SelectChoice:
    """One line of a `<select>`."""
    spoken = _only_language(words)
    return SelectChoice(value, plain(words), render_kw={"lang": spoken} if spoken else None)


def lang(words: str) -> Markup:
    """` lang="en"` for an `<option>` that is wholly in another language than the page."""
    spoken = _only_language(words)
    return Markup(' lang="{}"').format(spoken) if spoken else Markup("")


def language(words: str) -> Markup:
    """` lang="en" dir="ltr"` for an element that holds nothing but words in another language than the page's."""
    languages = {part.language for part in parts_of(words)}
    return language_attributes(languages.pop()) if len(languages) == 1 else Markup("")


def _only_language(words: str) -> str:
    languages = {part.language for part in parts_of(words)}
    language = languages.pop() if len(languages) == 1 else ""
    return "" if language in (UNNAMED, FIGURES) else language


def _reader() -> str:
    return str(get_locale() or "en")


#: For templates.
FILTERS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"apart": marked_up, "isolated": plain, "lang": lang, "language": language}
)
