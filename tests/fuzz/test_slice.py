"""A short slice of `make fuzz`, and that the whole would notice what it looks for."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.fuzz import running
from tests.fuzz.findings import Finding, Tally, finding_of, smallest
from tests.fuzz.inputs import Came, chance_of
from tests.fuzz.limits import TooSlow, within
from tests.fuzz.running import KINDS, run, run_here
from tests.fuzz.seeds import Book
from tests.fuzz.tables import mutated
from tests.fuzz.workbooks import mutated_file

TABLES, FILES = 120, 4


def told(tally: Tally) -> list[Finding]:
    return [findings[0] for findings in tally.distinct().values()]


def test_mutated_tables_are_imported_as_promised() -> None:
    tally = run_here("table", range(TABLES))
    assert told(tally) == []
    assert TABLES / 10 < tally.usable < TABLES


def test_mutated_files_are_imported_as_promised() -> None:
    # In a process of its own: a child starts out with all the memory of who forks it, and a test runner's is large.
    found = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--tables", "0", "--files", str(FILES), "--workers", "1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout
    assert f"files: {FILES} imported" in found.stdout


@pytest.mark.parametrize("number", range(20))
def test_a_number_always_means_the_same_input(number: int) -> None:
    assert mutated(chance_of("table", number)) == mutated(chance_of("table", number))
    assert mutated_file(chance_of("file", number)) == mutated_file(chance_of("file", number))


def test_a_step_without_end_is_interrupted() -> None:
    with pytest.raises(TooSlow, match="a loop"), within("a loop", rows=-990):
        loop()


def loop() -> None:
    while True:
        with suppress(Exception):  # as code under test may have it
            time.perf_counter()


@pytest.fixture
def broken() -> Iterator[None]:
    """Inputs of which one raises and one ends its process."""

    def breaks(number: int) -> Came:
        if number == 3:
            raise KeyError("age")
        if number == 5:
            os._exit(9)
        return Came(is_usable=True, problems=1)

    KINDS["broken"] = breaks
    running.REPORTS["broken"] = 1
    yield
    del KINDS["broken"], running.REPORTS["broken"]


@pytest.mark.usefixtures("broken")
def test_what_raises_and_what_ends_its_process_are_found_and_the_rest_goes_on() -> None:
    tally = run("broken", range(10), workers=2)
    assert sorted((finding.number, finding.what[:12]) for finding in tally.findings) == [
        (3, "KeyError: 'a"),
        (5, "the process "),
    ]
    assert (tally.ran, tally.usable) == (10, 8)


@pytest.mark.usefixtures("broken")
def test_a_run_stops_when_its_time_is_over() -> None:
    assert run("broken", range(10, 2_000), workers=2, seconds=0).ran < 1_990


def test_a_form_that_fails_is_told_without_what_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(book: Book, number: int) -> Came:
        if any("note" in row for _, rows in book for row in rows):
            raise KeyError("note")
        return Came(is_usable=True, problems=0)

    books = ((number, mutated(chance_of("table", number))) for number in range(200))
    number, book = next(pair for pair in books if any("note" in row for _, rows in pair[1] for row in rows))
    monkeypatch.setattr("tests.fuzz.findings.try_book", breaks)
    with pytest.raises(KeyError) as raised:
        breaks(book, number)
    found = smallest(finding_of("table", number, raised.value)).splitlines()
    assert "note" in found[-1]
    assert len(found) <= 3
