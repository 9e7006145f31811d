"""Which language stands in when a text is not written in the reader's own."""

from __future__ import annotations


def fallback_chain(language: str) -> tuple[str, ...]:
    """`zh-Hant-TW` -> (`zh-Hant-TW`, `zh-Hant`, `zh`): RFC 4647 section 3.4, lookup by truncation from the right."""
    parts = language.split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


def best_match(language: str, available: tuple[str, ...]) -> str | None:
    """The one of `available` that a reader of `language` is best served by; None when nothing is available.

    In order: the reader's language and its truncations, a sibling of the same base, English, the first there is.
    """
    chain = fallback_chain(language)
    for code in chain:
        if code in available:
            return code
    for code in available:
        if code.split("-")[0] == chain[-1]:
            return code
    if not available:
        return None
    return "en" if "en" in available else available[0]
