"""What went wrong with an input: told by its number, the place in the code, and the smallest form that does it."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.inputs import chance_of, try_book
from tests.fuzz.seeds import Book
from tests.fuzz.tables import mutated

PROJECT = Path(__file__).parents[2]
#: What is spent on making one form smaller.
SMALLER_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that must not happen; two with the same `what` and `where` are taken for one."""

    kind: str
    number: int
    what: str
    where: str
    trace: str = field(compare=False, default="")


@dataclass(slots=True)
class Tally:
    """What came of many inputs."""

    ran: int = 0
    usable: int = 0
    problems: int = 0
    slowest_seconds: float = 0.0
    slowest: int = -1
    memory_mb: float = 0.0
    children_mb: float = 0.0
    findings: list[Finding] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Joins the figures of another worker, or of the same one later."""
        self.ran, self.usable = self.ran + other.ran, self.usable + other.usable
        self.problems += other.problems
        if other.slowest_seconds > self.slowest_seconds:
            self.slowest_seconds, self.slowest = other.slowest_seconds, other.slowest
        self.memory_mb = max(self.memory_mb, other.memory_mb)
        self.children_mb = max(self.children_mb, other.children_mb)
        self.findings += other.findings

    def distinct(self) -> dict[tuple[str, str], list[Finding]]:
        """The findings by what and where, lowest number first."""
        found: dict[tuple[str, str], list[Finding]] = {}
        for finding in sorted(self.findings, key=lambda finding: finding.number):
            found.setdefault((finding.what, finding.where), []).append(finding)
        return found


def finding_of(kind: str, number: int, failure: BaseException) -> Finding:
    """The finding that an exception is, at the last line of the project that it came through."""
    frames = traceback.extract_tb(failure.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(PROJECT) and ".venv" not in frame.filename]
    # Where the watchdog or a promise speaks, what it speaks of matters; else the line that failed.
    where = f"{Path(ours[-1].filename).relative_to(PROJECT)}:{ours[-1].lineno}" if ours else "?"
    first = str(failure).partition("\n")[0][:300]
    return Finding(
        kind, number, f"{type(failure).__name__}: {first}", where, "".join(traceback.format_exception(failure)[-12:])
    )


def smallest(finding: Finding) -> str:
    """The form of a table's finding with everything taken away that it does without, drawn in Markdown."""
    book = mutated(chance_of("table", finding.number))
    until = time.monotonic() + SMALLER_SECONDS
    is_smaller = True
    while is_smaller:
        is_smaller = False
        for candidate in _smaller(book):
            if time.monotonic() > until:
                break
            if _fails_alike(candidate, finding):
                book, is_smaller = candidate, True
                break
    return "\n".join(
        line for name, rows in book for line in (f"| {name} |", *(f"| | {' | '.join(row)} |" for row in rows))
    )


def _fails_alike(book: Book, finding: Finding) -> bool:
    try:
        try_book(book, finding.number)
    except BaseException as failure:
        if isinstance(failure, KeyboardInterrupt):
            raise
        found = finding_of("table", finding.number, failure)
        return found.where == finding.where and found.what.partition(":")[0] == finding.what.partition(":")[0]
    return False


def _smaller(book: Book) -> Iterator[Book]:
    """Large pieces first: sheets, runs of rows, columns, cells."""
    for at in range(len(book)):
        yield book[:at] + book[at + 1 :]
    for at, (name, rows) in enumerate(book):
        length = len(rows)
        while length > 1:
            length = (length + 1) // 2
            for start in range(1, len(rows), length):
                yield [*book[:at], (name, rows[:start] + rows[start + length :]), *book[at + 1 :]]
            if length == 1:
                break
        for column in range(max(map(len, rows), default=0)):
            yield [*book[:at], (name, [row[:column] + row[column + 1 :] for row in rows]), *book[at + 1 :]]
        for number, row in enumerate(rows[1:], 1):
            for column, cell in enumerate(row):
                if cell and len(rows) < 12:
                    emptied = [*row[:column], "", *row[column + 1 :]]
                    yield [*book[:at], (name, [*rows[:number], emptied, *rows[number + 1 :]]), *book[at + 1 :]]
