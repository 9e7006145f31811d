"""The blocks that a draft is made of: plain JSON values, each with a kind and what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from consultations.errors import N_, Problem
from forms.questionnaire import Text
from translations.languages import OFFICIAL_LANGUAGES
from translations.phrases import foreign

#: A block of a draft, for example `{"kind": "heading", "level": 1, "text": {"en": "Health", "fr": "Santé"}}`.
Block = dict[str, Any]

_NOTHING: Mapping[str, str] = MappingProxyType({})


class BlockUnfit(Problem):
    status = 422
    message = N_("This block is not complete. Choose what it shows and try again.")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind is called, and which keys its blocks have."""

    name: str
    #: Written by people, in every language of the paper.
    written: bool = False
    #: The key that says which table, comparison, quote or case study it shows; '' when it shows none.
    source: str = ""


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "heading": Kind(N_("Heading"), written=True),
        "text": Kind(N_("Text"), written=True),
        "chart": Kind(N_("Chart"), source="table"),
        "map": Kind(N_("Map of the regions"), source="table"),
        "panels": Kind(N_("Each region, or each answer of a ranking, side by side"), source="table"),
        "table": Kind(N_("Table"), source="table"),
        "reading": Kind(N_("What a table says, in words"), source="table"),
        "summary": Kind(N_("Means, middles and rankings of a table"), source="table"),
        "quote": Kind(N_("Quote"), source="quote"),
        "case_study": Kind(N_("Case-study box"), source="case_study"),
        "profile": Kind(N_("Who answered, and from which regions")),
        "comparison": Kind(N_("What changed since an earlier consultation"), source="comparison"),
        "method": Kind(N_("How we asked, and how people are protected")),
    }
)

LEVELS = (1, 2, 3)


def heading(text: Mapping[str, str], level: int = 1, standing_in: Mapping[str, str] = _NOTHING) -> Block:
    """`standing_in`: languages in which nobody wrote the text -> the one that it stands there in."""
    return _with({"kind": "heading", "level": level, "text": dict(text)}, standing_in)


def written(text: Mapping[str, str], standing_in: Mapping[str, str] = _NOTHING) -> Block:
    return _with({"kind": "text", "text": dict(text)}, standing_in)


def _with(block: Block, standing_in: Mapping[str, str]) -> Block:
    return {**block, "standing_in": dict(standing_in)} if standing_in else block


def told_to(block: Block, language: str) -> str:
    """What a heading or a text says to a reader of `language`; words in another one remember which."""
    text = Text(block["text"])
    found = text.written_in(language) or language
    return foreign(text.in_language(language), block.get("standing_in", {}).get(found, found), language)


def shown(kind: str, source: str) -> Block:
    """A block that shows a source by its id. Raises BlockUnfit."""
    if kind not in KINDS or not KINDS[kind].source or not source:
        raise BlockUnfit
    return {"kind": kind, KINDS[kind].source: source}


def checked(block: Block) -> Block:
    """`block` when it has what its kind needs. Raises BlockUnfit."""
    kind = KINDS.get(str(block.get("kind")))
    if kind is None:
        raise BlockUnfit
    if kind.source and not block.get(kind.source):
        raise BlockUnfit
    if kind.written and not any(str(text).strip() for text in block.get("text", {}).values()):
        raise BlockUnfit
    return block


def unwritten(blocks: list[Block], languages: tuple[str, ...] = OFFICIAL_LANGUAGES) -> list[tuple[int, str]]:
    """(position, language) of every text that is still to be written."""
    return [
        (position, language)
        for position, block in enumerate(blocks)
        if KINDS[block["kind"]].written
        for language in languages
        if not block["text"].get(language, "").strip()
    ]
