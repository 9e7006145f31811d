"""What was measured on, what it took, and how it is printed."""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Callable, Iterable, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any


def machine() -> str:
    """One line: processor, cores, memory, system, Python, day, and how busy the machine was before."""
    return (
        f"Measured {datetime.datetime.now(datetime.UTC):%d %B %Y, %H:%M} UTC on {_field('cpuinfo', 'model name')}"
        f" ({platform.machine()}), {len(os.sched_getaffinity(0))} cores, {_memory_gib():.0f} GiB,"
        f" {_system()}, Python {platform.python_version()}; load {os.getloadavg()[0]:.1f}."
    )


def peak_mib() -> float:
    """The most memory that this process ever held.

    From `VmHWM`: `getrusage` would also count what the parent held when it started this process.
    """
    return int(_field("self/status", "VmHWM").split()[0]) / 1024


def undisturbed() -> bool:
    """Whether this process, and what it starts, now goes before everything else on the machine; only root may."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, -15)
    except PermissionError:
        return False
    return True


def fresh(function: Callable[..., Any], *arguments: object) -> Any:
    """What `function` returns in a new process that has imported nothing yet."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def processor_seconds(pids: Iterable[int], ended: bool = False) -> float:
    """Processor time that these processes have used so far, in the kernel too; with that of their `ended` children."""
    ticks = 0
    for pid in pids:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        # proc(5): utime and stime are fields 14 and 15, those of children that were waited for 16 and 17.
        ticks += sum(int(field) for field in after_name[11 : 15 if ended else 13])
    return ticks / os.sysconf("SC_CLK_TCK")


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of `values` do not exceed; nan of none."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Markdown; figures to the right, the first column to the left."""
    print()
    print(f"| {' | '.join(head)} |")
    print("|---" + "|---:" * (len(head) - 1) + "|")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |", flush=True)


def _field(file: str, name: str) -> str:
    lines = Path("/proc", file).read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "an unnamed processor")


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
