"""Bounds of time and memory for one input: what passes them is a finding and is not waited for."""

from __future__ import annotations

import faulthandler
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: Of processor time, not of the clock: other people's work on the machine is no finding.
STEP_SECONDS = 2.0
#: A form of thousands of rows may take longer: this much more for each of its rows.
ROW_SECONDS = 0.002
#: Of the clock, for what holds the processor inside a library and never comes back to us.
STUCK_SECONDS = 120
#: Address space of a worker; what it really uses is measured beside it.
MEMORY_BYTES = 2 * 1024**3


class TooSlow(BaseException):
    """A step took longer than its bound. No `except Exception` in the code under test may swallow it."""


def limit_process() -> None:
    """Holds this process to its memory, and lets the watchdog interrupt it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # A test's runner may have put something else in the place of standard error.
    faulthandler.enable(sys.__stderr__)


@contextmanager
def within(what: str, rows: int = 0) -> Iterator[None]:
    """Interrupts a step with TooSlow once it has used its processor time; ends the process where that does no good."""
    seconds = STEP_SECONDS + ROW_SECONDS * rows

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"{what}: more than {seconds:.1f} s")

    before = signal.signal(signal.SIGPROF, stop)
    faulthandler.dump_traceback_later(STUCK_SECONDS, exit=True, file=sys.__stderr__)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGPROF, before)


def own_megabytes() -> float:
    """The most memory that this process ever had in use."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def children_megabytes() -> float:
    """The most memory that any child of this process ever had in use."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
