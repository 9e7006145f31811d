"""Whatever the threat model says an attacker does not get, a test of ours tries to get."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.guards.named_tests import NAMED_TEST, PROJECT, missing

TEXT = (PROJECT / "docs" / "threat-model.md").read_text("utf-8")
MARK = re.compile(r"\[(T\d+)\]")
DEFINED = dict(re.findall(r"^\| (T\d+) \| (.*) \|$", TEXT, re.MULTILINE))
PARTS = re.findall(r"^### (.*)$", TEXT, re.MULTILINE)


def denials() -> Iterator[str]:
    """Every sentence that denies an attacker something: in the lists, and in the table of accounts."""
    for listed in re.findall(r"\*\*It does not give:\*\*\n((?:-.*\n(?:  .*\n)*)+)", TEXT):
        yield from re.split(r"^- ", listed, flags=re.MULTILINE)[1:]
    table = TEXT.split("| account | gives | does not give |\n", 1)[1].split("\n\n", 1)[0]
    for row in table.splitlines()[1:]:
        yield from row.split(" | ")[2].split("; ")


@pytest.mark.parametrize("denial", list(denials()))
def test_what_is_denied_has_a_mark(denial: str) -> None:
    assert MARK.search(denial)


def test_every_part_denies_something() -> None:
    silent = [part for part in TEXT.split("\n### ")[1:] if "does not give" not in part]
    assert [part.partition("\n")[0] for part in silent] == []
    assert len(PARTS) >= 16


def test_every_mark_leads_to_tests_that_exist_and_none_is_left_over() -> None:
    prose = TEXT.partition("\n## The tests behind the marks\n")[0]
    assert set(MARK.findall(prose)) == set(DEFINED)
    assert [mark for mark, tests in DEFINED.items() if not NAMED_TEST.search(tests)] == []
    assert missing(TEXT) == []
