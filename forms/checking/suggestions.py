"""What an author may have meant: the nearest of the words that there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

#: A comparison takes some 50 µs: a hostile form has many names, and as many that are no names.
GUESSES = 100
_COMPARED = 2_000
_CHARACTERS = 60


@dataclass(slots=True)
class Guesses:
    """How often a guess is still made for one form; an author who has misspelt more sees what is wrong anyway."""

    left: int = GUESSES

    def nearest(self, written: str, known: Iterable[str]) -> str:
        """The word that is most like `written`, in capitals or not; '' when none is much like it."""
        if self.left <= 0 or len(written) > _CHARACTERS:
            return ""
        self.left -= 1
        words = {word.casefold(): word for word in list(known)[:_COMPARED] if len(word) <= _CHARACTERS}
        found = get_close_matches(written.casefold(), words, n=1, cutoff=0.75)
        return words[found[0]] if found else ""
