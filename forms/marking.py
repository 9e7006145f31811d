"""Sentences marked for translators: they stand in the sources in English and are translated where they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:
    """Marks `text` for extraction; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence with named placeholders, and what they stand for."""

    template: str
    values: Mapping[str, str] = field(default_factory=dict)

    def told(self, translate: Callable[[str], str] = str, shown: Callable[[str], str] = str) -> str:
        """The sentence filled in; in English unless `translate` knows its template in another language.

        `shown` is what a page does to each value, for example keep it apart from words that run the other way.
        """
        return translate(self.template) % {name: shown(value) for name, value in self.values.items()}
