"""Authors' texts on staff pages: in the reader's language or, with elements that say so, in the nearest there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from flask_babel import get_locale
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice

from translations.fallback import best_match
from translations.languages import direction, html_lang
from translations.phrases import (
    FIGURES,
    UNNAMED,
    Phrase,
    attributes_of,
    foreign,
    isolated,
    joined,
    language_attributes,
    marked_up,
    only_language,
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
    alone = only_language(words)
    apart = {"lang": html_lang(alone), "dir": direction(alone)} if alone not in ("", UNNAMED, FIGURES) else None
    return SelectChoice(value, plain(words), render_kw=apart)


def line(texts: Mapping[str, str], more: str) -> tuple[Markup, str]:
    """(attributes, words) of an `<option>` that begins with an author's text, and goes on in the page's language.

    It runs as the author's text does: in a closed list that is narrower the end of the line is cut off, and not where
    the text begins.
    """
    own = nearest(texts) or _reader()
    parts = (texts.get(own, ""), foreign(more, _reader(), own))
    return language_attributes(own, _reader()), isolated(joined("", parts), direction(own))


def _reader() -> str:
    return str(get_locale() or "en")


#: For templates.
FILTERS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"apart": marked_up, "isolated": plain, "language": attributes_of}
)
