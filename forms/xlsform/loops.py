"""What stands in a loop -> a group of it for each choice of the loop's list, as pyxform 4.5 makes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from forms.questionnaire import Choice, Group, Question, Source, Text
from forms.xlsform.survey_reading import Open, Reading

#: `%(label)s`, `%(name)s` or another column of the choice.
_COLUMN = re.compile(r"%\(([^()\s]{1,100})\)s")
_TEXTS = ("label", "hint", "guidance_hint", "required_message", "constraint_message")
_EXPRESSIONS = ("required", "relevant", "constraint", "calculation", "choice_filter", "read_only", "default")


def looped(opened: Open, reading: Reading) -> tuple[Question | Group, ...]:
    """One group for each choice but `none`, with its name and label; `opened` is the loop with its own children."""
    columns = reading.choices.get(opened.row.list_name, ())
    return tuple(_column(opened, choice) for choice in columns if choice.name != "none")


def _column(opened: Open, choice: Choice) -> Group:
    path = f"{opened.path}/{choice.name}"
    children = tuple(_filled(node, choice, opened.path, path) for node in opened.children)
    source = Source(opened.record.sheet, opened.record.row)
    return Group(name=choice.name, path=path, source=source, label=choice.label, children=children)


def _filled(node: Question | Group, choice: Choice, around: str, path: str) -> Question | Group:
    """The node below `path` instead of `around`, with the choice's words in its texts and expressions."""
    values = {**choice.columns, "name": choice.name}
    in_expressions = {**values, "label": next(iter(choice.label.by_language.values()), choice.name)}
    changes: dict[str, Any] = {"path": path + node.path[len(around) :]}
    for key in _TEXTS:
        if text := getattr(node, key, None):
            changes[key] = _filled_text(text, choice.label, values)
    for key in _EXPRESSIONS:
        if written := getattr(node, key, ""):
            changes[key] = _fill(written, in_expressions)
    if isinstance(node, Group):
        changes["children"] = tuple(_filled(child, choice, around, path) for child in node.children)
    return replace(node, **changes)


def _filled_text(text: Text, label: Text, values: Mapping[str, str]) -> Text:
    by_language = text.by_language.items()
    return Text({code: _fill(words, {**values, "label": label.in_language(code)}) for code, words in by_language})


def _fill(words: str, values: Mapping[str, str]) -> str:
    return _COLUMN.sub(lambda found: values.get(found[1], found[0]), words)
