"""What one heading means, in every spelling that real forms use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

#: Columns that may be written in several languages.
TRANSLATED = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message", "form_title"})

_SPELLINGS = {
    "label": ("caption",),
    "constraint_message": ("constraint msg", "constraintmsg", "constraining message", "jr:constraintmsg"),
    "required_message": ("requiredmsg", "required msg", "jr:requiredmsg"),
    "type": ("command",),
    "relevant": ("relevance",),
    "calculation": ("calculate",),
    "read_only": ("readonly",),
    "repeat_count": ("jr:count", "count"),
    "disaggregation": ("disaggregate",),
    "anonymise": ("anonymize",),
    **dict.fromkeys(("hint", "constraint", "required", "choice_filter", "default", "appearance", "parameters"), ()),
    **dict.fromkeys(("guidance_hint", "trigger", "save_to", "disabled"), ()),
}

#: Canonical names by sheet; whatever is not here is kept as it is written.
COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "survey": {**_SPELLINGS, "name": ("value", "tag")},
        "choices": {"list_name": (), "name": ("value",), "label": ("caption",)},
        "settings": {
            "form_title": ("title", "set form title"),
            "form_id": ("id_string", "set form id"),
            **dict.fromkeys(("version", "default_language", "instance_name", "name", "allow_choice_duplicates"), ()),
        },
    }
)
#: Before a column of choices that must not be taken for another: `column::value` is the author's own `value`.
AS_IT_IS = "column"
_OF_BINDS = frozenset(
    {"relevant", "calculation", "constraint", "required", "read_only", "constraint_message", "required_message"}
)
#: XForm's words before XLSForm's: `bind::relevant` is `relevant`, but `bind::type` is nothing that we know.
_PREFIXED = {"bind": _OF_BINDS, **dict.fromkeys(("control", "body"), frozenset({"appearance", "repeat_count"}))}
_MEDIA = frozenset({"media", "image", "big-image", "audio", "video"})


def meaning_of(kind: str, written: str) -> tuple[str, str]:
    """A heading -> (canonical column or '', language as written or ''): `bind::relevant`, `label:fr`, `read only`."""
    before, between, column = written.partition("::")
    if kind == "choices" and before == AS_IT_IS and between:
        return "", column
    parts = _parts(written)
    prefix = parts[0].casefold()
    parts = parts[1:] if prefix in _PREFIXED else parts
    if len(parts) > 1 and parts[0] == "jr":
        parts[:2] = [":".join(parts[:2])]
    name = _spellings(kind).get(_squeezed(parts[0] if parts else ""), "")
    if name not in _PREFIXED.get(prefix, {name}):
        name = ""
    return name, ":".join(parts[1:])


def name_of_unknown(kind: str, written: str) -> str:
    """What a column is called that `meaning_of` knows nothing of: as it is written, without what protects it."""
    before, between, column = written.partition("::")
    return column if kind == "choices" and before == AS_IT_IS and between else written


def is_media(written: str) -> bool:
    """Whether the column names pictures, sound or films: `image`, `media::audio::French (fr)`, `big-image`."""
    return _parts(written)[0].casefold() in _MEDIA


def _parts(written: str) -> list[str]:
    return [part.strip() for part in re.split(r"::?", written)]


@cache
def _spellings(kind: str) -> Mapping[str, str]:
    table = COLUMNS[kind]
    return {_squeezed(name): column for column, others in table.items() for name in (column, *others)}


def _squeezed(name: str) -> str:
    return " ".join(re.split(r"[\s_]+", name.strip().casefold()))
