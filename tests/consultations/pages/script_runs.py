"""Runs the page's own script under Node: trees and fields in, what they come to out."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from consultations.pages.static_files import FOLDER
from forms.expressions.in_place import Asked, Folded, Plain, Sketch, settled, sketched
from forms.expressions.parsing import parse
from forms.expressions.syntax import Literal, Reference, Tree, question_name
from forms.expressions.syntax import Path as Route

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed: it runs the page's script")
HARNESS = Path(__file__).with_name("logic_under_node.js")
#: A tree, the fields of the page, and what the result is asked for as: number, string or boolean.
Case = tuple[Plain, Mapping[str, Sequence[str]], str]


@dataclass(frozen=True)
class Filled:
    """A page with something in every field, whether it is open or not."""

    conditions: Mapping[str, Plain]
    #: The fields of each live question.
    controls: Mapping[str, Sequence[str]]
    fields: Mapping[str, Sequence[str]]


def run(cases: Iterable[Case]) -> list[float | str | bool]:
    """One process for all of them: starting Node takes longer than a thousand cases."""
    found = _through_node([{"tree": tree, "fields": fields, "kind": kind} for tree, fields, kind in cases])
    kinds = (kind for _, _, kind in cases)
    return [
        float(one.replace("Infinity", "inf")) if kind == "number" else one
        for one, kind in zip(found, kinds, strict=True)
    ]


def open_questions(pages: Iterable[Filled]) -> list[frozenset[str]]:
    """Of each page, the live questions that the script has open."""
    lines = [
        {"conditions": dict(page.conditions), "controls": page.controls, "fields": dict(page.fields)} for page in pages
    ]
    return [frozenset(names) for names in _through_node(lines)]


def _through_node(lines: list[dict[str, Any]]) -> list[Any]:
    command = ["node", str(HARNESS), str(FOLDER / "logic.js")]
    text = "\n".join(map(json.dumps, lines))
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def standing_alone(text: str) -> Plain:
    """The tree of an expression without a form around it: every reference is a field of the page. Raises NotInPlace."""

    def known(tree: Tree) -> Sketch | None:
        if isinstance(tree, Reference | Route):
            return Asked("$", question_name(tree))
        return tree.value if isinstance(tree, Literal) else None

    def worked_out(part: Folded | Asked) -> Plain:
        assert isinstance(part, Asked)
        return (part.read, part.question)

    return settled(sketched(parse(text), known), worked_out)
