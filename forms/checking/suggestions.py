"""What an author may have meant: the nearest of the words that there are."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

#: Words to compare with at most: a hostile form has many names, and each comparison takes its time.
_COMPARED = 2_000
_CHARACTERS = 100


def nearest(written: str, known: Iterable[str]) -> str:
    """The word that is most like `written`, in capitals or not; '' when none is much like it."""
    if len(written) > _CHARACTERS:
        return ""
    words = {word.casefold(): word for word in list(known)[:_COMPARED] if len(word) <= _CHARACTERS}
    found = get_close_matches(written.casefold(), words, n=1, cutoff=0.75)
    return words[found[0]] if found else ""
