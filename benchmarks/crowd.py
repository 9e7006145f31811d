"""Many at once: threads that do the same thing, and members that answer at the same time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from typing import TypeVar

from benchmarks.machine import processor_seconds
from benchmarks.members import Script, sent_step
from benchmarks.serving import Server
from benchmarks.wire import PHONE, Wire

T = TypeVar("T")


def at_once(work: Callable[[int], T], threads: int) -> list[T]:
    """What `work(0)`, `work(1)` ... return when they run at the same time."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, range(threads)))


@dataclass(frozen=True, slots=True)
class Run:
    """What a crowd saw; times in seconds."""

    seconds: float
    answers: int
    #: Processor time of the members' side, and of the server's processes.
    client_seconds: float
    server_seconds: float
    pages: list[float] = field(repr=False)
    sends: list[float] = field(repr=False)


@dataclass(slots=True)
class _Seen:
    answers: int = 0
    pages: list[float] = field(default_factory=list)
    sends: list[float] = field(default_factory=list)


def answering(server: Server, path: str, scripts: Sequence[Script], members: int, seconds: float) -> Run:
    """`members` at a time, one after another on kept connections, until the time is up; who began comes to the end."""
    used, client, began = processor_seconds(server.pids), time.process_time(), time.monotonic()
    ends = began + seconds

    def answer(number: int) -> _Seen:
        seen, wire = _Seen(), Wire(server.port, "gzip, deflate, br", PHONE)
        for script in cycle([*scripts[number % len(scripts) :], *scripts[: number % len(scripts)]]):
            if time.monotonic() >= ends:
                break
            _one(wire, path, script, seen)
        wire.close()
        return seen

    seen = at_once(answer, members)
    return Run(
        seconds=time.monotonic() - began,
        answers=sum(each.answers for each in seen),
        client_seconds=time.process_time() - client,
        server_seconds=processor_seconds(server.pids) - used,
        pages=[value for each in seen for value in each.pages],
        sends=[value for each in seen for value in each.sends],
    )


def _one(wire: Wire, path: str, script: Script, seen: _Seen) -> None:
    state = ""
    for fields in script:
        before = time.perf_counter()
        _, state = sent_step(wire, path, fields, state)
        took = time.perf_counter() - before
        (seen.sends if ("go", "send") in fields else seen.pages).append(took)
    seen.answers += 1
