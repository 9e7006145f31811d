"""A stranger's file -> its sheets, read in a process of its own that has limits of time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from forms.xlsform.sheets import LIMIT, Row, Sheet, WorkbookUnreadable, clean

WALL_SECONDS = 30
#: For a table of answers; see `limited.TABLE_CPU_SECONDS`.
TABLE_WALL_SECONDS = 120

_CHILD = Path(__file__).with_name("limited.py")


def read_in_child(kind: str, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a file of the kind xlsx, xls, xml or geojson; of an xlsx-table or xls-table the first one.

    Raises WorkbookUnreadable and nothing else.
    """
    # -I: neither the environment nor the current directory can change what the child imports.
    command = [sys.executable, "-I", "-X", "utf8", str(_CHILD), kind]
    seconds = TABLE_WALL_SECONDS if kind.endswith("-table") else WALL_SECONDS
    try:
        done = subprocess.run(  # noqa: S603 - our own file; the stranger's bytes come on standard input
            command, input=content, capture_output=True, timeout=seconds, check=False, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired as failure:
        raise WorkbookUnreadable("workbook.too_slow") from failure
    if done.returncode:
        raise WorkbookUnreadable("workbook.too_slow")
    return as_sheets(json.loads(done.stdout))


def as_sheets(answer: dict[str, Any]) -> tuple[Sheet, ...]:
    """What the child answered as sheets, their cells clean; raises WorkbookUnreadable where it answered an error."""
    if "error" in answer:
        raise WorkbookUnreadable(answer["error"], limit=LIMIT)
    rows = {name: tuple(Row(number, clean(cells)) for number, cells in kept) for name, kept in answer["sheets"]}
    return tuple(Sheet(clean([name])[0], rows.get(name, ())) for name in answer["names"])
