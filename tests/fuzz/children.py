"""A file read through the limited child, and what the child may leave behind: time, memory, processes, files."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from pathlib import Path

from forms.xlsform.child import WALL_SECONDS
from forms.xlsform.importing import Imported, import_file
from forms.xlsform.limited import CPU_SECONDS, MEMORY_BYTES
from tests.fuzz.limits import children_megabytes

#: Of the clock, on a machine that others use too: starting the child, stopping it, reading what it said.
_MARGIN_SECONDS = 10.0


def read_file(name: str, content: bytes) -> Imported:
    """Imports the file; AssertionError where the child took more than it may or left something behind."""
    before, spent, largest = time.monotonic(), _processor_seconds(), children_megabytes()
    found, left = _with_files_left(name, content)
    assert time.monotonic() - before <= WALL_SECONDS + _MARGIN_SECONDS, "longer than the child may take"
    assert _processor_seconds() - spent <= CPU_SECONDS + 2, "more processor time than the child may take"
    # The largest child of all so far: what other tests of this process started may have been larger than any of ours.
    assert children_megabytes() <= max(largest, MEMORY_BYTES / 1024**2), "more memory than the child may have"
    assert not _has_children(), "a process is left behind"
    # Somebody else's file may have appeared in the meantime; ours would again.
    assert not left or not _with_files_left(name, content)[1], f"left behind: {sorted(left)}"
    return found


def _with_files_left(name: str, content: bytes) -> tuple[Imported, set[str]]:
    before = _temporary_files()
    found = import_file(name, content)
    return found, _temporary_files() - before


def _temporary_files() -> set[str]:
    """Those that a child may have made: named as Python's libraries name them, and empty, which its limits see to."""
    folder = Path(tempfile.gettempdir())
    return {
        entry.name for entry in os.scandir(folder) if entry.name.startswith(("tmp", "openpyxl")) and _is_empty(entry)
    }


def _is_empty(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_size == 0
    except FileNotFoundError:
        return False


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _has_children() -> bool:
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True
