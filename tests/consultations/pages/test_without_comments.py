"""Style sheets and scripts travel without what is written for their readers, and do the same."""

from __future__ import annotations

import subprocess

import pytest

from consultations.pages.compressing import without_comments
from consultations.pages.static_files import FOLDER

SCRIPTS = sorted(path.name for path in FOLDER.glob("*.js"))
SHEETS = ["member.css"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_keeps_every_line_that_is_no_comment(name):
    source = (FOLDER / name).read_text()
    lines = [line.strip() for line in source.splitlines()]
    kept = [line for line in lines if line and not line.startswith("//")]
    assert without_comments(source.encode()).decode().splitlines() == kept
    assert "/*" not in source  # or the line above would have to know of it


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_without_comments_is_a_script(name):
    stripped = without_comments((FOLDER / name).read_bytes())
    subprocess.run(["node", "--check", "-"], input=stripped, check=True)


@pytest.mark.parametrize("name", SHEETS)
def test_a_style_sheet_keeps_every_rule(name):
    source = (FOLDER / name).read_bytes()
    stripped = without_comments(source)
    assert b"/*" not in stripped
    assert stripped.count(b"{") == source.count(b"{")
    assert len(stripped) < len(source)


def test_slashes_within_a_line_stay():
    source = b"a = 'http://x' // b\n  // gone\n  b = 1\n"
    assert without_comments(source) == b"a = 'http://x' // b\nb = 1\n"
