"""Which tests there are, read from the sources, and which tests and files a document names."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
#: A document names a test as `tests/.../test_x.py::test_y`, without what stands in brackets for a parameter.
NAMED_TEST = re.compile(r"`((?:tests|benchmarks)/[\w./-]+\.py)::(\w+)`")
#: Anything else between backticks that looks like a path of the project.
NAMED_FILE = re.compile(r"`([\w.-]+(?:/[\w.-]+)*\.[a-z0-9]+)`")


@cache
def tests_in(file: str) -> frozenset[str]:
    """The names of the test functions in a file, also inside classes; none when there is no such file."""
    path = PROJECT / file
    if not path.is_file():
        return frozenset()
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    functions = (node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(name for name in functions if name.startswith("test_"))


def named_tests(text: str) -> list[tuple[str, str]]:
    """(file, test) of every test that the text names."""
    return NAMED_TEST.findall(text)


def missing(text: str) -> list[str]:
    """Tests and files that the text names and that do not exist."""
    tests = [f"{file}::{test}" for file, test in named_tests(text) if test not in tests_in(file)]
    return tests + [file for file in NAMED_FILE.findall(text) if not (PROJECT / file).exists()]
