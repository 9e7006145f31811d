"""Opens all rows of a consultation: in this process where they are few, else in one process for each processor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import IO

from sqlalchemy import Connection, func, select

from consultations.responses.models import SealedResponse
from consultations.responses.opening import OpenedRows, ciphers_of, open_rows
from consultations.responses.opening_child import lots
from consultations.responses.sealing import ID_BYTES, Place
from consultations.settings import PROJECT

#: Fewer rows are opened here before a process has started.
MANY = 40_000
MOST_PROCESSES = 8
_AT_ONCE = 10_000
_TOLD_EVERY_SECONDS = 0.5

#: Called with how many rows are done, and how many there are.
Progress = Callable[[int, int], None]
Keys = Mapping[bytes, bytes | None]


class Interrupted(RuntimeError):
    """A process that was opening rows ended before it was done; nothing was changed."""


def open_all(connection: Connection, place: Place, keys: Keys, width: int, progress: Progress) -> list[OpenedRows]:
    """All rows of the epochs in `keys`; see `opening.open_rows`.

    The caller holds what keeps them as they are: in SQLite the right to write, in PostgreSQL the rows of the epochs. It
    has changed none of them itself, as other processes would not see that.
    """
    in_memory = connection.dialect.name == "sqlite" and not connection.engine.url.database
    if in_memory or _count(connection, place, MANY) < MANY:
        return _here(connection, place, keys, width, progress)
    return _apart(connection, place, keys, width, progress)


def _count(connection: Connection, place: Place, most: int | None = None) -> int:
    """How many answers there are, `most` at the most: counting a million takes a while."""
    mine = select(SealedResponse.id).where(SealedResponse.consultation_id == place.consultation_id).limit(most)
    return connection.scalar(select(func.count()).select_from(mine.subquery())) or 0


def _here(connection: Connection, place: Place, keys: Keys, width: int, progress: Progress) -> list[OpenedRows]:
    total = _count(connection, place)
    progress(0, total)
    mine = SealedResponse.consultation_id == place.consultation_id
    wanted = select(SealedResponse.id, SealedResponse.epoch_id, SealedResponse.hot, SealedResponse.cold).where(mine)
    rows = connection.execute(wanted, execution_options={"yield_per": _AT_ONCE})
    ciphers = ciphers_of(keys, place.consultation_id, place.form_version)
    opened, done = [], 0
    for some in rows.partitions():
        opened.append(open_rows(((row[0], row[1], row[2], row[3]) for row in some), ciphers, width))
        done += len(some)
        progress(done, total)
    return opened


def _apart(connection: Connection, place: Place, keys: Keys, width: int, progress: Progress) -> list[OpenedRows]:
    arguments, options = connection.dialect.create_connect_args(connection.engine.url)
    order = {
        "dialect": connection.dialect.name,
        "arguments": list(arguments),
        "options": {name: value for name, value in options.items() if isinstance(value, str | int)},
        "consultation": place.consultation_id,
        "form_version": place.form_version,
        "width": width,
        "keys": {epoch.hex(): key.hex() if key else "" for epoch, key in keys.items()},
    }
    helpers = [_Helper({**order, "range": ends}) for ends in _ranges(_processors())]
    try:
        total = _count(connection, place)  # while they start
        while any(helper.is_busy() for helper in helpers):
            progress(sum(helper.read for helper in helpers), total)
    finally:
        for helper in helpers:
            helper.end()
    if not all(helper.whole for helper in helpers):
        raise Interrupted
    progress(total, total)
    return [lot for helper in helpers for lot in helper.lots]


class _Helper:
    """One process, and the thread that takes what it writes: both pipes would fill up otherwise."""

    def __init__(self, order: dict[str, object]) -> None:
        self.lots: list[OpenedRows] = []
        self.read, self.whole = 0, False
        # Ids, of rows as of epochs, are random: equal ranges are equal work.
        command = [sys.executable, "-m", "consultations.responses.opening_child"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CONSULTATIONS_")}
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            command, cwd=PROJECT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: S101, PT018 - they are pipes
        self._thread = threading.Thread(target=self._take, args=(self._process.stdout,), daemon=True)
        self._thread.start()
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()

    def _take(self, results: IO[bytes]) -> None:
        try:
            for lot in lots(results):  # type: ignore[arg-type]  # a pipe is read as a file is
                self.lots.append(lot)
                self.read += lot.read
            self.whole = True
        except (EOFError, ValueError):
            return  # said by `whole`

    def is_busy(self) -> bool:
        self._thread.join(_TOLD_EVERY_SECONDS)
        return self._thread.is_alive()

    def end(self) -> None:
        self._process.kill()
        self._thread.join()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


def _processors() -> int:
    return min(MOST_PROCESSES, len(os.sched_getaffinity(0)))


def _ranges(number: int) -> list[tuple[str, str]]:
    """Equal ranges of ids, both ends as hexadecimal digits; the first is in the range, the second is not.

    SQLite divides rows by them and PostgreSQL epochs, as each finds faster.
    """
    edges = [(256 * n // number).to_bytes(2, "big")[1:].ljust(ID_BYTES, b"\0") for n in range(number)]
    ends = [*edges[1:], b"\xff" * (ID_BYTES + 1)]
    return [(low.hex(), high.hex()) for low, high in zip(edges, ends, strict=True)]
