"""Runs the page's own script under Node: trees and fields in, what they come to out."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

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


def run(cases: Iterable[Case]) -> list[float | str | bool]:
    """One process for all of them: starting Node takes longer than a thousand cases."""
    lines = (json.dumps({"tree": tree, "fields": fields, "kind": kind}) for tree, fields, kind in cases)
    command = ["node", str(HARNESS), str(FOLDER / "logic.js")]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True)
    kinds = (kind for _, _, kind in cases)
    return [
        float(found.replace("Infinity", "inf")) if kind == "number" else found
        for found, kind in zip(map(json.loads, done.stdout.splitlines()), kinds, strict=True)
    ]


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
