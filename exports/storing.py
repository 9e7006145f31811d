"""A Document <-> plain JSON values, so that what was published can be rendered again, to the same bytes."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from exports import document as kinds
from translations.phrases import Part, Phrase, phrase

_KINDS = {
    kind.__name__: kind
    for kind in (
        kinds.Box,
        kinds.Chart,
        kinds.Document,
        kinds.Heading,
        kinds.Notice,
        kinds.Paragraph,
        kinds.Quote,
        kinds.Row,
        kinds.Series,
        kinds.Table,
        kinds.Words,
    )
}


def to_json(value: kinds.Document) -> dict[str, Any]:
    """Dicts that name their kind, lists, strings and numbers."""
    stored: dict[str, Any] = _plain(value)
    return stored


def from_json(stored: dict[str, Any]) -> kinds.Document:
    """The Document that `to_json` stored; raises KeyError or TypeError on anything else."""
    value: kinds.Document = _value(stored)
    return value


def text_from_json(stored: Any) -> str:
    """One text of what `to_json` stored, such as a title."""
    value: str = _value(stored)
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Phrase):
        return {"kind_of_block": "Phrase", "parts": [list(part) for part in value.parts]}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    name = type(value).__name__
    if name not in _KINDS:
        return value
    return {"kind_of_block": name} | {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _value(stored: Any) -> Any:
    if isinstance(stored, list):
        return tuple(_value(item) for item in stored)
    if not isinstance(stored, dict):
        return stored
    if stored["kind_of_block"] == "Phrase":
        return phrase(Part(*part) for part in stored["parts"])
    kind = _KINDS[stored["kind_of_block"]]
    return kind(**{name: _value(item) for name, item in stored.items() if name != "kind_of_block"})
