"""A questionnaire <-> plain JSON values, for a database column; the form's version is a hash of them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from forms.questionnaire import Choice, Group, Question, Questionnaire, Source, Text

_TEXTS = ("label", "hint", "guidance_hint", "required_message", "constraint_message")
_DEFAULT = Question(name="", type="", path="", source=Source("", 0))
_PLAIN = (
    "name",
    "type",
    "path",
    "list_name",
    "required",
    "relevant",
    "constraint",
    "calculation",
    "choice_filter",
    "default",
    "appearance",
    "read_only",
    "disaggregation",
    "anonymise",
)
_MAPS = ("parameters", "extra")
_OF_GROUPS = ("relevant", "read_only", "appearance", "is_repeat", "repeat_count")
_NO_GROUP = Group(name="", path="", source=Source("", 0))


def to_json(questionnaire: Questionnaire) -> dict[str, Any]:
    """The questionnaire as dicts, lists and strings; whatever equals its default is left out."""
    return {
        "title": dict(questionnaire.title.by_language),
        "form_id": questionnaire.form_id,
        "version": questionnaire.version,
        "languages": list(questionnaire.languages),
        "default_language": questionnaire.default_language,
        "extra_settings": dict(questionnaire.extra_settings),
        "children": [_node_to_json(node) for node in questionnaire.children],
        "choices": {name: [_choice_to_json(choice) for choice in rows] for name, rows in questionnaire.choices.items()},
    }


def from_json(stored: dict[str, Any]) -> Questionnaire:
    """The questionnaire that `to_json` stored; raises KeyError on anything else."""
    return Questionnaire(
        title=Text(stored["title"]),
        form_id=stored["form_id"],
        version=stored["version"],
        languages=tuple(stored["languages"]),
        default_language=stored["default_language"],
        extra_settings=stored["extra_settings"],
        children=tuple(_node_from_json(node) for node in stored["children"]),
        choices={name: tuple(_choice_from_json(row) for row in rows) for name, rows in stored["choices"].items()},
    )


def version_of(stored: dict[str, Any]) -> str:
    """SHA-256 (64 hex digits) over the canonical JSON of `to_json`: names a form version."""
    canonical = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _node_to_json(node: Question | Group) -> dict[str, Any]:
    source = [node.source.sheet, node.source.row]
    if isinstance(node, Group):
        return {
            "name": node.name,
            "path": node.path,
            "source": source,
            "label": dict(node.label.by_language),
            **_unlike(node, _NO_GROUP, _OF_GROUPS),
            **({"extra": dict(node.extra)} if node.extra else {}),
            "children": [_node_to_json(child) for child in node.children],
        }
    texts = {key: dict(getattr(node, key).by_language) for key in _TEXTS if getattr(node, key).by_language}
    maps = {key: dict(getattr(node, key)) for key in _MAPS if getattr(node, key)}
    trigger = {"trigger": list(node.trigger)} if node.trigger else {}
    return {"source": source, **_unlike(node, _DEFAULT, _PLAIN), **texts, **maps, **trigger}


def _unlike(node: Question | Group, default: Question | Group, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: getattr(node, key) for key in keys if getattr(node, key) != getattr(default, key)}


def _node_from_json(stored: dict[str, Any]) -> Question | Group:
    source = Source(*stored["source"])
    if "children" in stored:
        return Group(
            name=stored["name"],
            path=stored["path"],
            source=source,
            label=Text(stored["label"]),
            extra=stored.get("extra", {}),
            **{key: stored[key] for key in _OF_GROUPS if key in stored},
            children=tuple(_node_from_json(child) for child in stored["children"]),
        )
    values: dict[str, Any] = {key: stored[key] for key in (*_PLAIN, *_MAPS) if key in stored}
    values |= {key: Text(stored[key]) for key in _TEXTS if key in stored}
    values["trigger"] = tuple(stored.get("trigger", ()))
    return Question(source=source, **values)


def _choice_to_json(choice: Choice) -> list[Any]:
    return [choice.name, dict(choice.label.by_language), dict(choice.columns)]


def _choice_from_json(stored: list[Any]) -> Choice:
    name, label, columns = stored
    return Choice(name, Text(label), columns)
