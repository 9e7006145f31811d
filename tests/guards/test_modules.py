"""Modules stay small, say what they are for, and speak of the product alone."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
ROOMS = ("consultations", "forms", "translations", "exports")
SOURCES = [PROJECT / "app.py", *(file for room in ROOMS for file in sorted((PROJECT / room).rglob("*.py")))]
LONGEST_MODULE_LINES = 250
MEDIAN_MODULE_LINES = 130


def name(file: Path) -> str:
    return str(file.relative_to(PROJECT))


@pytest.mark.parametrize("file", [file for file in SOURCES if "versions" not in file.parts], ids=name)
def test_a_module_fits_on_a_few_screens_and_says_what_it_is_for(file: Path) -> None:
    text = file.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), "the first line says what the module is for"
    assert len(text.splitlines()) <= LONGEST_MODULE_LINES


def test_most_modules_are_short() -> None:
    assert statistics.median(len(file.read_text("utf-8").splitlines()) for file in SOURCES) <= MEDIAN_MODULE_LINES


def test_there_are_no_packages_under_tests_that_would_shadow_the_product() -> None:
    assert not list((PROJECT / "tests").rglob("__init__.py"))


def test_no_file_names_a_path_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: there is no list of the project's own files")
    one_machine = re.compile(r"(?<![\w)])/(tmp|work|root|home)/[a-z]")
    endings = {".py", ".md", ".html", ".css", ".toml", ".sh", ".txt"}
    found = [
        file
        for file in listed.stdout.splitlines()
        if Path(file).suffix in endings
        and (PROJECT / file).exists()
        and file != name(Path(__file__))
        and one_machine.search((PROJECT / file).read_text("utf-8"))
    ]
    assert found == []
