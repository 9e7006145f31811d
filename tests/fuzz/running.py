"""Many inputs in several processes; one that dies is a finding, and the rest goes on."""

from __future__ import annotations

import math
import multiprocessing
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from tests.fuzz.findings import Finding, Tally, finding_of
from tests.fuzz.inputs import Came, run_file, run_table
from tests.fuzz.limits import children_megabytes, limit_process, own_megabytes
from tests.fuzz.seeds import books, usable_books, workbooks

KINDS: dict[str, Callable[[int], Came]] = {"table": run_table, "file": run_file}
#: Inputs between two reports of a worker.
REPORTS = {"table": 50, "file": 5}
#: Findings after which there is no point in going on.
MOST_FINDINGS = 200

_processes = multiprocessing.get_context("fork")


@dataclass(slots=True)
class _Worker:
    process: Any
    reports: Connection
    numbers: range
    #: How many of its numbers it has told about, and the one that it is at.
    at: Any


def run(
    kind: str,
    numbers: range,
    workers: int,
    tell: Callable[[Tally], None] = lambda tally: None,
    seconds: float = math.inf,
) -> Tally:
    """Runs those inputs, for so long at most, and adds up what comes of them; `tell` hears of it on the way."""
    until = time.monotonic() + seconds
    _ = (books(), usable_books(), workbooks())  # once, before there are several of us
    tally = Tally()
    working = [_started(kind, numbers[first::workers]) for first in range(workers)]
    while working:
        wait([worker.reports for worker in working])
        working = [after for worker in working for after in _heard(kind, worker, tally)]
        tell(tally)
        if len(tally.findings) >= MOST_FINDINGS or time.monotonic() > until:
            for worker in working:
                worker.process.terminate()
                worker.process.join()
            break
    return tally


def run_here(kind: str, numbers: Iterable[int]) -> Tally:
    """The same in this process, for a few."""
    tally = Tally()
    for number in numbers:
        _count(kind, number, tally)
    return tally


def _started(kind: str, numbers: range) -> _Worker:
    ours, theirs = _processes.Pipe(duplex=False)
    at = _processes.Value("q", -1, lock=False)
    process = _processes.Process(target=_work, args=(kind, numbers, theirs, at), daemon=False)
    process.start()
    theirs.close()
    return _Worker(process, ours, numbers, at)


def _heard(kind: str, worker: _Worker, tally: Tally) -> Iterator[_Worker]:
    """Takes in a worker's report, if there is one; yields who goes on, a new worker where this one has died."""
    if not worker.reports.poll():
        yield worker
        return
    try:
        tally.add(worker.reports.recv())
        yield worker
    except EOFError:
        worker.process.join()
        if worker.process.exitcode == 0:
            return
        number = worker.at.value
        what = f"the process ended with {worker.process.exitcode}: stuck, out of memory, or crashed"
        tally.add(Tally(ran=1, findings=[Finding(kind, number, what, "a library")]))
        rest = worker.numbers[worker.numbers.index(number) + 1 :] if number in worker.numbers else range(0)
        if rest:
            yield _started(kind, rest)


def _work(kind: str, numbers: range, reports: Connection, at: Any) -> None:
    limit_process()
    # openpyxl warns of what it leaves out of a workbook; the reader's answer says all that matters.
    warnings.simplefilter("ignore")
    tally = Tally()
    for number in numbers:
        at.value = number
        _count(kind, number, tally)
        if tally.ran % REPORTS[kind] == 0 or tally.findings:
            reports.send(tally)
            tally = Tally()
    reports.send(tally)


def _count(kind: str, number: int, tally: Tally) -> None:
    before = time.monotonic()
    try:
        came = KINDS[kind](number)
        tally.usable += came.is_usable
        tally.problems += came.problems
    except KeyboardInterrupt:
        raise
    except BaseException as failure:
        tally.findings.append(finding_of(kind, number, failure))
    tally.ran += 1
    seconds = time.monotonic() - before
    if seconds > tally.slowest_seconds:
        tally.slowest_seconds, tally.slowest = seconds, number
    tally.memory_mb = max(tally.memory_mb, own_megabytes())
    tally.children_mb = max(tally.children_mb, children_megabytes())
