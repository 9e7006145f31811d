"""Marked passages: spans of a transcript, taken verbatim, each with a theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from consultations.errors import N_, Problem
from consultations.fieldwork.sentences import Span

#: The codebook: the eight rights of the Consensus Statement on Sex Work, Human Rights and the Law (2013).
THEMES: Mapping[str, str] = MappingProxyType(
    {
        "organise": N_("The right to associate and organise"),
        "law": N_("The right to be protected by the law"),
        "violence": N_("The right to be free from violence"),
        "discrimination": N_("The right to be free from discrimination"),
        "privacy": N_("The right to privacy and freedom from arbitrary interference"),
        "health": N_("The right to health"),
        "movement": N_("The right to move and to migrate"),
        "work": N_("The right to work and to free choice of employment"),
    }
)


class NothingMarked(Problem):
    message = N_("Choose at least one sentence.")


class ThemeUnknown(Problem):
    message = N_("Choose a theme from the list.")


class OutsideText(Problem):
    message = N_("The marked passage is not inside the text. Reload the page and mark it again.")


class PassageChanged(Problem):
    status = 409
    message = N_(
        "This change would alter a passage that is marked as a quote. Remove the mark first, then change the text."
    )


class PassageDamaged(PassageChanged):
    message = N_(
        "A marked passage of this interview could not be opened: it was damaged or changed in the database. Delete it"
        " on the page of the interview, or have it brought back from a backup. Then try again."
    )


def marked(sentences: tuple[Span, ...], chosen: Iterable[int]) -> Span:
    """The passage from the first to the last of the chosen sentences, whatever lies between them included.

    `chosen` are positions in `sentences`, in any order. Raises NothingMarked, OutsideText.
    """
    positions = sorted(set(chosen))
    if not positions:
        raise NothingMarked
    if positions[0] < 0 or positions[-1] >= len(sentences):
        raise OutsideText
    return Span(sentences[positions[0]].start, sentences[positions[-1]].end)


def verbatim(text: str, span: Span) -> str:
    """The words of the passage, exactly as they stand; raises OutsideText when there are none there."""
    if not 0 <= span.start < span.end <= len(text):
        raise OutsideText
    return text[span.start : span.end]


def followed(span: Span, before: str, after: str) -> Span:
    """Where the passage stands after the text around it was edited.

    It follows only while its own words are unchanged and it is certain which ones they are: at the same place, or once
    in the whole text. Raises PassageChanged, OutsideText.
    """
    words = verbatim(before, span)
    if before == after:
        return span
    if after.count(words) != 1:
        raise PassageChanged
    start = after.index(words)
    return Span(start, start + len(words))


def check_theme(theme: str) -> str:
    """The theme, when the codebook has it; raises ThemeUnknown."""
    if theme not in THEMES:
        raise ThemeUnknown
    return theme
