"""The answers to OWASP ASVS 5.0.0 are complete, each has a reason, and what they name exists."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import pytest

from tests.guards.named_tests import NAMED_FILE, NAMED_TEST, PROJECT, missing

DOCUMENT = PROJECT / "docs" / "asvs.md"
STATUSES = ("met", "not applicable", "open")
LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    id: str
    level: int
    status: str
    shown_by: str
    reason: str

    @property
    def chapter(self) -> str:
        return self.id.partition(".")[0]


@cache
def levels() -> dict[str, int]:
    """Level by requirement: all of levels 1 and 2 but those of the chapters on OAuth and on WebRTC."""
    with (PROJECT / "tests" / "guards" / "asvs-5.0.0-levels-1-and-2.csv").open(newline="") as file:
        return {row["id"]: int(row["level"]) for row in csv.DictReader(file)}


@cache
def answers() -> tuple[Answer, ...]:
    rows = re.findall(r"^\| (V\d.*) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    cells = (row.split(" | ") for row in rows)
    return tuple(Answer(row[0], int(row[1]), *row[2:5]) for row in cells if len(row) == 5)


def test_there_are_as_many_requirements_as_the_standard_has() -> None:
    assert Counter(levels().values()) == {1: 65, 2: 152}


def test_every_requirement_is_answered_once_and_at_its_level() -> None:
    assert [(answer.id, answer.level) for answer in answers()] == list(levels().items())


def test_no_row_is_lost_to_a_stray_bar() -> None:
    lines = DOCUMENT.read_text("utf-8").splitlines()
    assert len([line for line in lines if re.match(r"\| V\d+\.\d+\.\d+ ", line)]) == len(answers())


@pytest.mark.parametrize("answer", answers(), ids=lambda answer: answer.id)
def test_an_answer_has_a_status_a_reason_and_names_only_what_exists(answer: Answer) -> None:
    assert answer.status in STATUSES
    assert len(answer.reason.split()) >= LEAST_WORDS
    assert missing(answer.shown_by + answer.reason) == []
    if answer.status == "met":
        assert NAMED_TEST.search(answer.shown_by) or NAMED_FILE.search(answer.shown_by)


def test_the_totals_are_those_of_the_tables() -> None:
    text = DOCUMENT.read_text("utf-8")
    counted = Counter((answer.chapter, answer.status) for answer in answers())
    for chapter in dict.fromkeys(answer.chapter for answer in answers()):
        numbers = [counted[chapter, status] for status in STATUSES]
        row = rf"^\| {chapter} [^|]+\| " + r" \| ".join(map(str, numbers)) + r" \|$"
        assert re.search(row, text, re.MULTILINE), f"{chapter}: {numbers}"
    totals = [sum(answer.status == status for answer in answers()) for status in STATUSES]
    assert f"| **all {len(answers())}** | {' | '.join(f'**{total}**' for total in totals)} |" in text, totals
